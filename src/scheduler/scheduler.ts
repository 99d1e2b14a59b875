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
import type {EventHandle} from '../engine/event-table.ts';
import type {ApiClient} from '../objects/api-client.ts';
import {type BindingFailure, type BindingOwner, Bindings} from './binding/bindings.ts';
import {Evictions} from './binding/evictions.ts';
import {repliesTo} from './binding/replies.ts';
import {SchedulerCache} from './cache/cache.ts';
import {Informer} from './cache/informer.ts';
import type {NodeInfo} from './cache/node-info.ts';
import type {PodInfo} from './cache/pod-info.ts';
import {cycleTime} from './cost-model.ts';
import type {Cycle} from './cycle/cycle.ts';
import {makeCycle} from './cycle/make-cycle.ts';
import {FailureHandler} from './failure-handler.ts';
import {refusedAfter} from './post-filter.ts';
import type {Profile} from './profile.ts';
import {makeProfiles} from './profiles.ts';
import type {QueuedPod} from './queue/queued-pod.ts';
import {QueuedPods} from './queue/queued-pods.ts';
import {RequeueRules} from './queue/requeue-rules.ts';
import {SchedulingQueue} from './queue/scheduling-queue.ts';
import {restorePlugins, type SavedPlugins, savePlugins} from './saved-plugins.ts';
import {restoreParts, type SavedScheduler, saveParts} from './saved-scheduler.ts';
import type {SchedulerOptions} from './scheduler-options.ts';
import {forgetAll, type TakeoverParts, takeUp} from './takeover.ts';
import {placed, refusedWhileBinding, type Verdict} from './verdict.ts';

export type {SchedulerConfiguration} from './scheduler-options.ts';

type Current = {
  /** `undefined` when the pod was gone before the run was saved. */
  readonly queued: QueuedPod | undefined;
  readonly verdict: Verdict;
  readonly ends: EventHandle;
};

export class Scheduler {
  readonly cache: SchedulerCache;
  readonly queue: SchedulingQueue;
  readonly informer: Informer;
  readonly bindings: Bindings;
  readonly evictions: Evictions;
  readonly cycle: Cycle;
  readonly profiles: ReadonlyMap<string, Profile>;
  readonly #options: SchedulerOptions;
  readonly #client: ApiClient;
  readonly #pods: QueuedPods;
  readonly #failures: FailureHandler;
  readonly #woken: EventKind;
  readonly #cycleEnded: EventKind;
  #current: Current | undefined = undefined;
  #waking = false;
  /** How plugins are when a process begins. */
  readonly #fresh: SavedPlugins;

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
      fragmentation: options.fragmentation,
      allow: (pod, plugin) => this.bindings.allow(pod, plugin),
      reject: (pod, plugin, reason) => this.bindings.reject(pod, plugin, reason),
      activate: pod => this.#pods.activate(pod),
    });
    this.cycle = makeCycle(options, cache);
    this.queue = this.#makeQueue();
    this.#client = this.#connect();
    this.evictions = this.#makeEvictions();
    this.#pods = new QueuedPods({
      clock: simulation,
      profiles: this.profiles,
      queue: this.queue,
      bindings: this.bindings,
      evictions: this.evictions,
    });
    const listener = this.#pods;
    this.informer = new Informer({simulation, store, cache, delay: watchDelay, listener});
    this.#failures = new FailureHandler({
      ...{queue: this.queue, pods: this.#pods, retry: configuration.retry},
      nominations: cache.nominations,
      evictions: this.evictions,
      signals: store.signals,
      client: this.#client,
    });
    this.#woken = simulation.event('scheduler.woken', () => {
      this.#waking = false;
      this.#next();
    });
    this.#cycleEnded = simulation.event('scheduler.cycle-ended', () => this.#endCycle());
    this.#fresh = savePlugins(this.profiles);
    simulation.part('scheduler', this);
  }

  /** The process that leads has ended: whatever it had in hand is lost. */
  stop(): void {
    if (this.#current !== undefined) this.#options.simulation.cancel(this.#current.ends);
    this.#current = undefined;
    this.#client.abandon();
    forgetAll(this.#takeoverParts());
  }

  /** Another leads from here on. */
  takeOver(): void {
    restorePlugins(this.profiles, structuredClone(this.#fresh));
    takeUp(this.#takeoverParts());
  }

  #takeoverParts(): TakeoverParts {
    return {...this, store: this.#options.store, pods: this.#pods};
  }

  #connect(): ApiClient {
    return this.#options.api.connect({
      name: 'kube-scheduler',
      limits: this.#options.configuration.client,
      replies: repliesTo(this),
    });
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
      rules: new RequeueRules(kubernetes, pod => this.#profileOf(pod).plugins),
      ready: () => this.#wake(),
    });
  }

  #makeEvictions(): Evictions {
    return new Evictions({
      cache: this.cache,
      signals: this.#options.store.signals,
      client: this.#client,
      podOf: id => this.informer.pod(id),
      nodeId: node => this.informer.nodeId(node),
      rejectWaiting: victim =>
        this.bindings.rejectWaiting(victim, 'DefaultPreemption', 'preempted'),
      activate: pod => this.#pods.activate(pod),
    });
  }

  #bindingOwner(): BindingOwner {
    const {simulation, kubernetes} = this.#options;
    return {
      simulation,
      kubernetes,
      expected: (pod, node) => this.#client.nominatePod(pod.id, this.informer.nodeId(node)),
      profileOf: pod => this.#profileOf(pod),
      podOf: id => this.informer.pod(id),
      permitted: pod => this.queue.chosen(this.#pods.of(pod)),
      post: (pod, node) => {
        this.#client.bindPod(pod.id, this.informer.nodeId(node), pod.devices);
      },
      bound: (pod, node) => this.#bound(pod, node),
      failed: (pod, how) => this.#bindingFailed(pod, how),
    };
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
      if (queued.pod.terminating) this.#pods.forget(queued);
      else this.#try(queued);
    }
  }

  #try(queued: QueuedPod): void {
    const {pod} = queued;
    const {simulation, store} = this.#options;
    // Whatever woke the queue: where this pod goes is its own affair.
    simulation.cause = store.pods.cause(pod.id);
    const profile = this.#profileOf(pod);
    profile.begin(queued.attempts);
    const attempt = this.cycle.try(profile, pod, queued.attempts);
    const verdict = attempt.node === undefined ? refusedAfter(profile, pod, attempt) : placed;
    if (attempt.node !== undefined) this.#assume(pod, attempt.node);
    const ends = this.#cycleEnded.after(cycleTime(this.#options.cost, attempt));
    this.#current = {queued, verdict, ends};
  }

  #assume(pod: PodInfo, node: NodeInfo): void {
    this.cache.nominations.remove(pod);
    pod.devices = this.#profileOf(pod).chooseDevices(pod, node);
    this.cache.addPod(pod, node);
    this.#options.store.signals.assumed.emit(pod.id, this.informer.nodeId(node));
  }

  #endCycle(): void {
    const current = this.#current;
    if (current === undefined) throw new Error('a cycle ended that never began');
    this.#current = undefined;
    const {queued, verdict} = current;
    // It may have been deleted, or bound by another, in the meantime.
    if (queued?.place === 'in-flight') {
      if (verdict.kind === 'refused') this.#failures.handle(queued, verdict);
      else if (queued.pod.node !== undefined) this.bindings.begin(queued.pod, queued.pod.node);
    }
    this.#next();
  }

  #bound(pod: PodInfo, node: NodeInfo): void {
    const queued = this.#pods.of(pod);
    this.#pods.forget(queued);
    const {store, simulation} = this.#options;
    const wait = queued.wait(simulation.now);
    store.signals.scheduled.emit(pod.id, this.informer.nodeId(node), wait);
  }

  // As handleBindingCycleError: the room is free again, which may help others. Of a pod that a
  // plugin turned away they hear after it is back in the queue, so that it does not wake itself.
  #bindingFailed(pod: PodInfo, {failure, stage}: BindingFailure): void {
    const queued = this.#pods.of(pod);
    // Somebody else has bound it: it has its node, and no way back.
    if (pod.bound) return this.#pods.forget(queued);
    const leaving = pod.leaving(pod.node);
    if (pod.node !== undefined) this.cache.removePod(pod);
    const verdict = refusedWhileBinding(failure);
    const tellFirst = stage === 'binding' && verdict.result === 'error';
    if (tellFirst) this.queue.notify({kind: 'pod-deleted', pod: leaving});
    this.#failures.handle(queued, verdict);
    if (tellFirst || stage === 'scheduling') return;
    this.queue.notify({kind: 'pod-deleted', pod: leaving}, other => other !== pod);
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

  save(): SavedScheduler {
    const current = this.#current;
    return {
      ...saveParts(this, this.#options.store),
      inHand: this.#pods.saveInHand(),
      current: current && {
        pod: current.queued?.pod.id,
        verdict: current.verdict,
        ends: current.ends,
      },
      waking: this.#waking,
      runs: this.#pods.runs,
    };
  }

  restore(saved: SavedScheduler): void {
    const pods = this.#pods;
    pods.clear();
    restoreParts(this, saved, {
      store: this.#options.store,
      restored: each => pods.restorePod(each, this.informer.pod(each.pod)),
    });
    const {current} = saved;
    const queued = current?.pod === undefined ? undefined : pods.find(current.pod);
    this.#current = current && {queued, verdict: current.verdict, ends: current.ends};
    this.#waking = saved.waking;
    pods.runs = saved.runs;
  }
}
