// Where a distribution function reaches a share: by bisection, which needs nothing but that the
// function grows, and gives the same bits everywhere.

import {betaCdf, gammaCdf, logBeta} from '../../engine/incomplete-functions.ts';
import {logGamma, normalCdf} from '../../engine/special-functions.ts';

export function normalQuantile(share: number): number {
  // The lower half keeps its digits; the upper is its mirror image.
  if (share > 0.5) return -normalQuantile(1 - share);
  return share === 0.5 ? 0 : whereReached(normalCdf, share, -38, 0);
}

export function gammaQuantile(share: number, shape: number): number {
  const logScale = logGamma(shape);
  const below = (x: number) => gammaCdf(x, shape, logScale);
  let above = shape + 1;
  while (below(above) < share) above *= 2;
  return whereReached(below, share, 0, above);
}

export function betaQuantile(share: number, a: number, b: number): number {
  const logScale = logBeta(a, b);
  return whereReached(x => betaCdf(x, a, b, logScale), share, 0, 1);
}

/** Student's t through the beta distribution of f / (f + t²); Abramowitz and Stegun 26.7.1. */
export function studentQuantile(share: number, freedom: number): number {
  if (share === 0.5) return 0;
  const outside = 2 * Math.min(share, 1 - share);
  const x = betaQuantile(outside, freedom / 2, 0.5);
  const t = Math.sqrt((freedom * (1 - x)) / x);
  return share < 0.5 ? -t : t;
}

/** The chance that Student's t lies at least as far from 0 as `t`, on either side. */
export function studentOutside(t: number, freedom: number): number {
  if (Math.abs(t) === Infinity) return 0;
  return betaCdf(freedom / (freedom + t * t), freedom / 2, 0.5);
}

/** The x between `below` and `above` from which on the growing `share(x)` is at least `wanted`. */
function whereReached(
  share: (x: number) => number,
  wanted: number,
  below: number,
  above: number,
): number {
  let low = below;
  let high = above;
  for (let step = 0; step < 200; step++) {
    const middle = low + (high - low) / 2;
    if (middle <= low || middle >= high) break;
    if (Math.abs(high - low) < 1e-15 * Math.abs(middle)) break;
    if (share(middle) < wanted) low = middle;
    else high = middle;
  }
  return low + (high - low) / 2;
}
