// results/bench.csv: the latest measurement of each workload. Those not measured this time stay, so
// every row names the machine and the yardstick that it was measured beside.

import {existsSync, readFileSync, writeFileSync} from 'node:fs';
import {cpus} from 'node:os';
import {stringify} from 'csv-stringify/sync';
import type {Measurement} from './measurement.ts';

const header = 'workload,what,value,unit,limit,yardstick,node,machine';

/** `yardstick` is in millions of holds a CPU second. */
export function withMeasurements(
  text: string,
  measured: readonly Measurement[],
  {yardstick, order}: {readonly yardstick: number; readonly order: readonly string[]},
): string {
  const names = new Set(measured.map(({workload}) => workload));
  const kept = text.split('\n').slice(1);
  const rows = [
    ...kept.filter(row => row !== '' && !names.has(workloadOf(row))),
    ...measured.map(one => rowOf(one, yardstick)),
  ];
  const rank = (row: string) => order.indexOf(workloadOf(row));
  const known = rows.filter(row => rank(row) >= 0);
  return `${[header, ...known.sort((one, other) => rank(one) - rank(other))].join('\n')}\n`;
}

export function updateFile(
  path: string,
  measured: readonly Measurement[],
  more: {readonly yardstick: number; readonly order: readonly string[]},
): void {
  const before = existsSync(path) ? readFileSync(path, 'utf8') : '';
  writeFileSync(path, withMeasurements(before, measured, more));
}

function workloadOf(row: string): string {
  return row.slice(0, row.indexOf(','));
}

function rowOf({workload, what, value, unit, limit}: Measurement, yardstick: number): string {
  const machine = `${cpus()[0]?.model.trim() ?? 'unknown'}, ${cpus().length} processors`;
  const node = process.version;
  const cells = [workload, what, rounded(value), unit, limit, yardstick.toFixed(2), node, machine];
  return stringify([cells]).trimEnd();
}

/** Three digits: more would be noise. */
export function rounded(value: number): number {
  return value >= 100 ? Math.round(value) : Number(value.toPrecision(3));
}
