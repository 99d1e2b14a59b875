// The share of time that is lost to outages, from runs of up times and down times: all down time
// over all time, as a renewal process has it in the long run (a ratio estimator, W. G. Cochran,
// Sampling Techniques, 1977, 6.3). Bounds are of the share lost, which is where the digits are.

import {type Interval, unknown} from './interval.ts';
import {type Choice, levelMean} from './level-mean.ts';
import {constant} from './moments.ts';

export type UpAndDown = {readonly up: number; readonly down: number};

/** Of the share of time that is lost. */
export function renewalRatio(runs: readonly UpAndDown[], choice: Choice): Interval {
  const [down, all] = [total(runs.map(run => run.down)), total(runs.map(run => run.up + run.down))];
  if (!(all > 0)) return unknown(undefined, 'none');
  const ratio = down / all;
  if (runs.length === 1) return unknown(ratio, 'single');
  const length = all / runs.length;
  // What each run would have lost, had all been equally long.
  const lost = runs.map(run => run.down / length);
  const equal = constant(runs.map(run => run.up + run.down));
  const linear = equal ? lost : lost.map((each, i) => each - ratio * offLength(runs[i], length));
  // A ratio's linear parts may be negative. Losses that mostly do not occur are taken as they are.
  const values = linear.some(value => value < 0) && lost.includes(0) ? lost : linear;
  const {low, high, method} = levelMean(values, {...choice, atMost: 1});
  if (low === undefined && high === undefined) return unknown(ratio, method);
  return {
    estimate: ratio,
    low: low && Math.max(0, low),
    high: high && Math.min(1, high),
    method: `renewal-ratio ${method}`,
  };
}

function offLength({up, down}: UpAndDown, length: number): number {
  return (up + down) / length - 1;
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
