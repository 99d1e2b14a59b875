// The normal distribution function to seven places, where thousands of values are averaged.
// Abramowitz and Stegun 26.2.17.

import {exp} from '../../engine/math.ts';

export function roughNormalCdf(z: number): number {
  const x = Math.abs(z);
  if (x > 8) return z > 0 ? 1 : 0;
  const t = 1 / (1 + 0.2316419 * x);
  const series =
    t *
    (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  const tail = 0.3989422804014327 * exp(-0.5 * x * x) * series;
  return z > 0 ? 1 - tail : tail;
}
