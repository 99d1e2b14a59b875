// What it costs to read and check a long trace: a million rows, as a process of its own.

import {closeSync, mkdtempSync, openSync, rmSync, writeFileSync, writeSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {compiled} from './compiled.ts';
import {leastOf, measureProcess} from './measured-process.ts';
import type {Measurement} from './measurement.ts';

const rows = 1_000_000;

export function measureTraceRows(): Measurement[] {
  const folder = mkdtempSync(join(tmpdir(), 'orrery-bench-'));
  try {
    const scenario = join(folder, 'trace-rows.yaml');
    writeFileSync(scenario, text);
    writeTrace(join(folder, 'pods.csv'));
    const {cpuSeconds, peakMegabytes} = leastOf(2, () =>
      measureProcess(compiled(), ['validate', scenario]),
    );
    const workload = 'trace-rows';
    return [
      {workload, what: 'CPU a row, of a million', value: (cpuSeconds / rows) * 1e6, unit: 'us'},
      {workload, what: 'peak memory', value: peakMegabytes, unit: 'MB'},
    ];
  } finally {
    rmSync(folder, {recursive: true});
  }
}

function writeTrace(path: string): void {
  const file = openSync(path, 'w');
  writeSync(file, 'name,at,lifetime,cpu,memory,gpus,gpu_share\n');
  const block = 1000;
  for (let first = 0; first < rows; first += block) {
    const lines = Array.from({length: block}, (_, i) => line(first + i));
    writeSync(file, lines.join(''));
  }
  closeSync(file);
}

/** Shapes and times that repeat, as those of real traces do. */
function line(row: number): string {
  const gpus = row % 3 === 0 ? '1,0.46' : ',';
  return `job-${row},${row},${60 + (row % 977)},${(1 + (row % 16)) * 250}m,${1 + (row % 8)}Gi,${gpus}\n`;
}

const text = `apiVersion: orrery/v1
kind: Scenario
name: trace-rows
question: What does it cost to read a million rows?
duration: 1h
cluster:
  nodes: [{name: node, count: 1, allocatable: {cpu: 64, memory: 256Gi}}]
workload:
  - {kind: trace, name: jobs, format: csv, pods: pods.csv}
`;
