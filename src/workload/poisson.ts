// Pods that come one by one, each moment as likely as any other: a Poisson process.

import {drawer} from '../options/drawer.ts';
import {duration} from '../options/duration.ts';
import {wholeNumber} from './common-options.ts';
import {defineWorkload} from './define-workload.ts';
import {renewals} from './renewals.ts';

export const poisson = defineWorkload({
  kind: 'poisson',
  options: {
    every: duration({from: 1}).describe('the mean time from one pod to the next'),
    count: wholeNumber(1, 1e9).optional().describe('pods in all; without it they never stop'),
  },
  arrivals: ({every, count}, random) =>
    renewals(drawer({measure: 'duration', law: 'exponential', mean: every}, random('gaps')), count),
  pods: ({every, count = Infinity}, span) => Math.min(count, span / every),
});
