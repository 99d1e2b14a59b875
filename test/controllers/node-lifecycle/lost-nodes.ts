// Clusters whose nodes are lost, for tests.

import {seconds, type Time} from '../../../src/engine/time.ts';
import type {NodeId} from '../../../src/objects/ids.ts';
import type {NodeObject} from '../../../src/objects/node-spec.ts';
import {nodeWith} from '../../support/pods-and-nodes.ts';
import {ControlledWorld, type WorldOptions} from '../world.ts';

export const node = (number: number): NodeId => number as NodeId;

export function nodesIn(zone: string, count: number): NodeObject[] {
  return Array.from({length: count}, (_, i) =>
    nodeWith(`${zone}${i}`, {labels: {'topology.kubernetes.io/zone': zone}}),
  );
}

export function numbers(count: number, from = 0): NodeId[] {
  return Array.from({length: count}, (_, i) => node(from + i));
}

/** Runs on until something holds of a node, and tells how long that took. */
export function timeUntil(
  world: ControlledWorld,
  holds: () => boolean,
  longest: Time = seconds(600),
): Time {
  const {simulation} = world;
  const from = simulation.now;
  while (!holds()) {
    if (simulation.now - from > longest || simulation.eventsPending === 0) return Infinity;
    simulation.run(from + longest, {maxEvents: 1});
  }
  return simulation.now - from;
}

/** A cluster some time after its start. */
export function runningWorld(options: WorldOptions, since: Time = seconds(100)): ControlledWorld {
  const world = new ControlledWorld(options).start();
  world.simulation.run(since);
  return world;
}

/** How many nodes are tainted so that their pods go, an hour after so many were lost at once. */
export function drivenOff(options: WorldOptions, lost: readonly NodeId[]): number {
  const world = runningWorld(options, seconds(100) + 7919 * (options.seed ?? 1));
  world.crash(...lost);
  world.simulation.run(world.simulation.now + seconds(3600));
  return lost.filter(id => world.taints(id).includes('NoExecute')).length;
}
