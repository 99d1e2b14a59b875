// What kubelets say of their nodes: that they are ready, where the API says otherwise. As
// kubelet_node_status.go: at once when the kubelet has started (it looks every 100 ms then), else
// at the next of its looks, one every 10 s. That all is well as before is not said again.

import type {EventHandle, EventKind, Simulation} from '../engine/simulation.ts';
import {milliseconds, second, type Time, toTime} from '../engine/time.ts';
import type {ApiClient} from '../objects/api-client.ts';
import type {NodeId} from '../objects/ids.ts';
import type {NodeConditions} from '../objects/node-spec.ts';
import type {Store} from '../objects/store.ts';
import {Watch, type WatchDelay} from '../objects/watch.ts';
import type {KubeletProcesses} from './kubelet-processes.ts';

const afterStart: Time = milliseconds(100);
const interval: Time = 10 * second;

export type NodeStatusOptions = {
  readonly simulation: Simulation;
  readonly store: Store;
  readonly processes: KubeletProcesses;
  readonly api: ApiClient;
  readonly delay: WatchDelay;
};

export class NodeStatus {
  readonly #simulation: Simulation;
  readonly #store: Store;
  readonly #processes: KubeletProcesses;
  readonly #api: ApiClient;
  readonly #looked: EventKind<NodeId>;
  #looks = new Map<NodeId, EventHandle>();
  /** Their kubelets are about to end with them. */
  #shuttingDown = new Set<NodeId>();

  constructor({simulation, store, processes, api, delay}: NodeStatusOptions) {
    this.#simulation = simulation;
    this.#store = store;
    this.#processes = processes;
    this.#api = api;
    this.#looked = simulation.event('kubelet.node-status-looked-at', (node: NodeId) =>
      this.#look(node),
    );
    processes.began.watch(node => this.#shuttingDown.delete(node));
    processes.listed.watch((node, first) => {
      if (!this.#isReady(node)) this.#expect(node, first ? afterStart : interval);
    });
    for (const signal of [processes.died, processes.stopped])
      signal.watch(node => this.#rest(node));
    const {log} = store.nodes;
    // What it says itself it does not hear of.
    const disagrees = (row: number) => {
      const node = log.id(row) as NodeId;
      return log.value(row)?.conditions.ready !== 'True' && this.#watches(node);
    };
    new Watch(simulation, log, {
      name: 'kubelet.nodes',
      delay,
      kinds: ['updated'],
      selects: disagrees,
      changed: row => this.#expect(log.id(row) as NodeId, interval),
    });
    simulation.part('node.status', this);
  }

  /** The machine is about to lose its power: the node is not ready from now on. */
  shutDown(node: NodeId): void {
    this.#rest(node);
    this.#shuttingDown.add(node);
    this.#post(node, {ready: 'False', readyReason: 'KubeletNotReady'});
  }

  isShuttingDown(node: NodeId): boolean {
    return this.#shuttingDown.has(node);
  }

  #watches(node: NodeId): boolean {
    return this.#processes.hears(node) && !this.#shuttingDown.has(node);
  }

  #isReady(node: NodeId): boolean {
    return this.#store.nodes.get(node)?.conditions.ready === 'True';
  }

  #expect(node: NodeId, within: Time): void {
    if (this.#looks.has(node)) return;
    const {now} = this.#simulation;
    const stream = `node.status/${this.#store.nodes.nameOf(node)}@${now}`;
    const wait = toTime(this.#simulation.passingRandom(stream).uniform(0, within));
    this.#looks.set(node, this.#looked.after(wait, node));
  }

  #look(node: NodeId): void {
    this.#looks.delete(node);
    const isThere = this.#store.nodes.get(node) !== undefined;
    if (!isThere || !this.#watches(node) || this.#isReady(node)) return;
    this.#post(node, {ready: 'True', readyReason: 'KubeletReady'});
  }

  #post(node: NodeId, conditions: Partial<NodeConditions>): void {
    this.#api.writeNode({verb: 'update-status', node, conditions});
  }

  #rest(node: NodeId): void {
    const look = this.#looks.get(node);
    if (look !== undefined) this.#simulation.cancel(look);
    this.#looks.delete(node);
  }

  save() {
    return {looks: this.#looks, shuttingDown: this.#shuttingDown};
  }

  restore(saved: ReturnType<NodeStatus['save']>): void {
    this.#looks = saved.looks;
    this.#shuttingDown = saved.shuttingDown;
  }
}
