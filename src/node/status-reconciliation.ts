// Puts right what others wrote into the statuses of a kubelet's pods: readiness that the node
// controller took while it heard nothing of the node. As status_manager.go: what the API holds is
// compared with the kubelet's own view every 10 s.

import type {EventKind, Simulation} from '../engine/simulation.ts';
import {second, type Time, toTime} from '../engine/time.ts';
import type {ApiClient} from '../objects/api-client.ts';
import type {PodId} from '../objects/ids.ts';
import type {Store} from '../objects/store.ts';

const interval: Time = 10 * second;

export class StatusReconciliation {
  readonly #simulation: Simulation;
  readonly #store: Store;
  readonly #compared: EventKind<PodId>;

  /** `holdsReady`: a kubelet has the pod, runs, and finds it ready. */
  constructor(
    parts: {simulation: Simulation; store: Store; api: ApiClient},
    holdsReady: (pod: PodId) => boolean,
  ) {
    this.#simulation = parts.simulation;
    this.#store = parts.store;
    const {pods} = parts.store;
    this.#compared = parts.simulation.event('kubelet.pod-status-compared', (pod: PodId) => {
      if (holdsReady(pod) && pods.exists(pod) && !pods.ready(pod)) parts.api.reportReady(pod);
    });
  }

  expect(pod: PodId): void {
    const node = this.#store.pods.node(pod);
    if (node === undefined) return;
    // All pods of a node at the same tick.
    const {now} = this.#simulation;
    const stream = `node.pod-statuses/${this.#store.nodes.nameOf(node)}@${now}`;
    const wait = this.#simulation.passingRandom(stream).uniform(0, interval);
    this.#compared.after(toTime(wait), pod);
  }
}
