// Users who send a request, wait for its answer, think, and send the next.

import type {Simulation} from '../../engine/simulation.ts';
import {drawer} from '../../options/drawer.ts';
import type {Caller} from '../destination.ts';
import type {Callers} from './callers.ts';
import type {ClientPlace} from './client-places.ts';
import type {DataPlane} from './data-plane.ts';
import type {TrafficEntry} from './traffic-options.ts';

export type ClosedLoop = {
  readonly over: (caller: Caller) => void;
  start(callers: Callers): void;
};

export function closedLoop(
  simulation: Simulation,
  {name, users = 1, think, ramp, starts, ends = Infinity}: TrafficEntry,
  plane: () => DataPlane,
): ClosedLoop {
  const thinks = drawer(think, simulation.random(`traffic.${name}/think`));
  let callers: Callers | undefined;
  const due = simulation.event(`traffic.${name}-thought`, (user: number) => {
    if (simulation.now >= ends) return;
    const client = callers?.at(user);
    if (client === undefined || !plane().begin(client)) due.after(Math.max(1000, thinks()), user);
  });
  return {
    // A place's users are alike, so any of its users goes on.
    over: caller => due.after(thinks(), (caller as ClientPlace).slot),
    start: those => {
      callers = those;
      for (let user = 0; user < users; user++) {
        due.at(starts + Math.floor((ramp * user) / users) + thinks(), user);
      }
    },
  };
}
