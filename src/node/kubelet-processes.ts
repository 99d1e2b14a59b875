// On which nodes a kubelet runs, and which of them hear from the API. A kubelet that starts lists
// its pods first, which takes a line; one that loses its line later goes on with what it knows.
//
//   off ──power, boot──▶ runs ──line open──▶ has listed ⇄ line lost
//    ▲                    │ ▲                    │
//    └────power lost──────┘ └─started◀──stopped──┘ (containers run on)

import {Signal} from '../engine/signal.ts';
import type {EventHandle, EventKind, Simulation} from '../engine/simulation.ts';
import {toTime} from '../engine/time.ts';
import type {Machines} from '../machines/machines.ts';
import type {NodeId} from '../objects/ids.ts';
import type {NodeLines} from '../objects/node-lines.ts';
import type {Store} from '../objects/store.ts';
import type {Distribution} from '../options/distribution.ts';
import {drawOnce} from './draw-once.ts';

export type KubeletProcessesOptions = {
  readonly simulation: Simulation;
  readonly store: Store;
  readonly machines: Machines;
  readonly lines: NodeLines;
  /** From power's return to the kubelet's running. */
  readonly boot: Distribution;
};

type ProcessState = {
  booted: boolean;
  runs: boolean;
  listed: boolean;
  /** What its start goes back to, which may have to wait for a line. */
  cause: number;
  boot: EventHandle | undefined;
};

export class KubeletProcesses {
  /** Power is lost, and with it all that ran; the kubelet may have been stopped before. */
  readonly died = new Signal<[node: NodeId]>();
  /** The kubelet's process has ended; containers run on. */
  readonly stopped = new Signal<[node: NodeId]>();
  /** It runs again and knows nothing yet of what the API holds. */
  readonly began = new Signal<[node: NodeId]>();
  /** It knows all of its pods as they are in the API: for the first time, or after a silence. */
  readonly listed = new Signal<[node: NodeId, first: boolean]>();
  readonly #simulation: Simulation;
  readonly #store: Store;
  readonly #machines: Machines;
  readonly #lines: NodeLines;
  readonly #boot: Distribution;
  readonly #booted: EventKind<NodeId>;
  #states: ProcessState[] = [];

  constructor({simulation, store, machines, lines, boot}: KubeletProcessesOptions) {
    this.#simulation = simulation;
    this.#store = store;
    this.#machines = machines;
    this.#lines = lines;
    this.#boot = boot;
    this.#booted = simulation.event('machine.booted', (node: NodeId) => this.#finishBoot(node));
    for (let node = 0; node < machines.count; node++) this.#add(node as NodeId);
    machines.added.watch(node => this.#add(node));
    machines.poweredOff.watch(node => this.#die(node));
    machines.poweredOn.watch(node => this.#startBoot(node));
    machines.kubeletStopped.watch(node => this.#stop(node));
    machines.kubeletStarted.watch(node => this.#begin(node));
    lines.found.watch(node => this.#list(node));
    simulation.part('node.processes', this);
  }

  runs(node: NodeId): boolean {
    return this.#states[node].runs;
  }

  /** It learns of changes as they come. */
  hears(node: NodeId): boolean {
    return this.#states[node].listed && this.#lines.open(node);
  }

  /** A node that was there before the run is at work; one that comes later begins. */
  #add(node: NodeId): void {
    const isNew = this.#store.nodes.get(node)?.conditions.ready === 'False';
    this.#states[node] = {booted: true, runs: !isNew, listed: !isNew, cause: 0, boot: undefined};
    if (isNew) this.#begin(node);
  }

  #die(node: NodeId): void {
    const state = this.#states[node];
    if (state.boot !== undefined) this.#simulation.cancel(state.boot);
    this.#states[node] = {booted: false, runs: false, listed: false, cause: 0, boot: undefined};
    this.died.emit(node);
  }

  #startBoot(node: NodeId): void {
    // By moment, so that each boot of a node is another draw.
    const {now} = this.#simulation;
    const stream = `node.boot/${this.#store.nodes.nameOf(node)}@${now}`;
    const takes = drawOnce(this.#simulation, this.#boot, stream);
    const slowed = toTime(takes * this.#machines.slowness(node));
    this.#states[node].boot = this.#booted.after(slowed, node);
  }

  #finishBoot(node: NodeId): void {
    const state = this.#states[node];
    state.boot = undefined;
    state.booted = true;
    this.#begin(node);
  }

  #stop(node: NodeId): void {
    const state = this.#states[node];
    if (!state.runs) return;
    state.runs = false;
    state.listed = false;
    this.stopped.emit(node);
  }

  #begin(node: NodeId): void {
    const state = this.#states[node];
    if (!state.booted || this.#machines.withoutKubelet.has(node)) return;
    state.runs = true;
    state.cause = this.#simulation.cause;
    this.began.emit(node);
    if (this.#lines.open(node)) this.#list(node);
  }

  #list(node: NodeId): void {
    const state = this.#states[node];
    if (!state.runs) return;
    const first = !state.listed;
    state.listed = true;
    const {cause} = this.#simulation;
    if (first) this.#simulation.cause = state.cause;
    this.listed.emit(node, first);
    this.#simulation.cause = cause;
  }

  save(): readonly ProcessState[] {
    return this.#states;
  }

  restore(saved: readonly ProcessState[]): void {
    this.#states = [...saved];
  }
}
