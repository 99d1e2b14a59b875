// The rate of independent events, exact whatever their number: F. Garwood, Fiducial Limits for the
// Poisson Distribution, Biometrika 28, 1936. No event at all still has an upper bound.

import {type Interval, unknown} from './interval.ts';
import {gammaQuantile} from './quantiles.ts';

/** Events per unit of exposure: counts and exposures of the runs, added up. */
export function poissonRate(
  counts: readonly number[],
  exposures: readonly number[],
  level: number,
): Interval {
  const events = counts.reduce((sum, count) => sum + count, 0);
  const exposure = exposures.reduce((sum, each) => sum + each, 0);
  if (!(exposure > 0)) return unknown(undefined, 'none');
  const {low, high} = poissonBounds(events, level);
  return {
    estimate: events / exposure,
    low: low / exposure,
    high: high / exposure,
    method: 'poisson',
  };
}

/** Bounds of the mean of a Poisson number of which `events` was seen. */
export function poissonBounds(events: number, level: number): {low: number; high: number} {
  const outside = (1 - level) / 2;
  return {
    low: events === 0 ? 0 : gammaQuantile(outside, events),
    high: gammaQuantile(1 - outside, events + 1),
  };
}
