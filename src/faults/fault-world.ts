// What faults act on: machines and what runs on them, never the API. Handed over by whoever builds
// the world.

import type {Simulation} from '../engine/simulation.ts';
import type {ContainerPhysics} from '../machines/container-physics.ts';
import type {Machines} from '../machines/machines.ts';
import type {MasterId, Masters} from '../machines/masters.ts';
import type {NameServers} from '../machines/name-servers.ts';
import type {NodeReboot} from '../machines/node-reboot.ts';
import type {Partitions} from '../machines/partitions.ts';
import type {Registry} from '../machines/registry.ts';
import type {Drainer} from '../objects/drainer.ts';
import type {Store} from '../objects/store.ts';

export type FaultWorld = {
  readonly simulation: Simulation;
  /** To look at: names, labels, who owns which pods. */
  readonly store: Store;
  readonly machines: Machines;
  readonly masters: Masters;
  readonly partitions: Partitions;
  readonly registry: Registry;
  readonly nameServers: NameServers;
  readonly containers: ContainerPhysics;
  readonly reboots: NodeReboot;
  readonly drainer: Drainer;
  /** Of etcd; `undefined` while there is none. */
  etcdLeader(): MasterId | undefined;
};
