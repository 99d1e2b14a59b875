// Whether counts vary between runs as independent events would, and shares as independent trials:
// only then are exact intervals exact. Fisher's index of dispersion against a χ².

import {gammaCdf} from '../engine/incomplete-functions.ts';
import {exp, log} from '../engine/math.ts';
import {logGamma} from '../engine/special-functions.ts';
import {mean} from './statistics/moments.ts';

/** `wide`: events come in bursts. `narrow`: something other than chance decides how many. */
export type Dispersion = 'fits' | 'wide' | 'narrow';

export function dispersionOfCounts(counts: readonly number[]): Dispersion {
  const middle = mean(counts);
  if (counts.length < 2 || middle === 0) return 'fits';
  const [first] = counts;
  if (counts.every(count => count === first)) {
    return chanceOfEqual(first, counts.length) < outside ? 'narrow' : 'fits';
  }
  const index = counts.reduce((sum, count) => sum + square(count - middle), 0) / middle;
  return judged(index, counts.length - 1);
}

export function dispersionOfShares(
  shares: readonly number[],
  trials: readonly number[],
): Dispersion {
  const all = trials.reduce((sum, count) => sum + count, 0);
  const share = shares.reduce((sum, each, i) => sum + each * trials[i], 0) / all;
  const variance = share * (1 - share);
  if (shares.length < 2 || !(variance > 0)) return 'fits';
  const index =
    shares.reduce((sum, each, i) => sum + trials[i] * square(each - share), 0) / variance;
  return judged(index, shares.length - 1);
}

function square(x: number): number {
  return x * x;
}

/** That n Poisson counts are all `count`, given their sum: a multinomial. */
function chanceOfEqual(count: number, n: number): number {
  const ways = logGamma(n * count + 1) - n * logGamma(count + 1);
  return exp(ways - n * count * log(n));
}

function judged(index: number, freedom: number): Dispersion {
  const below = gammaCdf(index / 2, freedom / 2);
  if (below > 1 - outside) return 'wide';
  return below < outside ? 'narrow' : 'fits';
}

/** On either side: how many samples that fit are taken for others. */
const outside = 0.025;
