// Requests a CPU second of whole runs: start-up, reading, scheduling the pods and writing the results
// count, too. How many there were is what requests.csv says.

import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {compiled} from './compiled.ts';
import {measureProcess} from './measured-process.ts';
import type {Measurement} from './measurement.ts';

export type RequestRun = {
  readonly name: string;
  readonly times: number;
  readonly leastRequests: {readonly asWritten?: number; readonly noHops?: number};
};

export function measureRequestRuns(
  {name, times, leastRequests}: RequestRun,
  scenario: string,
): Measurement[] {
  const {asWritten, noHops} = leastRequests;
  const free = ['--set', 'cluster.network.latency=none'];
  const cases: [what: string, limit: number | undefined, given: readonly string[]][] = [
    ['requests, no time on the way', noHops, free],
    ['requests, two hops', asWritten, []],
  ];
  return cases.flatMap(([what, limit, given]) => {
    if (limit === undefined) return [];
    const rates = Array.from({length: times}, () => rateOf([scenario, ...given]));
    const value = Math.max(...rates) / 1e6;
    return [{workload: name, what, value, unit: 'million a CPU s', limit}];
  });
}

function rateOf(given: readonly string[]): number {
  const out = mkdtempSync(join(tmpdir(), 'orrery-bench-'));
  try {
    const {cpuSeconds} = measureProcess(compiled(), ['run', ...given, '--quiet', '--out', out]);
    return sentIn(readFileSync(join(out, 'requests.csv'), 'utf8')) / cpuSeconds;
  } finally {
    rmSync(out, {recursive: true});
  }
}

function sentIn(table: string): number {
  const [header, ...rows] = table.trimEnd().split('\n');
  const place = header.split(',').indexOf('sent');
  return rows.reduce((sum, row) => sum + Number(row.split(',')[place]), 0);
}
