// kube-scheduler: takes the next pod, finds it a node, and goes on to the next while the binding is
// still under way (pkg/scheduler/schedule_one.go).
//
//   queue ─pop─► cycle: decide, assume ──cycle time──► binding cycle ─► scheduled
//                   │                                        └─ failed: forget, back to the queue
//                   └─ refused ──cycle time──► preempt, back to the queue
//
// A cycle sees the cluster as it was when the cycle began; what it decides takes effect when its
// time, given by the cost model, is over.

import type {EventKind} from '../engine/event-kind.ts';
import type {Simulation} from '../engine/simulation.ts';
import type {Time} from '../engine/time.ts';
import type {ApiClient, ApiConnector, ClientLimits} from '../objects/api-client.ts';
import type {PodId} from '../objects/ids.ts';
import type {Store} from '../objects/store.ts';
import type {KubernetesMinor} from '../objects/version.ts';
import type {Attempt} from './attempt.ts';
import {type BindingOwner, Bindings} from './bindings.ts';
import {SchedulerCache} from './cache.ts';
import type {ClusterEvent} from './cluster-event.ts';
import {type CostModel, cycleTime} from './cost-model.ts';
import type {Cycle} from './cycle.ts';
import {Evictions} from './evictions.ts';
import type {PluginDefinition, PostFilterResult} from './framework.ts';
import {Informer, type InformerListener} from './informer.ts';
import {KeptCycle} from './kept-cycle.ts';
import type {NodeInfo} from './node-info.ts';
import {PlainCycle} from './plain-cycle.ts';
import type {ProfileConfiguration} from './plugin-set.ts';
import type {PodInfo} from './pod-info.ts';
import type {Profile} from './profile.ts';
import {makeProfiles} from './profiles.ts';
import {QueuedPod, type SavedQueuedPod} from './queued-pod.ts';
import {RequeueRules} from './requeue-rules.ts';
import {type EventParts, restoreEvent, saveEvent} from './saved-events.ts';
import {restorePlugins, type SavedScheduler, savePlugins} from './saved-scheduler.ts';
import {SchedulingQueue} from './scheduling-queue.ts';
import {placed, type RefusedVerdict, refusedBecause, type Verdict} from './verdict.ts';

export type SchedulerOptions = {
  readonly simulation: Simulation;
  readonly store: Store;
  readonly api: ApiConnector;
  readonly kubernetes: KubernetesMinor;
  readonly configuration: SchedulerConfiguration;
  readonly plugins: ReadonlyMap<string, PluginDefinition>;
  readonly cost: CostModel;
  /** From a change being stored to the scheduler's knowing it. */
  readonly watchDelay: Time;
  /** Ask every node in every cycle, as the specification does, instead of keeping answers. */
  readonly plain?: boolean;
};

export type SchedulerConfiguration = {
  readonly profiles: readonly ProfileConfiguration[];
  /** 0: adaptive. */
  readonly percentageOfNodesToScore: number;
  readonly initialBackoff: Time;
  readonly maxBackoff: Time;
  readonly client: ClientLimits;
};

type Current = {
  /** `undefined` when the pod was gone before the run was saved. */
  readonly queued: QueuedPod | undefined;
  readonly verdict: Verdict;
};

export class Scheduler implements InformerListener {
  readonly cache: SchedulerCache;
  readonly queue: SchedulingQueue;
  readonly informer: Informer;
  readonly bindings: Bindings;
  readonly evictions: Evictions;
  readonly cycle: Cycle;
  readonly profiles: ReadonlyMap<string, Profile>;
  readonly #options: SchedulerOptions;
  readonly #client: ApiClient;
  readonly #woken: EventKind;
  readonly #cycleEnded: EventKind;
  /** Pods without a node, and those whose binding is under way. */
  readonly #queued = new Map<PodId, QueuedPod>();
  #current: Current | undefined = undefined;
  #waking = false;

  constructor(options: SchedulerOptions) {
    const {simulation, store, kubernetes, configuration, watchDelay} = options;
    this.#options = options;
    this.cache = new SchedulerCache({kubernetes});
    const {cache} = this;
    this.bindings = new Bindings(this.#bindingOwner());
    this.profiles = makeProfiles(configuration.profiles, {
      simulation,
      kubernetes,
      cache,
      registry: options.plugins,
      allow: (pod, plugin) => this.bindings.allow(pod, plugin),
      reject: (pod, plugin) => this.bindings.reject(pod, plugin),
    });
    this.cycle = makeCycle(options, cache);
    this.queue = this.#makeQueue();
    this.informer = new Informer({simulation, store, cache, delay: watchDelay, listener: this});
    this.evictions = new Evictions({
      cache,
      signals: store.signals,
      client: () => this.#client,
      podOf: id => this.informer.pod(id),
      nodeId: node => this.informer.nodeId(node),
    });
    this.#client = options.api.connect({
      name: 'kube-scheduler',
      limits: configuration.client,
      replies: {podBound: (pod, outcome) => this.bindings.answered(pod, outcome)},
    });
    this.#woken = simulation.event('scheduler.woken', () => {
      this.#waking = false;
      this.#next();
    });
    this.#cycleEnded = simulation.event('scheduler.cycle-ended', () => this.#endCycle());
    simulation.part('scheduler', this);
  }

  #makeQueue(): SchedulingQueue {
    const {simulation, store, kubernetes, configuration} = this.#options;
    // There is one queue, so all profiles have the same queue-sort plugin.
    const [first] = this.profiles.values();
    const {queueSort} = first.plugins;
    return new SchedulingQueue({
      simulation,
      kubernetes,
      signals: store.signals,
      initialBackoff: configuration.initialBackoff,
      maxBackoff: configuration.maxBackoff,
      less: (left, right) => queueSort.less?.(left, right) ?? false,
      gateOf: pod => this.#gateOf(pod),
      rules: new RequeueRules(kubernetes, (pod, name) => this.#profileOf(pod).plugins.get(name)),
      ready: () => this.#wake(),
    });
  }

  #bindingOwner(): BindingOwner {
    return {
      simulation: this.#options.simulation,
      profileOf: pod => this.#profileOf(pod),
      podOf: id => this.informer.pod(id),
      permitted: pod => this.queue.chosen(this.#queuedOf(pod)),
      post: (pod, node) => this.#client.bindPod(pod.id, this.informer.nodeId(node)),
      bound: (pod, node) => this.#bound(pod, node),
      failed: (pod, plugin) => this.#bindingFailed(pod, plugin),
    };
  }

  /** Is anybody waiting for an event of the cluster? */
  get listens(): boolean {
    return this.queue.listens;
  }

  clusterChanged(event: ClusterEvent): void {
    this.queue.notify(event);
  }

  /** A pod that asks for another scheduler is none of ours and stays Pending. */
  podAdded(pod: PodInfo): void {
    if (!this.profiles.has(pod.shape.template.spec.schedulerName)) return;
    const queued = new QueuedPod(pod, this.#options.simulation.now);
    this.#queued.set(pod.id, queued);
    this.queue.add(queued);
  }

  /** Bound by somebody else while it waited here. */
  podAssigned(pod: PodInfo): void {
    const queued = this.#queued.get(pod.id);
    if (queued !== undefined && queued.place !== 'binding') this.#forget(queued);
  }

  podUpdated(pod: PodInfo, event: ClusterEvent): void {
    const queued = this.#queued.get(pod.id);
    if (queued !== undefined) this.queue.podUpdated(queued, event);
  }

  podTerminating(pod: PodInfo): void {
    this.evictions.taken(pod);
  }

  podGone(pod: PodInfo): void {
    this.evictions.taken(pod);
    this.bindings.cancel(pod);
    const queued = this.#queued.get(pod.id);
    if (queued !== undefined) this.#forget(queued);
  }

  // Pods that appear at one instant are all queued before the first of them is tried.
  #wake(): void {
    if (this.#waking || this.#current !== undefined) return;
    this.#waking = true;
    this.#woken.after(0);
  }

  #next(): void {
    while (this.#current === undefined) {
      const queued = this.queue.pop();
      if (queued === undefined) return;
      if (queued.pod.terminating) this.#forget(queued);
      else this.#try(queued);
    }
  }

  #try(queued: QueuedPod): void {
    const {pod} = queued;
    const profile = this.#profileOf(pod);
    const attempt = this.cycle.try(profile, pod, queued.attempts);
    const verdict = attempt.node === undefined ? this.#refuse(profile, pod, attempt) : placed;
    if (attempt.node !== undefined) this.#assume(pod, attempt.node);
    this.#current = {queued, verdict};
    this.#cycleEnded.after(cycleTime(this.#options.cost, attempt));
  }

  #assume(pod: PodInfo, node: NodeInfo): void {
    this.cache.nominations.remove(pod);
    this.cache.addPod(pod, node);
    this.#options.store.signals.assumed.emit(pod.id, this.informer.nodeId(node));
  }

  // As RunPostFilterPlugins: the first plugin that nominates a node ends it. Without nodes there is
  // nothing to ask.
  #refuse(profile: Profile, pod: PodInfo, attempt: Attempt): RefusedVerdict {
    const {diagnosis} = attempt;
    let result: PostFilterResult | undefined;
    if (diagnosis !== undefined && diagnosis.nodeCount > 0) {
      for (const {plugin} of profile.plugins.postFilter) {
        result = plugin.postFilter?.(pod, diagnosis.rejections()) ?? result;
        if (result?.nominate !== undefined) break;
      }
    }
    return refusedBecause(attempt, result, profile.pluginOrder);
  }

  #endCycle(): void {
    const current = this.#current;
    if (current === undefined) throw new Error('a cycle ended that never began');
    this.#current = undefined;
    const {queued, verdict} = current;
    // It may have been deleted, or bound by another, in the meantime.
    if (queued?.place === 'in-flight') {
      if (verdict.kind === 'refused') this.#putBack(queued, verdict);
      else if (queued.pod.node !== undefined) this.bindings.begin(queued.pod, queued.pod.node);
    }
    this.#next();
  }

  #putBack(queued: QueuedPod, verdict: RefusedVerdict): void {
    const {pod} = queued;
    const {firstFailingPlugin, result, message, preemption} = verdict;
    this.#options.store.signals.refused.emit(pod.id, {
      firstFailingPlugin,
      result,
      message: () => message,
    });
    if (preemption !== undefined) this.evictions.carryOut(pod, preemption);
    else if (verdict.clearNomination && pod.nominatedNode !== undefined) {
      this.cache.nominations.remove(pod);
      this.#client.nominatePod(pod.id, undefined);
    } else if (queued.lastMessage !== message) this.#client.reportUnschedulable(pod.id);
    queued.lastMessage = message;
    this.queue.refused(queued, new Set(verdict.rejectedBy));
  }

  #bound(pod: PodInfo, node: NodeInfo): void {
    const queued = this.#queuedOf(pod);
    this.#forget(queued);
    const {store, simulation} = this.#options;
    const wait = queued.wait(simulation.now);
    store.signals.scheduled.emit(pod.id, this.informer.nodeId(node), wait);
  }

  // As handleBindingCycleError: the room is free again, which may help others; a pod that the API
  // server turned away comes back as an error, one that a plugin turned away as unschedulable.
  #bindingFailed(pod: PodInfo, plugin: string | undefined): void {
    const queued = this.#queuedOf(pod);
    const leaving = pod.leaving(pod.node);
    if (pod.node !== undefined) this.cache.removePod(pod);
    this.queue.notify({kind: 'pod-deleted', pod: leaving});
    this.#options.store.signals.refused.emit(pod.id, {
      firstFailingPlugin: plugin ?? '',
      result: plugin === undefined ? 'error' : 'unschedulable',
      message: () => (plugin === undefined ? 'binding rejected' : `pod rejected by ${plugin}`),
    });
    this.queue.refused(queued, new Set(plugin === undefined ? [] : [plugin]));
  }

  #forget(queued: QueuedPod): void {
    this.queue.remove(queued);
    this.#queued.delete(queued.pod.id);
  }

  #gateOf(pod: PodInfo): string | undefined {
    for (const {name, plugin} of this.#profileOf(pod).plugins.preEnqueue) {
      if (plugin.preEnqueue?.(pod) !== undefined) return name;
    }
    return undefined;
  }

  #profileOf(pod: PodInfo): Profile {
    const profile = this.profiles.get(pod.shape.template.spec.schedulerName);
    if (profile === undefined) throw new Error(`pod ${pod.name} has no profile here`);
    return profile;
  }

  #queuedOf(pod: PodInfo): QueuedPod {
    const queued = this.#queued.get(pod.id);
    if (queued === undefined) throw new Error(`pod ${pod.namespace}/${pod.name} is not waiting`);
    return queued;
  }

  #eventParts(): EventParts {
    return {
      pods: this.#options.store.pods,
      shapes: this.cache.shapes,
      podOf: id => this.informer.pod(id),
      nodeOf: name => this.cache.node(name),
    };
  }

  save(): SavedScheduler {
    const inHand = [...this.#queued.values()].filter(
      ({place}) => place === 'in-flight' || place === 'binding',
    );
    const {events, ...queue} = this.queue.save();
    return {
      cache: this.cache.save(),
      informer: this.informer.save(),
      queue,
      events: events.map(event => saveEvent(event, this.#options.store.pods)),
      inHand: inHand.map(queued => queued.save()),
      nominations: this.cache.nominations
        .entries()
        .map(([node, pods]) => [node, pods.map(({id}) => id)]),
      bindings: this.bindings.save(),
      evictions: this.evictions.save(),
      current: this.#current && {
        pod: this.#current.queued?.pod.id,
        verdict: this.#current.verdict,
      },
      start: this.cycle.start,
      waking: this.#waking,
      plugins: savePlugins(this.profiles),
    };
  }

  restore(saved: SavedScheduler): void {
    this.cache.restore(saved.cache);
    this.informer.restore(saved.informer);
    this.#queued.clear();
    const restored = (each: SavedQueuedPod): QueuedPod => {
      const pod = this.informer.pod(each.pod);
      if (pod === undefined) throw new Error(`pod ${each.pod} waits but is not known`);
      const queued = new QueuedPod(pod, each.queuedAt);
      queued.restore(each);
      this.#queued.set(pod.id, queued);
      return queued;
    };
    const events = saved.events.map(event => restoreEvent(event, this.#eventParts()));
    this.queue.restore({...saved.queue, events}, saved.inHand, restored);
    for (const [node, pods] of saved.nominations) {
      for (const id of pods) {
        const pod = this.informer.pod(id);
        if (pod !== undefined) this.cache.nominations.add(pod, node);
      }
    }
    this.bindings.restore(saved.bindings, name => this.cache.nodeNamed(name));
    this.evictions.restore(saved.evictions);
    const {current} = saved;
    const queued = current?.pod === undefined ? undefined : this.#queued.get(current.pod);
    this.#current = current && {queued, verdict: current.verdict};
    this.cycle.start = saved.start;
    this.#waking = saved.waking;
    restorePlugins(this.profiles, saved.plugins);
  }
}

function makeCycle(
  {simulation, kubernetes, configuration, plain}: SchedulerOptions,
  cache: SchedulerCache,
): Cycle {
  const rules = {
    kubernetes,
    percentageOfNodesToScore: configuration.percentageOfNodesToScore,
    tieStream: (pod: PodInfo, attempt: number) =>
      simulation.passingRandom(`scheduler.ties/${pod.namespace}/${pod.name}/${attempt}`),
  };
  return plain === true ? new PlainCycle(cache, rules) : new KeptCycle(cache, rules);
}
