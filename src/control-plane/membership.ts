// Masters that come and go while the cluster runs. As with kubeadm, a change of etcd's members is
// itself committed by etcd, so it waits for a majority.

import type {EventKind, Simulation} from '../engine/simulation.ts';
import type {Master, MasterId, Masters} from '../machines/masters.ts';
import type {Etcd} from './etcd.ts';
import type {MasterDaemon} from './master-daemon.ts';
import type {ControlPlaneTiming} from './timing.ts';

export class Membership {
  readonly #masters: Masters;
  readonly #etcd: Etcd;
  readonly #apiServers: MasterDaemon;
  readonly #timing: ControlPlaneTiming;
  readonly #joined: EventKind<MasterId>;
  /** Ready to be members, and gone but members still, until etcd commits. */
  #joining = new Set<MasterId>();
  #leaving = new Set<MasterId>();
  /** Left out when etcd began anew without them. */
  #leftOut = new Set<MasterId>();

  constructor(parts: {
    simulation: Simulation;
    masters: Masters;
    etcd: Etcd;
    apiServers: MasterDaemon;
    timing: ControlPlaneTiming;
  }) {
    const {simulation, masters, etcd, apiServers, timing} = parts;
    this.#masters = masters;
    this.#etcd = etcd;
    this.#apiServers = apiServers;
    this.#timing = timing;
    this.#joined = simulation.event('control-plane.master-joined', (master: MasterId) => {
      if (masters.get(master) === undefined) return;
      this.#joining.add(master);
      this.#commit();
    });
    etcd.writableFound.watch(() => this.#commit());
    masters.poweredOn.watch(() => this.#commit());
    for (const signal of [masters.poweredOn, masters.etcdStarted]) {
      signal.watch(master => this.#rejoin(master));
    }
    simulation.part('control-plane.membership', this);
  }

  add(master: Master): MasterId {
    const id = this.#masters.add(master);
    this.#joined.after(this.#timing.join, id);
    return id;
  }

  remove(master: MasterId): void {
    if (this.#masters.get(master) === undefined) return;
    const isMember = this.#etcd.members.includes(master);
    this.#joining.delete(master);
    this.#leftOut.delete(master);
    if (isMember && this.#etcd.writable) this.#etcd.removeMember(master);
    else if (isMember) this.#leaving.add(master);
    this.#masters.remove(master);
  }

  // As a restore on the members that are left, which become a cluster of their own.
  /** Etcd begins anew with those that run; the others join when they are back. */
  reform(): void {
    const lost = this.#etcd.members.filter(master => !this.#etcd.runsOn(master));
    if (lost.length === this.#etcd.members.length) return;
    for (const master of lost) {
      this.#leftOut.add(master);
      this.#etcd.removeMember(master);
    }
  }

  #rejoin(master: MasterId): void {
    const {withoutPower, withoutEtcd} = this.#masters;
    if (withoutPower.has(master) || withoutEtcd.has(master)) return;
    if (this.#leftOut.delete(master)) this.#joined.after(this.#timing.join, master);
  }

  /** One change at a time: each may cost the leader or the majority. */
  #commit(): void {
    for (const master of [...this.#leaving]) {
      if (!this.#etcd.writable) return;
      this.#leaving.delete(master);
      this.#etcd.removeMember(master);
    }
    for (const master of [...this.#joining]) {
      if (!this.#etcd.writable) return;
      if (this.#masters.withoutPower.has(master)) continue;
      this.#joining.delete(master);
      this.#etcd.join(master);
      this.#apiServers.install(master, this.#timing.apiServerStart);
    }
  }

  save() {
    return {
      joining: [...this.#joining],
      leaving: [...this.#leaving],
      leftOut: [...this.#leftOut],
    };
  }

  restore({joining, leaving, leftOut}: ReturnType<Membership['save']>): void {
    this.#joining = new Set(joining);
    this.#leaving = new Set(leaving);
    this.#leftOut = new Set(leftOut);
  }
}
