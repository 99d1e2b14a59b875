// The simplest API server: never down, never busy, every write stored a fixed time after it was
// sent. The full control plane takes its place behind the same interface.

import {Signal} from '../engine/signal.ts';
import type {Simulation} from '../engine/simulation.ts';
import type {Time} from '../engine/time.ts';
import type {
  ApiClient,
  ApiComponent,
  ApiConnector,
  OwnerWish,
  PodWish,
} from '../objects/api-client.ts';
import type {ApiLine} from '../objects/api-line.ts';
import type {WorkloadId} from '../objects/ids.ts';
import {noLabels} from '../objects/labels.ts';
import type {AnyObject} from '../objects/object-request.ts';
import type {Store} from '../objects/store.ts';
import type {NewWorkload} from '../objects/workload-request.ts';
import {Client} from './client.ts';
import {openGate} from './gate.ts';
import type {Created} from './pod-registry.ts';
import {type Registries, registriesOf} from './registries.ts';

export type FixedLatencyApiOptions = {
  readonly simulation: Simulation;
  readonly store: Store;
  /** From sending a write to its being stored and answered. */
  readonly write: Time;
};

export class FixedLatencyApi implements ApiConnector {
  readonly #options: FixedLatencyApiOptions;
  readonly #registries: Registries;
  readonly #gate = openGate();

  constructor(options: FixedLatencyApiOptions) {
    this.#options = options;
    this.#registries = registriesOf(options.simulation, options.store);
  }

  line(_program: string): ApiLine {
    return {open: true, lost: new Signal<[]>(), found: new Signal<[]>()};
  }

  connect(component: ApiComponent): ApiClient {
    const {simulation, store, write} = this.#options;
    return new Client({
      ...component,
      simulation,
      store,
      latency: {always: write},
      gate: this.#gate,
      registries: this.#registries,
    });
  }

  /** As if the pod had been stored just now: for what a scenario starts with. */
  applyPod(wish: PodWish): Created {
    return this.#registries.pods.create(wish);
  }

  /** Workloads whose controller is not modelled say here that their pods have an owner. */
  applyOwner({kind, namespace, name, selector}: OwnerWish): void {
    this.applyWorkload({
      kind: 'uncontrolled',
      as: kind,
      namespace,
      name,
      labels: noLabels,
      annotations: noLabels,
      owner: undefined,
      spec: {selector},
    });
  }

  /** As if the object had been stored just now. */
  applyWorkload(object: NewWorkload): WorkloadId {
    return this.#registries.workloads.create(object);
  }

  /** As if the object had been stored just now. */
  applyObject(object: AnyObject): void {
    this.#registries.objects.apply(object);
  }
}
