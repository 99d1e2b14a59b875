// A known number of pods over a known span, each at a moment of its own, uniformly at random.
//
// The sorted moments are drawn one at a time, exactly, without keeping them all: given the moment
// before it, the smallest of the n that are left lies 1 - U^(1/n) of the way to the end. J. L.
// Bentley and J. B. Saxe, Generating Sorted Lists of Random Numbers, 1980. U^(1/n) is exp(-E/n), E
// exponential.

import {exp} from '../engine/math.ts';
import {type Time, toTime} from '../engine/time.ts';
import {duration} from '../options/duration.ts';
import {wholeNumber} from './common-options.ts';
import {defineWorkload} from './define-workload.ts';

export const uniform = defineWorkload({
  kind: 'uniform',
  options: {
    count: wholeNumber(1, 1e9).describe('pods in all'),
    over: duration({from: 1}).describe('the span that they come in'),
  },
  pods: ({count}) => count,
  arrivals({count, over}, random) {
    const gaps = random('gaps');
    let left = count;
    // The last moment before it was rounded to a time, and where the span ends.
    let moment = 0;
    let end = 0;
    const next = (): Time | undefined => {
      if (left === 0) return undefined;
      moment += (end - moment) * (1 - exp(-gaps.exponential(1) / left));
      left--;
      return toTime(moment);
    };
    return {
      size: 1,
      limit: count,
      first(start) {
        moment = start;
        end = start + over;
        return next();
      },
      next,
      save: () => [left, moment, end],
      restore(saved) {
        [left, moment, end] = saved as [number, number, Time];
      },
    };
  },
});
