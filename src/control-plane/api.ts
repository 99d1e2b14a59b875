// The API as its clients see it: the rules of its registries, behind whatever the control plane
// does to requests. Without a control plane it is never down and never busy.

import {Signal} from '../engine/signal.ts';
import type {Simulation} from '../engine/simulation.ts';
import type {Time} from '../engine/time.ts';
import type {
  ApiClient,
  ApiComponent,
  ApiConnector,
  ApiOutcome,
  OwnerWish,
  PodWish,
} from '../objects/api-client.ts';
import type {ApiLine} from '../objects/api-line.ts';
import type {WorkloadId} from '../objects/ids.ts';
import {noLabels} from '../objects/labels.ts';
import type {AnyObject} from '../objects/object-request.ts';
import type {Store} from '../objects/store.ts';
import type {NewWorkload} from '../objects/workload-request.ts';
import type {Distribution} from '../options/distribution.ts';
import type {TolerationSeconds} from './admission/default-toleration-seconds.ts';
import {Client} from './client.ts';
import type {ControlPlane} from './control-plane.ts';
import {commitLatency, type MemberLatency} from './etcd-latency.ts';
import {openGate} from './gate.ts';
import type {NetworkRange} from './network-registry.ts';
import type {Created, SandboxAddresses} from './pod-registry.ts';
import {type Registries, registriesOf} from './registries.ts';
import {type WriteLatency, writeLatencyOf} from './write-latency.ts';

export type ApiOptions = {
  readonly simulation: Simulation;
  readonly store: Store;
  /** From sending a write to its being stored and answered. */
  readonly write: Time | Distribution;
  readonly controlPlane?: ControlPlane;
  /** How long pods put up with a lost node, where they do not say; 300 s unless told. */
  readonly tolerationSeconds?: TolerationSeconds;
  /** Where Services have their addresses; as kubeadm has it unless told. */
  readonly network?: NetworkRange;
  /** Of pods, as their kubelets report them; without it pods have none. */
  readonly addresses?: SandboxAddresses;
  /** On top of `write`; is part of it unless told. */
  readonly members?: MemberLatency | undefined;
};

export class Api implements ApiConnector {
  readonly #options: ApiOptions;
  readonly #registries: Registries;

  constructor(options: ApiOptions) {
    this.#options = options;
    const {simulation, store, tolerationSeconds, network, addresses} = options;
    this.#registries = registriesOf(simulation, store, {
      ...(tolerationSeconds !== undefined && {seconds: tolerationSeconds}),
      ...(network !== undefined && {network}),
      ...(addresses !== undefined && {addresses}),
    });
  }

  line(program: string): ApiLine {
    return this.#options.controlPlane?.line(program) ?? openLine;
  }

  connect(component: ApiComponent): ApiClient {
    const {simulation, store, controlPlane} = this.#options;
    const {name, program = name} = component;
    const latency = this.#latencyOf(name);
    // With no latency nothing is ever in flight.
    const isTimeless = 'always' in latency && latency.always === 0;
    return new Client({
      ...component,
      simulation,
      store,
      registries: this.#registries,
      latency,
      gate: controlPlane?.gate(program) ?? openGate(),
      seats: isTimeless ? undefined : controlPlane?.seats(name, program),
    });
  }

  #latencyOf(client: string): WriteLatency {
    const {simulation, write, members, controlPlane} = this.#options;
    const commit = members && controlPlane && commitLatency(controlPlane.etcd, members, simulation);
    return writeLatencyOf({write, commit}, {simulation, client});
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
  applyObject(object: AnyObject): ApiOutcome {
    return this.#registries.objects.apply(object);
  }
}

/** Of a control plane that never fails. */
const openLine: ApiLine = {open: true, lost: new Signal<[]>(), found: new Signal<[]>()};
