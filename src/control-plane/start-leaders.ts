// Has the masters elect who leads, and gives into an operator's hands what may be done to them.

import type {Simulation} from '../engine/simulation.ts';
import type {Administration} from '../machines/administration.ts';
import type {Machines} from '../machines/machines.ts';
import type {LedComponent} from '../machines/masters.ts';
import type {Store} from '../objects/store.ts';
import type {ControlPlane} from './control-plane.ts';
import {ControlPlaneWork} from './control-plane-work.ts';
import {EtcdSnapshots} from './etcd-snapshots.ts';
import {components, LeaderElection, type Led} from './leader-election.ts';
import {leaseAccess} from './lease-access.ts';
import {PodRegistry} from './pod-registry.ts';
import type {ControlPlaneTiming} from './timing.ts';

export type LeaderParts = {
  readonly simulation: Simulation;
  readonly store: Store;
  readonly machines: Machines;
  readonly controlPlane: ControlPlane;
  readonly timing: ControlPlaneTiming;
  /** As --leader-elect; without it there may be one master only. */
  readonly elects: boolean;
  readonly led: Readonly<Record<LedComponent, Led>>;
};

export function startLeaders({controlPlane, timing, elects, ...parts}: LeaderParts): {
  readonly election: LeaderElection;
  readonly administration: Administration;
} {
  const {simulation, store, machines, led} = parts;
  const {masters} = controlPlane;
  const {boot, join} = timing;
  const way = timing.election === 0 ? 'at-once' : elects ? 'lease' : 'alone';
  const access = leaseAccess(simulation, controlPlane);
  const election = new LeaderElection({simulation, masters, access, way, boot, join, led});
  for (const component of components) controlPlane.started(component, election.leader(component));
  // Told before it takes over, so that it does so over its own master's line.
  election.leaderFound.watch((component, master) => controlPlane.started(component, master));
  const registry = new PodRegistry(simulation, store);
  const snapshots = new EtcdSnapshots({simulation, store, machines, registry});
  const administration = new ControlPlaneWork({
    ...{simulation, masters, snapshots, election},
    membership: {
      addMaster: master => void controlPlane.addMaster({...master, node: undefined}),
      removeMaster: master => controlPlane.removeMaster(master),
      reform: () => controlPlane.reformEtcd(),
    },
  });
  return {election, administration};
}
