// Which interval for which figure. Exact ones only where the runs vary as these assume; see
// dispersion.ts.

import {RandomStream} from '../engine/random.ts';
import type {KnownMetric} from '../metrics/figure-kinds.ts';
import {dispersionOfCounts, dispersionOfShares} from './dispersion.ts';
import type {Sample} from './observed-values.ts';
import {binomialShare} from './statistics/binomial-share.ts';
import type {Difference, Interval} from './statistics/interval.ts';
import {mean} from './statistics/moments.ts';
import {pairedDifference} from './statistics/paired-difference.ts';
import {poissonRate} from './statistics/poisson-rate.ts';
import {studentMean} from './statistics/student-mean.ts';

export function figureMean({kind}: KnownMetric, sample: Sample, level: number): Interval {
  const {values, beneath} = sample;
  if (kind === 'count' && dispersionOfCounts(values) === 'fits') {
    return poissonRate(
      values,
      values.map(() => 1),
      level,
    );
  }
  if (kind === 'trials' && beneath.every(trials => trials !== undefined)) {
    const exact = shareOfTrials(values, beneath, level);
    if (exact !== undefined) return exact;
  }
  return studentMean(values, level);
}

/** Trials of all runs together; `undefined` where they are not alike. */
function shareOfTrials(
  shares: readonly number[],
  trials: readonly number[],
  level: number,
): Interval | undefined {
  if (dispersionOfShares(shares, trials) === 'wide') return undefined;
  const all = trials.reduce((sum, count) => sum + count, 0);
  const successes = shares.reduce((sum, share, i) => sum + Math.round(share * trials[i]), 0);
  const {low = 0, high = 1, ...exact} = binomialShare(successes, all, level);
  // Runs count alike in the mean of their shares, and trials in the exact bounds.
  const estimate = mean(shares);
  return estimate < low || estimate > high ? undefined : {...exact, estimate, low, high};
}

export function figureDifference(
  _metric: KnownMetric,
  sample: Sample,
  baseline: Sample,
  level: number,
): Difference {
  const random = new RandomStream('comparison/resampling');
  return pairedDifference(sample.values, baseline.values, {level, random});
}
