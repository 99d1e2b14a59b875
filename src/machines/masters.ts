// The masters' machines and the processes on them, whatever the API says: what breaks there breaks
// here, and the control plane acts on it. Masters are machines of their own unless one stands on a
// node, whose power it then shares.

import {Signal} from '../engine/signal.ts';
import type {Simulation} from '../engine/simulation.ts';
import type {NodeId} from '../objects/ids.ts';
import {Holds} from './holds.ts';
import type {MachinePlace} from './machines.ts';

export type MasterId = number & {readonly id: 'master'};

export type Master = MachinePlace & {
  readonly name: string;
  /** The node that it shares its machine with, as in a cluster of one machine. */
  readonly node: NodeId | undefined;
};

/** Of which one at a time leads, in the cluster as a whole. */
export type LedComponent = 'kube-scheduler' | 'kube-controller-manager';

export class Masters {
  readonly added = new Signal<[master: MasterId]>();
  /** Taken out for good. */
  readonly removed = new Signal<[master: MasterId]>();
  readonly poweredOff = new Signal<[master: MasterId]>();
  readonly poweredOn = new Signal<[master: MasterId]>();
  readonly apiServerStopped = new Signal<[master: MasterId]>();
  readonly apiServerStarted = new Signal<[master: MasterId]>();
  readonly etcdStopped = new Signal<[master: MasterId]>();
  readonly etcdStarted = new Signal<[master: MasterId]>();
  /** From all other machines. */
  readonly cutOff = new Signal<[master: MasterId]>();
  readonly joined = new Signal<[master: MasterId]>();
  /** The process that leads ends at once; where nobody leads, nothing happens. */
  readonly leaderCrashed = new Signal<[component: LedComponent]>();
  readonly withoutPower = new Holds(this.poweredOff, this.poweredOn);
  /** The process alone; a machine without power has none either, but is not told of here. */
  readonly withoutApiServer = new Holds(this.apiServerStopped, this.apiServerStarted);
  readonly withoutEtcd = new Holds(this.etcdStopped, this.etcdStarted);
  readonly withoutLink = new Holds(this.cutOff, this.joined);
  #masters: (Master | undefined)[] = [];

  constructor(simulation: Simulation) {
    simulation.part('machines.masters', this);
  }

  add(master: Master): MasterId {
    const id = this.#masters.length as MasterId;
    this.#masters.push(master);
    this.added.emit(id);
    return id;
  }

  remove(id: MasterId): void {
    this.#masters[id] = undefined;
    this.removed.emit(id);
  }

  get(id: MasterId): Master | undefined {
    return this.#masters[id];
  }

  *all(): Generator<[MasterId, Master]> {
    for (const [id, master] of this.#masters.entries()) {
      if (master !== undefined) yield [id as MasterId, master];
    }
  }

  save() {
    return {
      masters: this.#masters.slice(),
      withoutPower: this.withoutPower.save(),
      withoutApiServer: this.withoutApiServer.save(),
      withoutEtcd: this.withoutEtcd.save(),
      withoutLink: this.withoutLink.save(),
    };
  }

  restore(saved: ReturnType<Masters['save']>): void {
    this.#masters = saved.masters.slice();
    this.withoutPower.restore(saved.withoutPower);
    this.withoutApiServer.restore(saved.withoutApiServer);
    this.withoutEtcd.restore(saved.withoutEtcd);
    this.withoutLink.restore(saved.withoutLink);
  }
}
