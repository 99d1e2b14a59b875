// `npm run -s k8s-sims -- 100 300 600:5000`: places the pods of a real GPU cluster on so many of its
// nodes under ten seeds, and holds the pods left pending against published runs of the real
// kube-scheduler. Reads $ORRERY_DATA/k8s-sims. Exits with 1 where a mean lies outside of them.

import {columns} from './columns.ts';
import {runSeeds} from './k8s-sims-run.ts';
import {k8sSimsFolder, publishedSizes, readSize, type Size} from './k8s-sims-sizes.ts';

/** Runs differ by chance, the published ones too: a mean may lie so far outside of their range. */
const margin = 3;
const seeds = Array.from({length: 10}, (_, i) => i + 1);

const found = k8sSimsFolder();
if ('wrong' in found) fail([found.wrong]);
const {folder} = found;
const wanted = process.argv.slice(2);
if (wanted.length === 0) fail([`expected sizes, such as: ${publishedSizes.join(' ')}`]);
const sizes = wanted.map(text => readSize(text, folder));
const mistakes = sizes.filter(size => typeof size === 'string');
if (mistakes.length > 0) fail(mistakes);

const rows = sizes.filter(size => typeof size === 'object').map(size => rowOf(size));
process.stdout.write(columns([header(), ...rows.map(({cells}) => cells)]));
if (rows.some(({outside}) => outside)) process.exitCode = 1;

function header(): string[] {
  return ['nodes', 'pods', 'pending', 'from-to', 'kube-scheduler', 'CPU s', 'verdict'];
}

function rowOf(size: Size): {readonly cells: string[]; readonly outside: boolean} {
  const {nodes, pods, published} = size;
  const runs = runSeeds(folder, size, seeds);
  const pending = runs.map(run => run.pending);
  const mean = meanOf(pending);
  const outside =
    published !== undefined && (mean < published.least - margin || mean > published.most + margin);
  const verdict = outside ? 'outside' : 'within';
  const cells = [
    String(nodes),
    String(pods),
    mean.toFixed(1),
    `${Math.min(...pending)}-${Math.max(...pending)}`,
    published === undefined ? 'not published' : `${published.least}-${published.most}`,
    meanOf(runs.map(run => run.cpuSeconds)).toFixed(2),
    published === undefined ? '' : verdict,
  ];
  return {cells, outside};
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function fail(messages: readonly string[]): never {
  for (const message of messages) process.stderr.write(`${message}\n`);
  process.exit(1);
}
