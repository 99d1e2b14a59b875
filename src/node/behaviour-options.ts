// How containers behave, as a scenario says it by selector: the programs themselves are not
// simulated.

import * as z from 'zod';
import {distribution} from '../options/distribution.ts';
import {quantity} from '../options/quantity.ts';
import {selector} from '../options/selector.ts';

/** Also as annotations of a pod: `orrery/exits-after: 10s`. */
export const containerBehaviour = {
  exitsAfter: distribution().optional().describe('it ends by itself so long after its start'),
  exitCode: z.int().min(0).max(255).optional().describe('of an end by itself, 0 unless written'),
  crashesAfter: distribution().optional().describe('it crashes so long after each start'),
  becomesReadyAfter: distribution()
    .optional()
    .describe('until then it answers no probe; without it, it answers at once'),
  unready: z
    .strictObject({
      every: distribution().describe('from answering again to the next time'),
      for: distribution().describe('how long it answers no readiness probe'),
    })
    .optional()
    .describe('times in which it works, but is not ready'),
  hangsAfter: distribution()
    .optional()
    .describe('from then on it answers no probe, and no SIGTERM, until it is killed'),
  stopsAfter: distribution()
    .optional()
    .describe('from SIGTERM to its end, or from the end of shutdownDelay'),
  shutdownDelay: distribution()
    .optional()
    .describe(
      'from SIGTERM on it goes on to take connections for so long, and only then stops; 0s unless written',
    ),
  memory: z
    .strictObject({
      use: quantity({from: 0}).default(0).describe('in bytes, from its start on'),
      leakPerMinute: quantity({from: 0}).default(0).describe('so many bytes more every minute'),
    })
    .optional()
    .describe('what it uses of its memory limit and of its node; nothing unless written'),
  preStopTakes: distribution().optional().describe('how long its preStop hook runs'),
};

export const behaviours = z
  .array(
    z.strictObject({
      selector: selector().optional().describe('of pods, by their labels; all unless written'),
      namespace: z.string().optional().describe('of the pods; any unless written'),
      container: z.string().optional().describe('its name; all but init containers unless written'),
      ...containerBehaviour,
    }),
  )
  .default([])
  .describe('how containers behave; of several entries that say something the first counts');

export type BehaviourEntry = z.output<typeof behaviours>[number];

export const annotationBehaviour = z.strictObject(containerBehaviour).partial();

export type ContainerBehaviour = z.output<typeof annotationBehaviour>;
