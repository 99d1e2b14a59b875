// One cell of the experiment, a pod list under a policy: its runs, and what is published of it.

import type {Observation} from '../../src/experiment/observation.ts';
import type {Published} from '../oracles/fgd/openb.ts';

export type Cell = {
  readonly list: string;
  readonly policy: string;
  readonly runs: readonly Observation[];
};

export type Mean = {readonly mean: number; readonly sd: number};

/** Our metrics by the published ones' names; ours are shares, theirs percent. */
export const metrics = {
  gpu_allocated_pct: 'gpu_allocated_share',
  gpu_fragmented_pct: 'gpu_fragmented_share',
  fragmented_share_of_idle_pct: 'gpu_fragmented_share_of_idle',
} as const;

export type Metric = keyof typeof metrics;

export const percents = [50, 80, 90, 95, 100, 110, 120, 130];

/** Of one run, in percent, by percent arrived. */
export function lineOf({series}: Observation, metric: Metric): Map<number, number> {
  const line = series.find(one => one.metric === metrics[metric]);
  const points = line?.points ?? [];
  return new Map(points.map(([arrived, share]) => [Math.round(100 * arrived), 100 * share]));
}

/** The same over all runs. */
export function curve({runs}: Cell, metric: Metric): Map<number, Mean> {
  const values = new Map<number, number[]>();
  for (const run of runs) {
    for (const [percent, value] of lineOf(run, metric)) {
      values.set(percent, [...(values.get(percent) ?? []), value]);
    }
  }
  return new Map([...values].map(([percent, at]) => [percent, meanOf(at)]));
}

export function publishedOf(
  published: ReadonlyMap<string, Published>,
  {list, policy}: Cell,
  {metric, percent}: {metric: Metric; percent: number},
): Published | undefined {
  return published.get(`${metric},${list},${policy},${percent}`);
}

function meanOf(values: readonly number[]): Mean {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return {mean, sd: Math.sqrt(squares / Math.max(1, values.length - 1))};
}
