// Which interval a figure gets: by what kind of number it is, and by what the runs show of it.
// Counts are Poisson and shares of trials binomial only as long as runs differ no more than such
// numbers do; else they are levels like others.

import {binomialShare} from './binomial-share.ts';
import {countDifference} from './count-difference.ts';
import type {Difference, Interval} from './interval.ts';
import {type Choice, levelMean} from './level-mean.ts';
import {mean} from './moments.ts';
import {pairedDifference, rareDifference} from './paired-difference.ts';
import {poissonRate} from './poisson-rate.ts';
import {gammaQuantile} from './quantiles.ts';
import {renewalRatio} from './renewal-ratio.ts';

/**
 * `level`: a number a run. `count`: events. `trials`: a share of trials. `availability`: a share
 * of time that outages take away. `total`: a sum over events, such as down time.
 */
export type FigureSample = {
  readonly kind: 'level' | 'count' | 'trials' | 'availability' | 'total';
  /** One a run. */
  readonly values: readonly number[];
  /** How many trials each share rests on. */
  readonly trials?: readonly (number | undefined)[];
};

/** From so many events a run on, their number is as good as normal, and a level like others. */
const manyEvents = 5;

export function figureInterval(sample: FigureSample, choice: Choice): Interval {
  const {kind, values} = sample;
  switch (kind) {
    case 'count':
      return countInterval(values, choice);
    case 'trials':
      return shareInterval(sample, choice);
    case 'availability':
      return mirrored(
        renewalRatio(
          values.map(up => ({up, down: 1 - up})),
          choice,
        ),
      );
    default:
      return levelMean(values, choice);
  }
}

function countInterval(values: readonly number[], choice: Choice): Interval {
  const few = values.length > 0 && mean(values) < manyEvents;
  const expected = values.map(() => mean(values));
  if (values.length > 1 && !(few && !scattered(values, expected, expected, 0.8))) {
    return levelMean(values, choice);
  }
  const runs = values.map(() => 1);
  return poissonRate(values, runs, choice.level);
}

function shareInterval({values, trials = []}: FigureSample, choice: Choice): Interval {
  const known = values.flatMap((value, i) => {
    const count = trials[i];
    return count === undefined ? [] : [{count, successes: Math.round(value * count)}];
  });
  if (known.length < values.length) return levelMean(values, {...choice, atMost: 1});
  const all = known.reduce((sum, {count}) => sum + count, 0);
  const successes = known.reduce((sum, run) => sum + run.successes, 0);
  const share = successes / all;
  const expected = known.map(({count}) => count * share);
  const spread = expected.map(each => each * (1 - share));
  const seen = known.map(run => run.successes);
  // Trials of one run, such as requests during one outage, seldom are independent.
  if (share === 0 || share === 1 || !scattered(seen, expected, spread, 0.5)) {
    return binomialShare(successes, all, choice.level);
  }
  // What fails is what is rare, and what cannot be less than none.
  return mirrored(
    levelMean(
      values.map(value => 1 - value),
      {...choice, atMost: 1},
    ),
  );
}

/** R. A. Fisher's index of dispersion, beyond what this share of samples has by luck. */
function scattered(
  seen: readonly number[],
  expected: readonly number[],
  variances: readonly number[],
  luck: number,
): boolean {
  let index = 0;
  for (let i = 0; i < seen.length; i++) {
    const off = seen[i] - expected[i];
    if (off !== 0) index += (off * off) / variances[i];
  }
  return index > 2 * gammaQuantile(luck, (seen.length - 1) / 2);
}

function mirrored({estimate, low, high, method}: Interval): Interval {
  const mirror = (share: number | undefined) => (share === undefined ? undefined : 1 - share);
  return {estimate: mirror(estimate), low: mirror(high), high: mirror(low), method};
}

/** Of a variant's runs to those of the baseline with the same replications, in the same order. */
export function figureDifference(
  sample: FigureSample,
  baseline: FigureSample,
  choice: Choice,
): Difference {
  const [values, others] = [sample.values, baseline.values];
  const few = values.length > 0 && mean(values) < manyEvents && mean(others) < manyEvents;
  if (sample.kind === 'count' && few) return countDifference(values, others, choice.level);
  const share = sample.kind === 'trials' || sample.kind === 'availability';
  const bounded = share ? {...choice, atMost: 1} : choice;
  // Outages that were the same in every pair, or none, need not be the same in the next.
  const ofEvents = sample.kind === 'availability' || sample.kind === 'total';
  if (ofEvents && values.length > 0 && values.every((value, i) => value === others[i])) {
    return rareDifference(
      values.map(() => 0),
      bounded,
    );
  }
  return pairedDifference(values, others, bounded);
}
