// Small finished runs to write and to show.

import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {hours} from '../../src/engine/time.ts';
import type {Figure} from '../../src/metrics/figures.ts';
import type {Cell, ResultTable} from '../../src/metrics/table.ts';
import type {FinishedRun} from '../../src/report/run-record.ts';

export function table(
  file: string,
  cells: readonly (readonly Cell[])[],
  {long = false, columns = ['a', 'b', 'c']}: {long?: boolean; columns?: string[]} = {},
): ResultTable {
  return {file, columns, long, rows: () => cells};
}

export function finishedRun(
  tables: readonly ResultTable[] = [table('nodes.csv', [])],
): FinishedRun {
  return {
    run: {
      ...{scenario: 'node-failure', question: 'How long is the shop unreachable?', variant: ''},
      ...{seed: 1, replication: 0, duration: hours(2), events: 12_345},
      ...{fingerprint: '0123456789abcdef', version: '0.1.0', complete: true},
    },
    environment: {node: 'v20'},
    figures,
    tables,
    troubled: [],
  };
}

const figures: readonly Figure[] = [
  figure('pods_created', '1200', 'pods'),
  figure('pods_scheduled', '1000', 'pods'),
  {...figure('pending_pods', '50', 'pods'), object: 'NodeResourcesFit'},
  figure('pending_pods', '200', 'pods'),
  figure('preemptions', '3', 'pods'),
  figure('scheduling_latency_mean', '0.012345', 's', 1000),
  figure('scheduling_latency_p50', '0.010000', 's', 1000),
  figure('scheduling_latency_p99', undefined, 's', 1000),
  figure('scheduling_latency_max', '75.000000', 's', 1000),
  figure('cpu_requested_share_mean', '0.875000', 'share'),
  {...figure('pending_pods', '150', 'pods'), object: 'TaintToleration'},
];

function figure(metric: string, value: string | undefined, unit: string, samples?: number): Figure {
  return {metric, object: '', value, unit, samples};
}

/** An empty folder for the time of the test. */
export function inFolder(use: (folder: string) => void): void {
  const folder = mkdtempSync(join(tmpdir(), 'orrery-test-'));
  try {
    use(folder);
  } finally {
    rmSync(folder, {recursive: true, force: true});
  }
}
