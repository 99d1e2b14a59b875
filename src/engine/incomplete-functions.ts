// The regularised incomplete gamma and beta functions: the distribution functions behind Poisson,
// binomial, chi-square and Student's t. From exact operations and engine/math.ts alone. `logScale`
// follows from the shapes alone, and is handed over by who asks often.

import {exp, log} from './math.ts';
import {logGamma} from './special-functions.ts';

const smallest = 1e-300;
const precision = 1e-16;

/** P(X <= x) of a gamma with this shape and scale 1. Abramowitz and Stegun 6.5.29 and 6.5.31. */
export function gammaCdf(x: number, shape: number, logScale = logGamma(shape)): number {
  if (x <= 0) return 0;
  if (x === Infinity) return 1;
  const front = exp(shape * log(x) - x - logScale);
  if (x > shape + 1) return 1 - front * upperFraction(x, shape);
  let term = 1 / shape;
  let sum = term;
  for (let k = 1; term > sum * precision; k++) {
    term *= x / (shape + k);
    sum += term;
  }
  return front * sum;
}

/** Legendre's continued fraction, by Lentz's method. */
function upperFraction(x: number, shape: number): number {
  let b = x + 1 - shape;
  let c = 1 / smallest;
  let d = 1 / b;
  let value = d;
  for (let k = 1; k < 10_000; k++) {
    const a = -k * (k - shape);
    b += 2;
    d = 1 / away(a * d + b);
    c = away(b + a / c);
    value *= c * d;
    if (Math.abs(c * d - 1) < precision * 4) break;
  }
  return value;
}

/** P(X <= x) of a beta with these shapes. Abramowitz and Stegun 26.5.8, by Lentz's method. */
export function betaCdf(x: number, a: number, b: number, logScale = logBeta(a, b)): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  const front = exp(a * log(x) + b * log(1 - x) - logScale);
  // The fraction converges fast below the mean; above, the other tail's does.
  if (x < (a + 1) / (a + b + 2)) return (front * betaFraction(x, a, b)) / a;
  return 1 - (front * betaFraction(1 - x, b, a)) / b;
}

export function logBeta(a: number, b: number): number {
  return logGamma(a) + logGamma(b) - logGamma(a + b);
}

function betaFraction(x: number, a: number, b: number): number {
  let c = 1;
  let d = 1 / away(1 - ((a + b) * x) / (a + 1));
  let value = d;
  for (let m = 1; m < 10_000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / away(1 + even * d);
    c = away(1 + even / c);
    value *= c * d;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / away(1 + odd * d);
    c = away(1 + odd / c);
    value *= c * d;
    if (Math.abs(c * d - 1) < precision * 4) break;
  }
  return value;
}

function away(value: number): number {
  return Math.abs(value) < smallest ? smallest : value;
}
