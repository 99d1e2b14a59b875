// How far a mean may lie out on the side of a long tail, for values of any sign: as far as that of
// positive values which begin at a floor just beyond the last on the other side.

import type {Interval} from './interval.ts';
import {mean, skewness} from './moments.ts';
import {positiveMean} from './positive-mean.ts';

/** Of skewed values. Only the bound at the tail's side is one. */
export function shiftedTail(values: readonly number[], level: number): Interval {
  const sign = skewness(values) < 0 ? -1 : 1;
  const upright = values.map(value => value * sign);
  const [least, estimate] = [Math.min(...upright), mean(upright)];
  // The least of n exponential values lies a share 1/n of their mean above where they begin.
  const floor = least - (2 * (estimate - least)) / values.length;
  const above = positiveMean(
    upright.map(value => value - floor),
    level,
  );
  const [middle, far] = [estimate * sign, (floor + (above.high ?? 0)) * sign];
  return {
    estimate: middle,
    low: Math.min(middle, far),
    high: Math.max(middle, far),
    method: 'skewed-t',
  };
}
