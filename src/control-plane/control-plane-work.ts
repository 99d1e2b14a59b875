// What operators do to the control plane itself. To restore etcd they stop all API servers, and the
// schedulers and controller managers with them, so that none acts on what it remembers (as etcd's
// documentation of disaster recovery asks for), and start them again when the copy is in place.

import type {EventKind, Simulation} from '../engine/simulation.ts';
import type {Time} from '../engine/time.ts';
import type {Administration} from '../machines/administration.ts';
import type {MachinePlace} from '../machines/machines.ts';
import type {MasterId, Masters} from '../machines/masters.ts';
import type {EtcdSnapshots} from './etcd-snapshots.ts';
import type {LeaderElection} from './leader-election.ts';

/** Who is part of etcd. */
export type Membership = {
  addMaster(master: MachinePlace & {readonly name: string}): void;
  removeMaster(master: MasterId): void;
  /** Etcd begins anew with the members that run. */
  reform(): void;
};

export type ControlPlaneWorkParts = {
  readonly simulation: Simulation;
  readonly masters: Masters;
  readonly snapshots: EtcdSnapshots;
  readonly election: LeaderElection;
  readonly membership: Membership;
};

/** Which copy is being put in place, and on which masters the API server was stopped for it. */
type Restore = {readonly name: string; readonly stopped: readonly MasterId[]};

export class ControlPlaneWork implements Administration {
  readonly #parts: ControlPlaneWorkParts;
  readonly #restored: EventKind;
  #restore: Restore | undefined;

  constructor(parts: ControlPlaneWorkParts) {
    this.#parts = parts;
    const {simulation} = parts;
    this.#restored = simulation.event('control-plane.etcd-restored', () => this.#endRestore());
    simulation.part('control-plane.work', this);
  }

  takeSnapshot(name: string): void {
    this.#parts.snapshots.take(name);
  }

  /** One at a time: what is asked for meanwhile comes to nothing. */
  restoreSnapshot(name: string, lasts: Time): void {
    const {masters, snapshots, election} = this.#parts;
    if (!snapshots.has(name) || this.#restore !== undefined) return;
    const stopped = [...masters.all()].map(([master]) => master);
    this.#restore = {name, stopped};
    election.halt();
    for (const master of stopped) masters.withoutApiServer.take(master);
    this.#restored.after(lasts);
  }

  #endRestore(): void {
    const restore = this.#restore;
    if (restore === undefined) throw new Error('etcd was restored that nobody was restoring');
    const {masters, snapshots, election, membership} = this.#parts;
    this.#restore = undefined;
    snapshots.rewindTo(restore.name);
    membership.reform();
    for (const master of restore.stopped) {
      if (masters.get(master) !== undefined) masters.withoutApiServer.release(master);
    }
    election.resume();
  }

  addMaster(master: MachinePlace & {readonly name: string}): void {
    this.#parts.membership.addMaster(master);
  }

  /** The last one stays: without it there would be no cluster. */
  removeMaster(name: string): void {
    const all = [...this.#parts.masters.all()];
    const found = all.find(([, master]) => master.name === name);
    if (found !== undefined && all.length > 1) this.#parts.membership.removeMaster(found[0]);
  }

  save(): Restore | undefined {
    return this.#restore;
  }

  restore(saved: Restore | undefined): void {
    this.#restore = saved;
  }
}
