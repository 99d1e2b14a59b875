// From a request's leaving its client to its being stored, while all is well.

import type {Simulation} from '../engine/simulation.ts';
import type {Time} from '../engine/time.ts';
import type {Distribution} from '../options/distribution.ts';
import {type Draw, drawer} from '../options/drawer.ts';

/** The same for all, or drawn for each. */
export type WriteLatency = {readonly always: Time} | {readonly draw: Draw};

export type Latency = {
  readonly write: Time | Distribution;
  /** On top of it: until a majority of etcd's members has the entry; `undefined`: is part of it. */
  readonly commit?: ((client: string) => Draw) | undefined;
};

export function writeLatencyOf(
  {write, commit}: Latency,
  {simulation, client}: {simulation: Simulation; client: string},
): WriteLatency {
  const always = constantOf(write);
  if (always !== undefined && commit === undefined) return {always};
  const first =
    always === undefined
      ? drawer(write as Distribution, simulation.random(`api.client-of-${client}/latency`))
      : () => always;
  if (commit === undefined) return {draw: first};
  const second = commit(client);
  return {draw: () => first() + second()};
}

function constantOf(write: Time | Distribution): Time | undefined {
  if (typeof write === 'number') return write;
  return write.law === 'constant' ? write.value : undefined;
}
