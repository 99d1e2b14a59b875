// The renewals of nodes' leases, worked out instead of played: each node renews at a period and
// phase of its own, drawn from a stream under its name, as long as its kubelet runs and has a line.
// As component-helpers' lease controller: every 10 s, up to 4 % later. Simplified: those 4 % are
// drawn once for a node, not for each renewal.

import {Signal} from '../engine/signal.ts';
import type {EventHandle, EventKind, Simulation} from '../engine/simulation.ts';
import {second, type Time, toTime} from '../engine/time.ts';
import type {Heartbeats} from '../objects/heartbeats.ts';
import type {NodeId} from '../objects/ids.ts';
import type {NodeLines} from '../objects/node-lines.ts';
import type {Store} from '../objects/store.ts';
import type {KubeletProcesses} from './kubelet-processes.ts';

const interval: Time = 10 * second;
const jitter = 0.04;

type Lease = {
  readonly period: Time;
  /** A moment at which its kubelet renews, or tries to; all others are whole periods away. */
  tick: Time;
  /** `undefined` while it beats: then it is worked out. */
  renewed: Time | undefined;
  resumption: EventHandle | undefined;
};

export type NodeHeartbeatsOptions = {
  readonly simulation: Simulation;
  readonly store: Store;
  readonly lines: NodeLines;
  readonly processes: KubeletProcesses;
};

export class NodeHeartbeats implements Heartbeats {
  readonly ended = new Signal<[node: NodeId, before: boolean]>();
  readonly resumed = new Signal<[node: NodeId]>();
  readonly #simulation: Simulation;
  readonly #store: Store;
  readonly #lines: NodeLines;
  readonly #processes: KubeletProcesses;
  readonly #renewed: EventKind<NodeId>;
  #leases: Lease[] = [];

  constructor({simulation, store, lines, processes}: NodeHeartbeatsOptions) {
    this.#simulation = simulation;
    this.#store = store;
    this.#lines = lines;
    this.#processes = processes;
    this.#renewed = simulation.event('kubelet.lease-renewed', (node: NodeId) => this.#renew(node));
    for (const signal of [processes.died, processes.stopped]) {
      signal.watch(node => this.#endForAnother(node));
    }
    processes.began.watch(node => this.#begin(node));
    lines.lost.watch(node => this.#end(node));
    lines.found.watch(node => this.#retry(node));
    simulation.part('node.heartbeats', this);
  }

  lastRenewal(node: NodeId): Time {
    return this.#leaseOf(node).renewed ?? this.#lastTick(node);
  }

  beating(node: NodeId): boolean {
    return this.#leaseOf(node).renewed === undefined;
  }

  #leaseOf(node: NodeId): Lease {
    const known = this.#leases[node];
    if (known !== undefined) return known;
    const stream = this.#simulation.passingRandom(`node.lease/${this.#store.nodes.nameOf(node)}`);
    const period = toTime(interval * stream.uniform(1, 1 + jitter));
    const tick = -toTime(stream.uniform(0, period));
    const lease = {period, tick, renewed: undefined, resumption: undefined};
    this.#leases[node] = lease;
    return lease;
  }

  #lastTick(node: NodeId): Time {
    const {tick, period} = this.#leaseOf(node);
    return tick + Math.floor((this.#simulation.now - tick) / period) * period;
  }

  #end(node: NodeId): void {
    const lease = this.#leaseOf(node);
    if (lease.resumption !== undefined) this.#simulation.cancel(lease.resumption);
    lease.resumption = undefined;
    if (lease.renewed !== undefined) return;
    lease.renewed = this.#lastTick(node);
    this.ended.emit(node, false);
  }

  /** Without its line it was silent already, and would be heard again when the line is back. */
  #endForAnother(node: NodeId): void {
    const wasSilent = this.#leaseOf(node).renewed !== undefined;
    this.#end(node);
    if (wasSilent) this.ended.emit(node, true);
  }

  /** A kubelet that starts renews at once. */
  #begin(node: NodeId): void {
    this.#leaseOf(node).tick = this.#simulation.now;
    if (this.#lines.open(node)) this.#renew(node);
  }

  /** One that has lost its line goes on trying at its own times. */
  #retry(node: NodeId): void {
    const lease = this.#leaseOf(node);
    if (lease.renewed === undefined || !this.#processes.runs(node)) return;
    if (lease.resumption !== undefined) return;
    lease.resumption = this.#renewed.at(this.#lastTick(node) + lease.period, node);
  }

  #renew(node: NodeId): void {
    const lease = this.#leaseOf(node);
    lease.resumption = undefined;
    if (lease.renewed === undefined) return;
    lease.renewed = undefined;
    this.resumed.emit(node);
  }

  save(): readonly Lease[] {
    return this.#leases;
  }

  restore(saved: readonly Lease[]): void {
    this.#leases = [...saved];
  }
}
