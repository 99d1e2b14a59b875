// A bad configuration: containers that start meanwhile end at once, again and again.

import * as z from 'zod';
import {defineFlawFault} from './flaw.ts';

export const badConfig = defineFlawFault({
  kind: 'bad-config',
  options: {
    exitCode: z.int().min(0).max(255).default(1).describe('what containers end with'),
  },
  effect(flaw, {world, options}) {
    const {exitCode} = options as {exitCode: number};
    const {containers, simulation} = world;
    containers.started.watch((pod, container) => {
      const cause = flaw.causeFor(pod);
      if (cause === undefined) return;
      const before = simulation.cause;
      simulation.cause = cause;
      containers.crash(pod, {container, exitCode});
      simulation.cause = before;
    });
  },
});
