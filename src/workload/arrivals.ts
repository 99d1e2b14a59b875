// Pods that come one by one, the gaps between them drawn from any distribution: a renewal process.

import {type Distribution, distribution} from '../options/distribution.ts';
import {drawer} from '../options/drawer.ts';
import {meanOf} from '../options/law-mean.ts';
import {wholeNumber} from './common-options.ts';
import {defineWorkload} from './define-workload.ts';
import {renewals} from './renewals.ts';

export const arrivals = defineWorkload({
  kind: 'arrivals',
  options: {
    gaps: distribution().describe(
      'the time from one pod to the next, and from the start to the first',
    ),
    count: wholeNumber(1, 1e9).optional().describe('pods in all; without it they never stop'),
  },
  check: ({gaps, count}, mistake) => {
    if (count !== undefined || longestGap(gaps) > 0) return;
    mistake(
      'gaps',
      'expected gaps above 0s, or a count: these pods would all come at once for ever',
    );
  },
  arrivals: ({gaps, count}, random) => renewals(drawer(gaps, random('gaps')), count),
  pods: ({gaps, count = Infinity}, span) => Math.min(count, span / meanOf(gaps)),
});

/** Infinity for a law without an upper end. */
function longestGap(gaps: Distribution): number {
  switch (gaps.law) {
    case 'constant':
      return gaps.value;
    case 'uniform':
      return gaps.to;
    case 'empirical':
      return Math.max(...gaps.values.filter((_, i) => gaps.weights[i] > 0));
    case 'normal':
      return gaps.sd > 0 ? Infinity : gaps.mean;
    default:
      return Infinity;
  }
}
