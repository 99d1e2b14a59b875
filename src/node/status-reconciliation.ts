// Puts right what others wrote into the statuses of a kubelet's pods: readiness that the node
// controller took while it heard nothing of the node. As status_manager.go: what the API holds is
// compared with the kubelet's own view every 10 s.

import type {EventHandle, EventKind, Simulation} from '../engine/simulation.ts';
import {second, type Time, toTime} from '../engine/time.ts';
import type {ApiClient} from '../objects/api-client.ts';
import type {NodeId, PodId} from '../objects/ids.ts';
import type {Store} from '../objects/store.ts';
import type {KubeletProcesses} from './kubelet-processes.ts';

const interval: Time = 10 * second;

type Comparison = {readonly due: EventHandle; readonly pods: Set<PodId>};

export type StatusReconciliationOptions = {
  readonly simulation: Simulation;
  readonly store: Store;
  readonly processes: KubeletProcesses;
  readonly api: ApiClient;
  /** A kubelet has the pod and finds it ready. */
  readonly holdsReady: (pod: PodId) => boolean;
};

export class StatusReconciliation {
  readonly #parts: StatusReconciliationOptions;
  readonly #compared: EventKind<NodeId>;
  #comparisons = new Map<NodeId, Comparison>();

  constructor(parts: StatusReconciliationOptions) {
    const {simulation, processes} = parts;
    this.#parts = parts;
    this.#compared = simulation.event('kubelet.pod-statuses-compared', (node: NodeId) =>
      this.#compare(node),
    );
    for (const signal of [processes.died, processes.stopped]) {
      signal.watch(node => this.#giveUp(node));
    }
    simulation.part('node.pod-statuses', this);
  }

  /** At the next tick of its node's kubelet. */
  expect(pod: PodId): void {
    const {simulation, store} = this.#parts;
    const node = store.pods.node(pod);
    if (node === undefined) return;
    const known = this.#comparisons.get(node);
    if (known !== undefined) {
      known.pods.add(pod);
      return;
    }
    const stream = `node.pod-statuses/${store.nodes.nameOf(node)}@${simulation.now}`;
    const wait = toTime(simulation.passingRandom(stream).uniform(0, interval));
    const due = this.#compared.after(wait, node);
    this.#comparisons.set(node, {due, pods: new Set([pod])});
  }

  #compare(node: NodeId): void {
    const {store, api, holdsReady} = this.#parts;
    const compared = this.#comparisons.get(node)?.pods ?? [];
    this.#comparisons.delete(node);
    for (const pod of compared) {
      // The number may be another node's pod by now.
      const isOurs = store.pods.exists(pod) && store.pods.node(pod) === node;
      if (isOurs && holdsReady(pod) && !store.pods.ready(pod)) api.reportReady(pod);
    }
  }

  #giveUp(node: NodeId): void {
    const comparison = this.#comparisons.get(node);
    if (comparison !== undefined) this.#parts.simulation.cancel(comparison.due);
    this.#comparisons.delete(node);
  }

  save() {
    return this.#comparisons;
  }

  restore(saved: ReturnType<StatusReconciliation['save']>): void {
    this.#comparisons = saved;
  }
}
