// Binding cycles, any number at a time, each beside the scheduling of other pods:
//
//   begin ─► reserve ─► permit ─┬─► wait for allow ─┬─► pre-bind ─► POST binding ─► bound
//                               └───────────────────┘
//   any of them may fail: unreserve in reverse order, and the pod goes back to the queue.

import type {EventKind} from '../engine/event-kind.ts';
import type {EventHandle} from '../engine/event-table.ts';
import type {Simulation} from '../engine/simulation.ts';
import type {Time} from '../engine/time.ts';
import {minutes} from '../engine/time.ts';
import type {ApiOutcome} from '../objects/api-client.ts';
import type {PodId} from '../objects/ids.ts';
import type {NodeInfo} from './node-info.ts';
import type {PodInfo} from './pod-info.ts';
import type {Profile} from './profile.ts';

/** As waiting_pods_map.go: no plugin may make a pod wait longer. */
const longestPermitWait = minutes(15);

export type BindingOwner = {
  readonly simulation: Simulation;
  profileOf(pod: PodInfo): Profile;
  podOf(id: PodId): PodInfo | undefined;
  /** The pod has passed permit: events no longer matter to it. */
  permitted(pod: PodInfo): void;
  /** Sends the binding to the API server. */
  post(pod: PodInfo, node: NodeInfo): void;
  bound(pod: PodInfo, node: NodeInfo): void;
  /** `plugin` is absent when it was the API server that said no. */
  failed(pod: PodInfo, plugin: string | undefined): void;
};

type Binding = {
  readonly node: NodeInfo;
  /** Plugins that have not allowed the pod yet. */
  readonly waits: Set<string>;
  expiry: EventHandle | undefined;
  expiresAt: Time | undefined;
  expiresFor: string | undefined;
  step: EventHandle | undefined;
};

export class Bindings {
  readonly #owner: BindingOwner;
  readonly #under = new Map<PodId, Binding>();
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
      waits: new Set(),
      expiry: undefined,
      expiresAt: undefined,
      expiresFor: undefined,
      step: undefined,
    };
    this.#under.set(pod.id, binding);
    const {plugins} = this.#owner.profileOf(pod);
    for (const {name, plugin} of plugins.reserve) {
      if (plugin.reserve?.(pod, node) !== undefined) return this.#fail(pod, name);
    }
    for (const {name, plugin} of plugins.permit) {
      const said = plugin.permit?.(pod, node);
      if (said === undefined) continue;
      if (!('wait' in said)) return this.#fail(pod, name);
      this.#wait(pod, binding, {plugin: name, wait: said.wait});
    }
    if (binding.waits.size === 0) this.#preBind(pod, binding);
  }

  /** Each plugin has its own timer; the first to run out turns the pod away. */
  #wait(pod: PodInfo, binding: Binding, {plugin, wait}: {plugin: string; wait: Time}): void {
    const {simulation} = this.#owner;
    binding.waits.add(plugin);
    const expiresAt = simulation.now + Math.min(wait, longestPermitWait);
    if (binding.expiresAt !== undefined && binding.expiresAt <= expiresAt) return;
    if (binding.expiry !== undefined) simulation.cancel(binding.expiry);
    binding.expiresAt = expiresAt;
    binding.expiresFor = plugin;
    binding.expiry = this.#permitExpired.at(expiresAt, pod.id);
  }

  allow(pod: PodInfo, plugin: string): void {
    const binding = this.#under.get(pod.id);
    if (binding === undefined || !binding.waits.delete(plugin)) return;
    if (binding.waits.size === 0) this.#preBind(pod, binding);
  }

  reject(pod: PodInfo, plugin: string): void {
    if (this.#under.get(pod.id)?.waits.has(plugin)) this.#fail(pod, plugin);
  }

  /** The pod is gone: nothing of its binding may act any more. True if there was one. */
  cancel(pod: PodInfo): boolean {
    const binding = this.#under.get(pod.id);
    if (binding === undefined) return false;
    this.#end(pod, binding);
    this.#unreserve(pod, binding.node);
    return true;
  }

  answered(id: PodId, outcome: ApiOutcome): void {
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

  #expire(id: PodId): void {
    const pod = this.#owner.podOf(id);
    const plugin = this.#under.get(id)?.expiresFor;
    if (pod !== undefined && plugin !== undefined) this.#fail(pod, plugin);
  }

  #preBind(pod: PodInfo, binding: Binding): void {
    if (binding.expiry !== undefined) this.#owner.simulation.cancel(binding.expiry);
    binding.expiry = undefined;
    this.#owner.permitted(pod);
    let time = 0;
    for (const {name, plugin} of this.#owner.profileOf(pod).plugins.preBind) {
      const said = plugin.preBind?.(pod, binding.node);
      if (typeof said === 'object') return this.#fail(pod, name);
      time += said ?? 0;
    }
    if (time === 0) this.#post(pod.id);
    else binding.step = this.#preBindEnded.after(time, pod.id);
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
    this.#owner.post(pod, binding.node);
  }

  #fail(pod: PodInfo, plugin: string | undefined): void {
    const binding = this.#under.get(pod.id);
    if (binding === undefined) return;
    this.#end(pod, binding);
    this.#unreserve(pod, binding.node);
    this.#owner.failed(pod, plugin);
  }

  #unreserve(pod: PodInfo, node: NodeInfo): void {
    const {reserve} = this.#owner.profileOf(pod).plugins;
    for (let i = reserve.length - 1; i >= 0; i--) reserve[i].plugin.unreserve?.(pod, node);
  }

  #end(pod: PodInfo, {expiry, step}: Binding): void {
    const {simulation} = this.#owner;
    this.#under.delete(pod.id);
    if (expiry !== undefined) simulation.cancel(expiry);
    if (step !== undefined) simulation.cancel(step);
  }

  save(): SavedBinding[] {
    return [...this.#under].map(([pod, {node, waits, ...rest}]) => ({
      pod,
      node: node.name,
      waits: [...waits],
      ...rest,
    }));
  }

  restore(saved: readonly SavedBinding[], nodeOf: (name: string) => NodeInfo): void {
    this.#under.clear();
    for (const {pod, node, waits, ...rest} of saved) {
      this.#under.set(pod, {node: nodeOf(node), waits: new Set(waits), ...rest});
    }
  }
}

export type SavedBinding = Omit<Binding, 'node' | 'waits'> & {
  pod: PodId;
  node: string;
  waits: string[];
};
