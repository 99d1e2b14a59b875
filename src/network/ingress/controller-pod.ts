// One pod of an ingress controller: what it goes by, as its last sync took it up and its workers
// have looked at since. They look for other endpoints every so often; other Ingresses reload
// the whole, and balancing begins anew.
//
//   change stored ──watch──▶ told ──gate──▶ synced ─▶ reloaded
//                                              └─ the next poll ──▶ served

import type {RandomStream} from '../../engine/random.ts';
import type {Time} from '../../engine/time.ts';
import type {NodeId, ServiceId} from '../../objects/ids.ts';
import type {IngressObject} from '../../objects/ingress-object.ts';
import type {EndpointsVersion} from '../proxy/endpoints-version.ts';
import {SyncGate} from '../rules/sync-gate.ts';
import type {IngressController} from './ingress-options.ts';
import {UpstreamBalancer} from './upstream-balancer.ts';

/** What the API held at a moment, as far as a controller needs it; never changed. */
export type Snapshot = {
  readonly ingresses: readonly IngressObject[];
  /** Of the Services behind them. */
  readonly versions: ReadonlyMap<ServiceId, EndpointsVersion>;
};

export type PodIdentity = {
  readonly serial: number;
  readonly node: NodeId;
  /** Its place in the list of controllers. */
  readonly controller: number;
};

type Balanced = {
  readonly backend: string;
  readonly balance?: IngressController['balance'] | undefined;
};

export class ControllerPod {
  readonly identity: PodIdentity;
  readonly options: IngressController;
  readonly gate: SyncGate;
  /** Of its workers' polls, in their period. */
  readonly phase: Time;
  /** A sync, or a poll, is to come. */
  due = false;
  polling = false;
  synced: Snapshot;
  served: Snapshot;
  readonly #stream: RandomStream;
  readonly #balancers = new Map<string, UpstreamBalancer>();

  constructor(
    identity: PodIdentity,
    options: IngressController,
    {snapshot, stream, phase}: {snapshot: Snapshot; stream: RandomStream; phase: Time},
  ) {
    this.identity = identity;
    this.options = options;
    this.gate = new SyncGate({minSyncPeriod: options.syncEvery});
    this.phase = phase;
    this.synced = snapshot;
    this.served = snapshot;
    this.#stream = stream;
  }

  /** Returns whether its workers have yet to look. */
  take(snapshot: Snapshot): boolean {
    const reloads = snapshot.ingresses !== this.synced.ingresses;
    this.synced = snapshot;
    if (!reloads) return true;
    this.served = snapshot;
    this.#balancers.clear();
    return false;
  }

  /** `balance`: as an Ingress wants it. */
  balancer({backend, balance = this.options.balance}: Balanced): UpstreamBalancer {
    const known = this.#balancers.get(backend);
    if (known !== undefined) return known;
    const made = new UpstreamBalancer(balance, this.#stream);
    this.#balancers.set(backend, made);
    return made;
  }

  /** From 0 to 1: whether a canary gets a request. */
  drawShare(): number {
    return this.#stream.uniform();
  }

  save() {
    const {identity, phase, due, polling} = this;
    const balancers = [...this.#balancers].map(
      ([name, each]) => [name, each.balance, each.save()] as const,
    );
    return {identity, phase, due, polling, gate: this.gate.save(), balancers};
  }

  restore({due, polling, gate, balancers}: ReturnType<ControllerPod['save']>): void {
    this.due = due;
    this.polling = polling;
    this.gate.restore(gate);
    this.#balancers.clear();
    for (const [backend, balance, saved] of balancers) {
      this.balancer({backend, balance}).restore(saved);
    }
  }
}
