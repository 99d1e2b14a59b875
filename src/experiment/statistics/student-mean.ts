// The mean of independent values, near normal, by Student's t: exact if they are normal.

import {type Interval, unknown} from './interval.ts';
import {constant, mean, variance} from './moments.ts';
import {studentQuantile} from './quantiles.ts';

export function studentMean(values: readonly number[], level: number): Interval {
  const count = values.length;
  if (count === 0) return unknown(undefined, 'none');
  const estimate = mean(values);
  // One value, or values without any spread, say nothing of how far off they may be.
  if (count === 1) return unknown(estimate, 'single');
  if (constant(values)) return unknown(estimate, 'constant');
  const half = studentQuantile((1 + level) / 2, count - 1) * Math.sqrt(variance(values) / count);
  return {estimate, low: estimate - half, high: estimate + half, method: 'student-t'};
}
