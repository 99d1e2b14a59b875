// What a run costs within a comparison, and how much faster two workers are than one: by the clock,
// so on a machine with two idle cores.

import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {compiled} from './compiled.ts';
import {measureProcess} from './measured-process.ts';
import type {Measurement} from './measurement.ts';

const variants = 2;
const replications = 10;

export function measureComparison(scenario: string): Measurement[] {
  const [one, two] = [1, 2].map(workers => least(scenario, workers));
  const workload = 'compare';
  return [
    {
      workload,
      what: `CPU a run, of ${variants * replications} of a tenth of steady-1000x100000`,
      value: one.cpuSeconds / (variants * replications),
      unit: 's',
    },
    {
      workload,
      what: 'two workers, as fast as one',
      value: one.seconds / two.seconds,
      unit: 'times',
      limit: 1.8,
    },
  ];
}

type Timed = {readonly cpuSeconds: number; readonly seconds: number};

function least(scenario: string, workers: number): Timed {
  const times = [1, 2].map(() => timed(scenario, workers));
  return times[0].seconds < times[1].seconds ? times[0] : times[1];
}

function timed(scenario: string, workers: number): Timed {
  const folder = mkdtempSync(join(tmpdir(), 'orrery-bench-'));
  const begun = performance.now();
  try {
    const {cpuSeconds} = measureProcess(compiled(), [
      ...['compare', scenario, '--quiet', '--out', join(folder, 'results')],
      ...['--vary', 'scheduler.profile=default,bin-packing'],
      ...['--replications', String(replications), '--workers', String(workers)],
      ...['--set', 'workload[0].count=10000', '--set', 'workload[0].over=9000s'],
    ]);
    return {cpuSeconds, seconds: (performance.now() - begun) / 1000};
  } finally {
    rmSync(folder, {recursive: true});
  }
}
