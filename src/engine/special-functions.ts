// The gamma function and the normal distribution function, from exact operations and
// engine/math.ts, so that they give the same bits everywhere.

import {exp, log} from './math.ts';

const halfLogTwoPi = 0.9189385332046727;
const rootTwoPi = 2.5066282746310002;

/** For x > 0, by Stirling's series after lifting the argument above 12: to some 15 digits. */
export function logGamma(x: number): number {
  let shift = 0;
  let z = x;
  for (; z < 12; z++) shift += log(z);
  const r = 1 / (z * z);
  const series = (1 / 12 - r * (1 / 360 - r * (1 / 1260 - r * (1 / 1680 - r / 1188)))) / z;
  return (z - 0.5) * log(z) - z + halfLogTwoPi + series - shift;
}

export function normalDensity(z: number): number {
  return exp(-0.5 * z * z) / rootTwoPi;
}

/** P(Z <= z): 1/2 plus the density times z + z³/3 + z⁵/15 + …, whose terms are all of one sign. */
export function normalCdf(z: number): number {
  // Beyond, a double cannot tell it from 0 or 1 any more.
  if (z < -38) return 0;
  if (z > 9) return 1;
  if (z < -2) return lowerTail(z);
  let term = z;
  let sum = z;
  for (let odd = 3; Math.abs(term) > Math.abs(sum) * 1e-17; odd += 2) {
    term *= (z * z) / odd;
    sum += term;
  }
  return 0.5 + normalDensity(z) * sum;
}

/** Laplace's continued fraction, where the sum above would cancel. */
function lowerTail(z: number): number {
  const x = -z;
  let fraction = x;
  for (let k = 100; k > 0; k--) fraction = x + k / fraction;
  return normalDensity(x) / fraction;
}
