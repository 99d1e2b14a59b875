// Binding cycles, any number at a time, each beside the scheduling of other pods:
//
//   begin ─► reserve ─► permit ─┬─► wait for allow ─┬─► pre-bind ─► POST binding ─► bound
//                               └───────────────────┘
//   any of them may fail: unreserve in reverse order, and the pod goes back to the queue.

import type {EventKind} from '../../engine/event-kind.ts';
import type {EventHandle} from '../../engine/event-table.ts';
import type {Simulation} from '../../engine/simulation.ts';
import type {ApiOutcome} from '../../objects/api-client.ts';
import type {PodId} from '../../objects/ids.ts';
import type {KubernetesMinor} from '../../objects/version.ts';
import type {NodeInfo} from '../cache/node-info.ts';
import type {PodInfo} from '../cache/pod-info.ts';
import type {Failure, Profile} from '../profile.ts';
import {PermitWaits, type SavedPermitWaits} from './permit-waits.ts';

export type BindingOwner = {
  readonly simulation: Simulation;
  readonly kubernetes: KubernetesMinor;
  profileOf(pod: PodInfo): Profile;
  podOf(id: PodId): PodInfo | undefined;
  /** It will be a while: others may want to know where the pod is going. */
  expected(pod: PodInfo, node: NodeInfo): void;
  /** The pod has passed permit: events no longer matter to it. */
  permitted(pod: PodInfo): void;
  /** Sends the binding to the API server. */
  post(pod: PodInfo, node: NodeInfo): void;
  bound(pod: PodInfo, node: NodeInfo): void;
  failed(pod: PodInfo, how: BindingFailure): void;
};

/** `failure` is absent when no plugin, but the API server said no. */
export type BindingFailure = {
  readonly failure: Failure | undefined;
  /** Reserve and Permit still belong to the scheduling cycle, what comes after does not. */
  readonly stage: 'scheduling' | 'binding';
};

type Binding = {
  readonly node: NodeInfo;
  readonly waits: PermitWaits;
  stage: BindingFailure['stage'];
  expiry: EventHandle | undefined;
  preBind: EventHandle | undefined;
  /** The API server has been asked and has not answered. */
  posted: boolean;
};

export class Bindings {
  readonly #owner: BindingOwner;
  readonly #under = new Map<PodId, Binding>();
  /** Answers still to come for pods that are gone: their number may be another's by then. */
  readonly #staleAnswers = new Map<PodId, number>();
  readonly #permitExpired: EventKind<PodId>;
  readonly #preBindEnded: EventKind<PodId>;

  constructor(owner: BindingOwner) {
    this.#owner = owner;
    const {simulation} = owner;
    this.#permitExpired = simulation.event('scheduler.permit-expired', (pod: PodId) =>
      this.#expire(pod),
    );
    this.#preBindEnded = simulation.event('scheduler.pre-bind-ended', (pod: PodId) =>
      this.#post(pod),
    );
  }

  /** How many are under way. */
  get count(): number {
    return this.#under.size;
  }

  begin(pod: PodInfo, node: NodeInfo): void {
    const binding: Binding = {
      node,
      waits: new PermitWaits(),
      stage: 'scheduling',
      expiry: undefined,
      preBind: undefined,
      posted: false,
    };
    this.#under.set(pod.id, binding);
    const failure = this.#reserve(pod, node) ?? this.#permit(pod, binding);
    if (failure !== undefined) return this.#fail(pod, failure);
    binding.stage = 'binding';
    if (!binding.waits.any) return this.#preBind(pod, binding);
    this.#expect(pod, node);
    this.#armExpiry(pod, binding);
  }

  #reserve(pod: PodInfo, node: NodeInfo): Failure | undefined {
    for (const {name, plugin} of this.#owner.profileOf(pod).plugins.reserve) {
      const rejection = plugin.reserve?.(pod, node);
      if (rejection !== undefined) return {plugin: name, rejection};
    }
    return undefined;
  }

  // As RunPermitPlugins: a plugin that says no ends it, one that says wait does not.
  #permit(pod: PodInfo, {node, waits}: Binding): Failure | undefined {
    const {simulation, profileOf} = this.#owner;
    for (const {name, plugin} of profileOf(pod).plugins.permit) {
      const said = plugin.permit?.(pod, node);
      if (said === undefined) continue;
      if (!('wait' in said)) return {plugin: name, rejection: said};
      waits.add(name, said.wait, simulation.now);
    }
    return undefined;
  }

  #armExpiry(pod: PodInfo, binding: Binding): void {
    if (binding.expiry !== undefined) this.#owner.simulation.cancel(binding.expiry);
    const first = binding.waits.first();
    binding.expiry = first && this.#permitExpired.at(first.expiry, pod.id);
  }

  // From 1.35 on (NominatedNodeNameForExpectation) a pod that does not bind at once is nominated to
  // its node.
  #expect(pod: PodInfo, node: NodeInfo): void {
    if (this.#owner.kubernetes >= 35) this.#owner.expected(pod, node);
  }

  allow(pod: PodInfo, plugin: string): void {
    const binding = this.#under.get(pod.id);
    if (binding === undefined || !binding.waits.allow(plugin)) return;
    this.#armExpiry(pod, binding);
    if (!binding.waits.any) this.#preBind(pod, binding);
  }

  reject(pod: PodInfo, plugin: string, reason: string): void {
    if (this.#under.get(pod.id)?.waits.has(plugin)) this.#fail(pod, turnedAway(plugin, reason));
  }

  /** Turns the pod away if it waits for any plugin; true if it did. */
  rejectWaiting(pod: PodInfo, plugin: string, reason: string): boolean {
    if (!this.#under.get(pod.id)?.waits.any) return false;
    this.#fail(pod, turnedAway(plugin, reason));
    return true;
  }

  /** The pod is gone: nothing of its binding may act any more. */
  cancel(pod: PodInfo): void {
    const binding = this.#under.get(pod.id);
    if (binding === undefined) return;
    if (binding.posted) {
      this.#staleAnswers.set(pod.id, (this.#staleAnswers.get(pod.id) ?? 0) + 1);
    }
    this.#end(pod, binding);
    this.#unreserve(pod, binding.node);
  }

  answered(id: PodId, outcome: ApiOutcome): void {
    if (this.#isStale(id)) return;
    const binding = this.#under.get(id);
    const pod = this.#owner.podOf(id);
    if (binding === undefined || pod === undefined) return;
    if (outcome !== 'ok') return this.#fail(pod, undefined);
    this.#end(pod, binding);
    this.#owner.bound(pod, binding.node);
    for (const {plugin} of this.#owner.profileOf(pod).plugins.postBind) {
      plugin.postBind?.(pod, binding.node);
    }
  }

  // Answers come in the order of the requests, so those for a number's former pods come first.
  #isStale(id: PodId): boolean {
    const stale = this.#staleAnswers.get(id);
    if (stale === undefined) return false;
    if (stale === 1) this.#staleAnswers.delete(id);
    else this.#staleAnswers.set(id, stale - 1);
    return true;
  }

  #expire(id: PodId): void {
    const pod = this.#owner.podOf(id);
    const first = this.#under.get(id)?.waits.first();
    if (pod === undefined || first === undefined) return;
    this.#fail(pod, turnedAway(first.plugin, 'rejected due to timeout after waiting'));
  }

  #preBind(pod: PodInfo, binding: Binding): void {
    this.#owner.permitted(pod);
    let time = 0;
    for (const {name, plugin} of this.#owner.profileOf(pod).plugins.preBind) {
      const said = plugin.preBind?.(pod, binding.node);
      if (typeof said === 'object') return this.#fail(pod, {plugin: name, rejection: said});
      time += said ?? 0;
    }
    if (time === 0) return this.#post(pod.id);
    this.#expect(pod, binding.node);
    binding.preBind = this.#preBindEnded.after(time, pod.id);
  }

  // As RunBindPlugins: the first bind plugin that does not skip binds the pod.
  #post(id: PodId): void {
    const binding = this.#under.get(id);
    const pod = this.#owner.podOf(id);
    if (binding === undefined || pod === undefined) return;
    const {bind} = this.#owner.profileOf(pod).plugins;
    if (bind.every(({plugin}) => plugin.bind?.(pod, binding.node) === 'skip')) {
      return this.#fail(pod, undefined);
    }
    binding.posted = true;
    this.#owner.post(pod, binding.node);
  }

  #fail(pod: PodInfo, failure: Failure | undefined): void {
    const binding = this.#under.get(pod.id);
    if (binding === undefined) return;
    this.#end(pod, binding);
    this.#unreserve(pod, binding.node);
    this.#owner.failed(pod, {failure, stage: binding.stage});
  }

  #unreserve(pod: PodInfo, node: NodeInfo): void {
    const {reserve} = this.#owner.profileOf(pod).plugins;
    for (let i = reserve.length - 1; i >= 0; i--) reserve[i].plugin.unreserve?.(pod, node);
  }

  #end(pod: PodInfo, {expiry, preBind}: Binding): void {
    const {simulation} = this.#owner;
    this.#under.delete(pod.id);
    if (expiry !== undefined) simulation.cancel(expiry);
    if (preBind !== undefined) simulation.cancel(preBind);
  }

  /** The process has ended. What plugins had reserved goes with it. */
  clear(): void {
    const {simulation} = this.#owner;
    for (const {expiry, preBind} of this.#under.values()) {
      if (expiry !== undefined) simulation.cancel(expiry);
      if (preBind !== undefined) simulation.cancel(preBind);
    }
    this.#under.clear();
    this.#staleAnswers.clear();
  }

  save(): SavedBindings {
    return {
      under: [...this.#under].map(([pod, {node, waits, ...rest}]) => ({
        pod,
        node: node.name,
        waits: waits.save(),
        ...rest,
      })),
      staleAnswers: [...this.#staleAnswers],
    };
  }

  restore(saved: SavedBindings, nodeOf: (name: string) => NodeInfo): void {
    this.#under.clear();
    for (const {pod, node, waits, ...rest} of saved.under) {
      this.#under.set(pod, {node: nodeOf(node), waits: new PermitWaits(waits), ...rest});
    }
    this.#staleAnswers.clear();
    for (const [pod, count] of saved.staleAnswers) this.#staleAnswers.set(pod, count);
  }
}

function turnedAway(plugin: string, reason: string): Failure {
  return {plugin, rejection: {code: 'unschedulable', reasons: [reason]}};
}

export type SavedBindings = {
  under: (Omit<Binding, 'node' | 'waits'> & {
    pod: PodId;
    node: string;
    waits: SavedPermitWaits;
  })[];
  staleAnswers: [PodId, number][];
};
