// How much a variant differs from the baseline, from runs paired by replication: what both share,
// above all the arrivals, cancels within each pair.

import {type Difference, unknown} from './interval.ts';
import {constant, mean, variance} from './moments.ts';
import {studentOutside} from './quantiles.ts';
import {studentMean} from './student-mean.ts';

export function pairedDifference(
  values: readonly number[],
  baseline: readonly number[],
  level: number,
): Difference {
  const differences = values.map((value, i) => value - baseline[i]);
  if (differences.length > 0 && differences.every(each => each === 0)) {
    return {estimate: 0, low: 0, high: 0, method: 'identical', p: 1};
  }
  if (differences.length < 2) return {...unknown(differences[0], 'single'), p: undefined};
  if (constant(differences)) return constantDifference(differences, level);
  const error = Math.sqrt(variance(differences) / differences.length);
  const p = studentOutside(mean(differences) / error, differences.length - 1);
  return {...studentMean(differences, level), method: 'paired-t', p};
}

/**
 * Without spread there is no t. What remains is the sign test: all pairs would differ the same way
 * by luck once in 2^(n-1) experiments.
 */
function constantDifference(differences: readonly number[], level: number): Difference {
  const [estimate] = differences;
  const p = 2 ** (1 - differences.length);
  if (p > 1 - level) return {...unknown(estimate, 'sign-test'), p};
  return {estimate, low: estimate, high: estimate, method: 'sign-test', p};
}
