// The share of successes in independent trials, exact for any number of them: C. J. Clopper and
// E. S. Pearson, The Use of Confidence or Fiducial Limits, Biometrika 26, 1934.

import {type Interval, unknown} from './interval.ts';
import {betaQuantile} from './quantiles.ts';

export function binomialShare(successes: number, trials: number, level: number): Interval {
  if (trials === 0) return unknown(undefined, 'none');
  const outside = (1 - level) / 2;
  const failures = trials - successes;
  return {
    estimate: successes / trials,
    low: successes === 0 ? 0 : betaQuantile(outside, successes, failures + 1),
    high: failures === 0 ? 1 : betaQuantile(1 - outside, successes + 1, failures),
    method: 'clopper-pearson',
  };
}
