// One run of the FGD paper's experiment (scenarios/fgd) on openb's default list, as a process of its
// own; and what each of ten costs in one comparison, where only the first has to start and to read.

import {copyFileSync, existsSync, mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join, resolve} from 'node:path';
import {fileURLToPath} from 'node:url';
import {compiled} from './compiled.ts';
import {leastOf, measureProcess} from './measured-process.ts';
import type {Measurement} from './measurement.ts';

const scenario = fileURLToPath(new URL('../scenarios/fgd/fgd.yaml', import.meta.url));
const lists = ['openb_node_list_gpu_node.csv', 'openb_pod_list_default.csv'];
const runs = 10;

/** Nothing where the data is not there. */
export function measureFgd(): Measurement[] {
  const data = resolve(process.env.ORRERY_DATA ?? '', 'openb');
  if (!lists.every(list => existsSync(join(data, list)))) {
    process.stderr.write(`fgd is left out: ORRERY_DATA/openb has not ${lists.join(' and ')}\n`);
    return [];
  }
  const folder = mkdtempSync(join(tmpdir(), 'orrery-bench-'));
  try {
    for (const list of lists) copyFileSync(join(data, list), join(folder, list));
    copyFileSync(scenario, join(folder, 'fgd.yaml'));
    return figures(folder);
  } finally {
    rmSync(folder, {recursive: true});
  }
}

function figures(folder: string): Measurement[] {
  const given = [join(folder, 'fgd.yaml'), '--quiet', '--out', join(folder, 'results')];
  const one = leastOf(3, () => measureProcess(compiled(), ['run', ...given]));
  const many = measureProcess(compiled(), [
    ...['compare', ...given, '--workers', '1', '--replications', String(runs)],
  ]);
  const workload = 'fgd';
  return [
    {workload, what: 'CPU of one run, start-up and all', value: one.cpuSeconds, unit: 's'},
    {
      workload,
      what: `CPU a run, of ${runs} in one comparison`,
      value: many.cpuSeconds / runs,
      unit: 's',
      limit: 0.4,
    },
    {workload, what: 'peak memory', value: one.peakMegabytes, unit: 'MB'},
  ];
}
