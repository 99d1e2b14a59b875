// A question that chance answers once, from a stream of its own: what one pod does is then the same
// whatever other pods do.

import type {Simulation} from '../engine/simulation.ts';
import type {Distribution} from '../options/distribution.ts';
import {drawer} from '../options/drawer.ts';

export function drawOnce(
  simulation: Simulation,
  distribution: Distribution,
  stream: string,
): number {
  // A constant needs no stream; that saves most of the cost.
  if (distribution.law === 'constant') return distribution.value;
  return drawer(distribution, simulation.passingRandom(stream))();
}
