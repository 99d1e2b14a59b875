// How long a commit takes: the leader writes an entry to its disk while it sends it to the others,
// and answers when a majority has it. So the fastest followers decide, and a lost one is missed
// only when a slower one is needed in its place.

import type {Simulation} from '../engine/simulation.ts';
import type {Distribution} from '../options/distribution.ts';
import {type Draw, drawer} from '../options/drawer.ts';
import type {Etcd} from './etcd.ts';
import {quorumOf} from './etcd-votes.ts';

export type MemberLatency = {readonly fsync: Distribution; readonly roundTrip: Distribution};

export function commitLatency(
  etcd: Etcd,
  {fsync, roundTrip}: MemberLatency,
  simulation: Simulation,
): (client: string) => Draw {
  return client => {
    const disk = drawer(fsync, simulation.random(`etcd/fsync-for-${client}`));
    const network = drawer(roundTrip, simulation.random(`etcd/round-trip-for-${client}`));
    return () => {
      const own = disk();
      const others = Array.from({length: etcd.following - 1}, () => network() + disk());
      const needed = quorumOf(etcd.members.length) - 1;
      others.sort((one, other) => one - other);
      return Math.max(own, others[needed - 1] ?? 0);
    };
  };
}
