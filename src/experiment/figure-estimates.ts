// Interval and difference of a figure from its values; which are made how is decided in
// statistics/figure-interval.ts. Here stands what only those know who know the runs.

import type {FigureKind} from '../metrics/figure-kinds.ts';
import type {Sample} from './observed-values.ts';
import {
  figureDifference as differenceOf,
  type FigureSample,
  figureInterval,
} from './statistics/figure-interval.ts';
import type {Difference, Interval} from './statistics/interval.ts';
import type {Choice} from './statistics/level-mean.ts';

export function figureMean(kind: FigureKind, sample: Sample, choice: Choice): Interval {
  const interval = figureInterval(statisticalSample(kind, sample), choice);
  const {low, high} = withinReach(interval, sample.values, choice);
  // No metric is below 0, which Student's t does not know.
  return {
    ...interval,
    low: low && Math.max(0, low),
    high: high && Math.min(high, choice.atMost ?? high),
  };
}

/** Of runs paired by replication. */
export function figureDifference(
  kind: FigureKind,
  [sample, baseline]: readonly [Sample, Sample],
  choice: Choice,
): Difference {
  if (isSame(sample, baseline)) return nothing;
  const [own, other] = [sample, baseline].map(each => statisticalSample(kind, each));
  const difference = differenceOf(own, other, choice);
  if (difference.low === undefined || difference.low !== difference.high) {
    return {...difference, ...withinReach(difference, [...own.values, ...other.values], choice)};
  }
  // Alike in every pair, but of runs that differ: it might have differed by more, or less.
  return {...difference, low: undefined, high: undefined};
}

const nothing: Difference = {estimate: 0, low: 0, high: 0, method: 'same-runs', p: 1};

/**
 * A bound a thousand times as far as anything that was seen is none: two or three runs say so. Nor
 * is what a figure cannot exceed, ten times as far and more: that is known without any run.
 */
function withinReach(
  {low, high}: Interval,
  values: readonly number[],
  {atMost = Number.POSITIVE_INFINITY}: Choice,
): Pick<Interval, 'low' | 'high'> {
  const most = Math.max(...values);
  if (!(most > 0)) return {low, high};
  const reach = atMost > 10 * most ? Math.min(1000 * most, atMost * (1 - 1e-9)) : 1000 * most;
  const near = (bound: number | undefined) =>
    bound !== undefined && Math.abs(bound) > reach ? undefined : bound;
  return {low: near(low), high: near(high)};
}

function isSame(one: Sample, other: Sample): boolean {
  if (one.values.length === 0) return false;
  return one.fingerprints.every((fingerprint, i) => fingerprint === other.fingerprints[i]);
}

function statisticalSample(kind: FigureKind, {values, samples}: Sample): FigureSample {
  return {kind, values, trials: samples};
}
