// The mean of many skewed values by resampling them: B. Efron, Better Bootstrap Confidence
// Intervals, 1987 (BCa). Its quantiles are t's and its spread that of an unbiased variance (T.
// Hesterberg, 2015), without which it is too narrow for fewer than some hundred values.

import type {RandomStream} from '../../engine/random.ts';
import {normalCdf} from '../../engine/special-functions.ts';
import {type Interval, unknown} from './interval.ts';
import {constant, mean} from './moments.ts';
import {normalQuantile, studentQuantile} from './quantiles.ts';

const resamples = 1000;

export function bootstrapMean(
  values: readonly number[],
  level: number,
  random: RandomStream,
): Interval {
  const count = values.length;
  if (count < 2 || constant(values)) return unknown(mean(values), 'constant');
  const estimate = mean(values);
  const means = resampledMeans(values, random);
  const lower = means.filter(each => each < estimate).length;
  const bias = normalQuantile(Math.min(resamples - 1, Math.max(1, lower)) / resamples);
  const acceleration = accelerationOf(values, estimate);
  const wide = studentQuantile((1 + level) / 2, count - 1) * Math.sqrt(count / (count - 1));
  const bound = (z: number) => {
    const moved = bias + (bias + z) / Math.max(1e-3, 1 - acceleration * (bias + z));
    return means[Math.min(resamples - 1, Math.floor(normalCdf(moved) * resamples))];
  };
  return {estimate, low: bound(-wide), high: bound(wide), method: 'bca'};
}

function resampledMeans(values: readonly number[], random: RandomStream): Float64Array {
  const means = new Float64Array(resamples);
  for (let i = 0; i < resamples; i++) {
    let sum = 0;
    for (let k = 0; k < values.length; k++) {
      sum += values[Math.floor(random.uniform() * values.length)];
    }
    means[i] = sum / values.length;
  }
  return means.sort();
}

/** The jackknife's: for a mean a sixth of the values' skewness, over the root of their number. */
function accelerationOf(values: readonly number[], middle: number): number {
  let squares = 0;
  let cubes = 0;
  for (const value of values) {
    const off = value - middle;
    squares += off * off;
    cubes += off * off * off;
  }
  return cubes / (6 * squares * Math.sqrt(squares));
}
