// What a difference says in a word.

import type pico from 'picocolors';
import type {ComparisonRow} from '../experiment/comparison.ts';
import {knownMetric} from '../metrics/figure-kinds.ts';

/** `open`: chance could have made it. `same`: nothing differs in any pair. */
export type Verdict = 'better' | 'worse' | 'differs' | 'open' | 'same' | '';

export function verdictOf(row: ComparisonRow): Verdict {
  const {metric, difference, differenceLow = 0, differenceHigh = 0, adjustedP} = row;
  if (difference === undefined || adjustedP === undefined) return '';
  if (difference === 0 && differenceLow === 0 && differenceHigh === 0) return 'same';
  if (adjustedP > proven) return 'open';
  const {better} = knownMetric(metric);
  if (better === undefined) return 'differs';
  return difference > 0 === (better === 'more') ? 'better' : 'worse';
}

export function coloured(
  verdict: Verdict,
  {green, red, dim}: ReturnType<typeof pico.createColors>,
): string {
  if (verdict === 'better') return green(verdict);
  if (verdict === 'worse') return red(verdict);
  return verdict === 'open' || verdict === 'same' ? dim(verdict) : verdict;
}

/** Of a thousand differences told as proven, fifty are made by chance at most. */
const proven = 0.05;
