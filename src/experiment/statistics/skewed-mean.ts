// The mean of skewed values of any sign: Student's t, widened on the side of the long tail to where
// t ends once skewness is taken out (P. Hall, On the Removal of Skewness by Transformation, 1992).

import {type Interval, unknown} from './interval.ts';
import {constant, mean, skewness, variance} from './moments.ts';
import {studentOutside, studentQuantile} from './quantiles.ts';

export function skewedMean(values: readonly number[], level: number): Interval {
  if (values.length < 2 || constant(values)) return unknown(mean(values), 'constant');
  const {middle, error, bend} = shape(values);
  const t = studentQuantile((1 + level) / 2, values.length - 1);
  return {
    estimate: middle,
    low: middle - error * Math.max(t, straight(t, bend)),
    high: middle + error * Math.max(t, -straight(-t, bend)),
    method: 'skewed-t',
  };
}

/** The chance of a mean at least so far from 0: 1 less the level whose interval ends there. */
export function skewedOutside(values: readonly number[]): number {
  const {middle, error, bend} = shape(values);
  const t = middle / error;
  const bent = t + bend / 6 + (bend * t * t) / 3 + (bend * bend * t * t * t) / 27;
  const [same, freedom] = [Math.sign(bent) === Math.sign(t), values.length - 1];
  return Math.max(studentOutside(t, freedom), same ? studentOutside(bent, freedom) : 1);
}

function shape(values: readonly number[]): {middle: number; error: number; bend: number} {
  return {
    middle: mean(values),
    error: Math.sqrt(variance(values) / values.length),
    bend: skewness(values) / Math.sqrt(values.length),
  };
}

/** Where the cubic t + k/6 + k t²/3 + k² t³/27 is `bent`, for k the bend. */
function straight(bent: number, bend: number): number {
  if (Math.abs(bend) < 1e-9) return bent;
  return ((cubeRoot(1 + bend * (bent - bend / 6)) - 1) * 3) / bend;
}

/** By Newton's rule from above, where it never overshoots. */
function cubeRoot(x: number): number {
  const size = Math.abs(x);
  let root = Math.max(1, size);
  for (let step = 0; step < 200; step++) {
    const next = (2 * root + size / (root * root)) / 3;
    if (next >= root) break;
    root = next;
  }
  return size === 0 ? 0 : Math.sign(x) * root;
}
