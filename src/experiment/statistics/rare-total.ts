// The mean of what mostly does not occur, such as the downtime of a run: the share of runs in which
// it does, times its mean there. Both are uncertain, and the bounds are of their product.

import {log, pow} from '../../engine/math.ts';
import {betaNodes, chiSquareNodes, type Nodes} from './chi-square-nodes.ts';
import {crossing} from './crossing.ts';
import {type Interval, unknown} from './interval.ts';
import {constant, mean, variance} from './moments.ts';
import {positiveMeanBelow} from './positive-mean.ts';
import {roughNormalCdf} from './rough-normal.ts';

/** From so many on, runs in which it occurs show by themselves how it varies. */
const few = 5;
// What is assumed where fewer do: logarithms spread like those of repair times, worth sixteen runs.
const assumed = {spread: 1.5, freedom: 16};

/** Values of 0 and more, one a run; none can be greater than `atMost`, such as a run's length. */
export function rareTotal(
  values: readonly number[],
  level: number,
  atMost: number | undefined,
): Interval {
  const [runs, seen] = [values.length, values.filter(value => value > 0)];
  if (runs === 0) return unknown(undefined, 'none');
  const outside = (1 - level) / 2;
  if (seen.length === 0) return noEvents(runs, outside, atMost);
  const estimate = mean(values);
  // Clopper and Pearson's bounds of the share, as distributions.
  const rarely = shareNodes(seen.length, runs - seen.length + 1);
  const often = shareNodes(seen.length + 1, runs - seen.length);
  const [below, above] = meanWhereSeen(seen);
  const low = crossing(q => averaged(rarely, below, q), outside, estimate);
  const high = crossing(q => averaged(often, above, q), 1 - outside, estimate);
  return {estimate, low, high: Math.min(high, atMost ?? high), method: 'rare-total'};
}

/** It occurs in so few runs that none is seen, and may then last as long as it can. */
function noEvents(runs: number, outside: number, atMost: number | undefined): Interval {
  const share = 1 - pow(outside, 1 / runs);
  const high = atMost === undefined ? undefined : share * atMost;
  return {estimate: 0, low: 0, high, method: 'no-events'};
}

function shareNodes(a: number, b: number): Nodes {
  return b === 0 ? {values: [1], weights: [1]} : betaNodes(a, b);
}

function averaged(shares: Nodes, below: (q: number) => number, q: number): number {
  let sum = 0;
  for (let i = 0; i < shares.values.length; i++) {
    sum += shares.weights[i] * below(q / shares.values[i]);
  }
  return sum;
}

/** How much speaks for a mean below q, once cautious towards less and once towards more. */
function meanWhereSeen(seen: readonly number[]): ((q: number) => number)[] {
  const [below, above] = assumedSpread(seen);
  if (seen.length < few) return [below, above];
  if (constant(seen)) return [q => (q < seen[0] ? 0 : 1), q => (q < seen[0] ? 0 : 1)];
  const own = positiveMeanBelow(seen);
  // A handful may seem to vary without bounds: the assumption then still holds them.
  return [own, q => Math.max(own(q), above(q))];
}

/**
 * Lognormal, its variance known from the sample and from what is assumed together: their sums of
 * squares over a χ² of both freedoms. Towards less the median serves, which no spread exceeds.
 */
function assumedSpread(seen: readonly number[]): ((q: number) => number)[] {
  const logs = seen.map(log);
  const middle = mean(logs);
  const own = seen.length === 1 ? 0 : variance(logs) * (seen.length - 1);
  const squares = own + assumed.freedom * assumed.spread * assumed.spread;
  const {values, weights} = chiSquareNodes(seen.length - 1 + assumed.freedom);
  const below = (raised: number) => (q: number) => {
    const wanted = log(q) - middle;
    let share = 0;
    for (let i = 0; i < values.length; i++) {
      const spread = squares / values[i];
      const off = wanted - raised * spread;
      share += weights[i] * roughNormalCdf(off / Math.sqrt(spread / seen.length));
    }
    return share;
  };
  return [below(0), below(0.5)];
}
