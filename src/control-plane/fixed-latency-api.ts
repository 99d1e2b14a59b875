// The simplest API server: never down, never busy, every write stored a fixed time after it was
// sent. The full control plane takes its place behind the same interface.

import type {Simulation} from '../engine/simulation.ts';
import type {Time} from '../engine/time.ts';
import type {
  ApiClient,
  ApiConnector,
  ApiReplies,
  ClientLimits,
  PodWish,
} from '../objects/api-client.ts';
import type {OwnerObject, Store} from '../objects/store.ts';
import {FixedLatencyClient} from './fixed-latency-client.ts';
import {type Created, PodRegistry} from './pod-registry.ts';

export type FixedLatencyApiOptions = {
  readonly simulation: Simulation;
  readonly store: Store;
  /** From sending a write to its being stored and answered. */
  readonly write: Time;
};

export class FixedLatencyApi implements ApiConnector {
  readonly #options: FixedLatencyApiOptions;
  readonly #registry: PodRegistry;

  constructor(options: FixedLatencyApiOptions) {
    this.#options = options;
    this.#registry = new PodRegistry(options.simulation, options.store);
  }

  connect(component: {name: string; limits: ClientLimits; replies: ApiReplies}): ApiClient {
    return new FixedLatencyClient({...this.#options, ...component, registry: this.#registry});
  }

  /** As if the pod had been stored just now: for what a scenario starts with. */
  applyPod(wish: PodWish): Created {
    return this.#registry.create(wish);
  }

  /** Workloads whose controller is not modelled say here that their pods have an owner. */
  applyOwner(owner: OwnerObject): void {
    const {store, simulation} = this.#options;
    store.owners.add(owner, simulation.now);
  }
}
