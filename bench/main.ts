// `npm run bench`: what the pieces and whole runs cost, each beside a yardstick measured in the same
// run. `npm run bench -- NAME…` measures some. Prints each figure and keeps it in results/bench.csv.
//
// The yardstick is a loop that shares no code with the product: a machine on which it is half as
// fast may take twice as long for everything else.

import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {rounded, updateFile} from './bench-file.ts';
import {measureComparison} from './comparisons.ts';
import {yardstick} from './engine.ts';
import {measureFgd} from './fgd.ts';
import type {Measurement} from './measurement.ts';
import {measureEngine, measurePieces} from './pieces.ts';
import {measureRequests} from './requests.ts';
import {measureTraceRows} from './trace-rows.ts';
import {measureGrowth, measureK8sSims, measureRun, wholeRuns} from './whole-runs.ts';

const bench = fileURLToPath(new URL('.', import.meta.url));

const workloads = new Map<string, () => readonly Measurement[]>([
  // First, before other users of the queue have widened what the compiler assumes of it.
  ['engine', measureEngine],
  ['pieces', measurePieces],
  ['requests', measureRequests],
  ...wholeRuns.map(run => [run.name, () => measureRun(run)] as const),
  ['growth', measureGrowth],
  ['compare', () => measureComparison(join(bench, 'steady-1000x100000.yaml'))],
  ['trace-rows', measureTraceRows],
  ['fgd', measureFgd],
  ['k8s-sims-1000', measureK8sSims],
]);
const names = [...workloads.keys()];
const wanted = process.argv.slice(2);
const unknown = wanted.filter(name => !workloads.has(name));

if (unknown.length > 0) {
  process.stderr.write(`nothing to measure is called ${unknown.join(', ')}; ${known()}\n`);
  process.exitCode = 1;
} else measure(wanted.length === 0 ? names : names.filter(name => wanted.includes(name)));

function known(): string {
  return `known: ${names.join(', ')}`;
}

function measure(chosen: readonly string[]): void {
  const holds = millionHolds();
  process.stdout.write(`yardstick: ${holds.toFixed(2)} million holds a CPU second\n`);
  const file = join(fileURLToPath(new URL('..', import.meta.url)), 'results', 'bench.csv');
  for (const name of chosen) {
    const measured = workloads.get(name)?.() ?? [];
    for (const one of measured) process.stdout.write(`${line(one)}\n`);
    if (measured.length > 0) updateFile(file, measured, {yardstick: holds, order: names});
  }
}

/** The best of three: whatever else the machine does can only slow it down. */
function millionHolds(): number {
  return Math.max(...[1, 2, 3].map(() => yardstick().perCpuSecond)) / 1e6;
}

function line({workload, what, value, unit, limit}: Measurement): string {
  const wish = limit === undefined ? '' : `  (wanted: ${limit})`;
  return `${workload}: ${what}: ${rounded(value)} ${unit}${wish}`;
}
