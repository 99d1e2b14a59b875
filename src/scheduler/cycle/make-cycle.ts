// Which cycle a scheduler in a simulation gets: the plain one, or the one that keeps answers. Each
// attempt that ends in a tie draws from a stream of its own, so that one pod moves no other.

import type {SchedulerCache} from '../cache/cache.ts';
import type {SchedulerOptions} from '../scheduler-options.ts';
import type {Cycle} from './cycle.ts';
import {KeptCycle} from './kept-cycle.ts';
import {PlainCycle} from './plain-cycle.ts';

export function makeCycle(
  {simulation, kubernetes, configuration, plain}: SchedulerOptions,
  cache: SchedulerCache,
): Cycle {
  const Method = plain === true ? PlainCycle : KeptCycle;
  return new Method(cache, {
    kubernetes,
    percentageOfNodesToScore: configuration.percentageOfNodesToScore,
    tieStream: (pod, attempt) =>
      simulation.passingRandom(`scheduler.ties/${pod.namespace}/${pod.name}/${attempt}`),
  });
}
