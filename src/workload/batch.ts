// Pods that come many at a time: once, or again and again.

import {duration} from '../options/duration.ts';
import {wholeNumber} from './common-options.ts';
import {defineWorkload} from './define-workload.ts';

export const batch = defineWorkload({
  kind: 'batch',
  options: {
    count: wholeNumber(1, 1e8).describe('pods at a time'),
    every: duration({from: 1})
      .optional()
      .describe('the time from one batch to the next; once only without it'),
    times: wholeNumber(1, 1e9).optional().describe('batches in all; without it they never stop'),
  },
  check: ({every, times}, mistake) => {
    if (times === undefined || times === 1 || every !== undefined) return;
    mistake(
      'times',
      `expected every as well: how long is it from one of the ${times} batches to the next?`,
    );
  },
  arrivals: ({count, every, times = every === undefined ? 1 : undefined}) => ({
    size: count,
    limit: times === undefined ? undefined : times * count,
    first: start => start,
    next: now => (every === undefined ? undefined : now + every),
  }),
  pods: ({count, every, times = Infinity}, span) =>
    count * (every === undefined ? 1 : Math.min(times, Math.floor(span / every) + 1)),
});
