// The life of one container of a pod, from its start to its end as the kubelet sees it. Whether it
// is started, and again, the pod's worker decides (pod-life.ts).
//
//   start ─▶ image, configuration (container-start.ts) ─▶ create, start ─▶ runs ─▶ seen, probed
//                                                                           │
//                                       ends by itself ─▶ end seen (PLEG) ◀─┤
//                                       killed ─▶ ended, seen at once ◀─────┘

import type {EventHandle, EventKind, Simulation} from '../engine/simulation.ts';
import type {Time} from '../engine/time.ts';
import type {Registry} from '../machines/registry.ts';
import type {ApiClient} from '../objects/api-client.ts';
import type {NodeId, PodId} from '../objects/ids.ts';
import type {ContainerStep} from '../objects/pod-signals.ts';
import type {Store} from '../objects/store.ts';
import {ContainerHangs} from './container-hangs.ts';
import {ContainerProbes} from './container-probes.ts';
import {ContainerRuns} from './container-runs.ts';
import {ContainerStart} from './container-start.ts';
import {noCrashes} from './crash-back-off.ts';
import type {KubeletOptions} from './kubelet-options.ts';
import type {LiveContainer, LivePod} from './live-pod.ts';
import type {LivePods} from './live-pods.ts';
import type {MemoryUse} from './memory-use.ts';
import {OwnCauses} from './own-causes.ts';
import {graceOf, type PodChances} from './pod-chances.ts';
import type {PodListeners} from './pod-listeners.ts';

export type ContainerLifeOptions = {
  readonly simulation: Simulation;
  readonly store: Store;
  readonly registry: Registry;
  readonly api: ApiClient;
  readonly lives: LivePods;
  readonly options: KubeletOptions;
  readonly chances: PodChances;
  readonly memory: MemoryUse;
  readonly listeners: PodListeners;
  readonly worker: PodWorker;
};

/** What the pod's worker does when one of its containers has got somewhere. */
export type PodWorker = {
  /** It started, or failed to: the next one's turn. */
  goOn(live: LivePod): void;
  /** Its condition has changed. */
  changed(live: LivePod): void;
  ended(live: LivePod): void;
  endSeen(live: LivePod, index: number): void;
};

export class ContainerLife {
  readonly runs: ContainerRuns;
  readonly hangs: ContainerHangs;
  readonly #simulation: Simulation;
  readonly #store: Store;
  readonly #api: ApiClient;
  readonly #lives: LivePods;
  readonly #options: KubeletOptions;
  readonly #chances: PodChances;
  readonly #worker: PodWorker;
  readonly #starts: ContainerStart;
  readonly #probes: ContainerProbes;
  readonly #ownCauses: OwnCauses;
  readonly #memory: MemoryUse;
  readonly #listeners: PodListeners;
  readonly #started: EventKind<PodId, number>;
  readonly #hookEnded: EventKind<PodId>;
  readonly #seenRunning: EventKind<PodId, number>;
  readonly #ended: EventKind<PodId, number>;
  readonly #endSeen: EventKind<PodId, number>;

  constructor(parts: ContainerLifeOptions) {
    const {simulation, store, registry, lives, options, worker} = parts;
    this.#simulation = simulation;
    this.#store = store;
    this.#api = parts.api;
    this.#lives = lives;
    this.#options = options;
    this.#chances = parts.chances;
    this.#worker = worker;
    this.runs = new ContainerRuns({store, lives});
    this.#ownCauses = new OwnCauses(simulation, store);
    this.#memory = parts.memory;
    this.#listeners = parts.listeners;
    this.#memory.exhausted.watch((live, index) => this.killForMemory(live, index));
    this.#starts = new ContainerStart({
      ...{simulation, store, registry, lives, options, chances: parts.chances},
      able: (live, index) => this.#create(live, index),
      waits: live => worker.goOn(live),
    });
    this.#probes = new ContainerProbes({
      simulation,
      store,
      lives,
      changed: live => worker.changed(live),
      unhealthy: (live, index, grace) => this.#kill(live, index, grace),
    });
    this.hangs = new ContainerHangs({...parts, ownCauses: this.#ownCauses, probes: this.#probes});
    const event = (name: string, step: (live: LivePod, index: number) => void) =>
      simulation.event(name, (pod: PodId, index: number) => step(lives.of(pod), index));
    this.#started = event('kubelet.container-started', (live, index) => this.#run(live, index));
    this.#hookEnded = simulation.event('kubelet.post-start-hook-ended', (pod: PodId) =>
      worker.goOn(lives.of(pod)),
    );
    this.#seenRunning = event('kubelet.container-seen', (live, index) => this.#see(live, index));
    this.#ended = event('container.ended', (live, index) => this.#end(live, index));
    this.#endSeen = event('kubelet.container-end-seen', (live, index) => this.#seeEnd(live, index));
  }

  start(live: LivePod, index: number): void {
    this.#starts.begin(live, index);
  }

  #create(live: LivePod, index: number): void {
    const {containerStart} = this.#options;
    const takes = this.#starts.includedInPodStart(live, index)
      ? 0
      : this.#chances.slowed(
          live,
          this.#chances.drawFor(live, index, 'container-start', containerStart),
        );
    live.step = this.#started.after(takes, live.pod, index);
  }

  #run(live: LivePod, index: number): void {
    const {now} = this.#simulation;
    const container = live.containers[index];
    const {after, exitCode} = this.#chances.runEnd(live, index);
    container.state = 'running';
    container.startedAt = now;
    container.exitCode = exitCode;
    container.killed = false;
    container.struck = false;
    container.startCause = this.#simulation.cause;
    container.endsAt = now + after;
    container.unready = [];
    container.seenAt = now + this.#observation(live, index, 'start');
    container.runs++;
    this.#memory.begin(live, index);
    this.#tell(live, index, 'created');
    this.#tell(live, index, 'started');
    container.seen = this.#seenRunning.at(container.seenAt, live.pod, index);
    container.end = after < Infinity ? this.#ended.after(after, live.pod, index) : undefined;
    this.hangs.begin(live, index);
    this.#listeners.begin(live, index, this.#chances.warmUp(live, index));
    this.runs.begin(live, index);
    const hook = this.#lives.plan(live).containers[index].postStart?.sleep ?? 0;
    if (hook === 0) this.#worker.goOn(live);
    else live.step = this.#hookEnded.after(hook, live.pod);
  }

  #see(live: LivePod, index: number): void {
    const container = live.containers[index];
    container.seen = undefined;
    if (container.runs > 1) this.#api.reportRestarted(live.pod);
    const {initCount, containers} = this.#lives.plan(live);
    if (index >= initCount || containers[index].sidecar) this.#probes.begin(live, index);
    this.#worker.changed(live);
  }

  /** A probe has failed for good: the container is stopped, and started again as it may be. */
  #kill(live: LivePod, index: number, grace: Time | undefined): void {
    const {started} = live.containers[index];
    this.#tell(live, index, started ? 'killed-unhealthy' : 'killed-unstarted');
    this.#stopWithin(live, index, grace ?? graceOf(this.#lives.plan(live)));
  }

  /** Its pod is deleted. */
  stop(live: LivePod, index: number, grace: Time): void {
    if (live.containers[index].killed) return;
    this.#tell(live, index, 'stopping');
    this.#stopWithin(live, index, grace);
  }

  #stopWithin(live: LivePod, index: number, grace: Time): void {
    const {now} = this.#simulation;
    const container = live.containers[index];
    const {takes, forced, deafAfter} = this.#chances.stop(live, index, grace);
    container.killed = true;
    this.#listeners.stop(live, index, deafAfter);
    if (container.endsAt <= now + takes) return;
    this.#cancel(container.end);
    // 128 and the number of the signal, SIGKILL or SIGTERM.
    container.exitCode = forced ? 137 : 143;
    container.endsAt = now + takes;
    container.end = this.#ended.at(container.endsAt, live.pod, index);
  }

  /** It ends at once, by what is done to it from outside. */
  crash(live: LivePod, index: number, exitCode: number): void {
    const container = live.containers[index];
    if (container.state !== 'running') return;
    this.#cancel(container.end);
    container.struck = true;
    container.exitCode = exitCode;
    container.endsAt = this.#simulation.now;
    container.end = this.#ended.after(0, live.pod, index);
  }

  /** Its limit is used up, or the memory of its node. Whoever killed it, it is 128 and SIGKILL. */
  killForMemory(live: LivePod, index: number): void {
    this.#ownCauses.begin(live, index, 'oom-kill');
    this.#tell(live, index, 'oom-killed');
    this.crash(live, index, 137);
  }

  #end(live: LivePod, index: number): void {
    const {now} = this.#simulation;
    const container = live.containers[index];
    const own = this.#chances.ownEnd(live, index);
    if (own !== undefined) this.#ownCauses.begin(live, index, own);
    container.missed = container.seen !== undefined || container.overlooked;
    container.state = 'exited';
    container.endedAt = now;
    container.started = false;
    this.#listeners.settle(live);
    this.runs.end(live, index);
    this.hangs.end(container);
    this.#memory.release(container);
    this.ignore(container);
    if (!live.attended) container.overlooked = true;
    else if (live.stopping) this.#worker.ended(live);
    // Whoever kills a container knows that it has ended.
    else if (container.killed) this.#seeEnd(live, index);
    else {
      if (!container.missed) container.seenAt = now + this.#observation(live, index, 'end');
      container.seen = this.#endSeen.at(container.seenAt, live.pod, index);
    }
  }

  #seeEnd(live: LivePod, index: number): void {
    const container = live.containers[index];
    container.seen = undefined;
    container.ready = false;
    if (container.missed && container.runs > 1) this.#api.reportRestarted(live.pod);
    this.#worker.endSeen(live, index);
  }

  /** Its kubelet has stopped: what it does from now on is seen when there is one again. */
  neglect(container: LiveContainer): void {
    container.overlooked ||= container.seen !== undefined;
    this.ignore(container);
  }

  /** A kubelet has started and finds it; of back-offs it knows nothing. */
  attend(live: LivePod, index: number): void {
    const container = live.containers[index];
    const {state, overlooked} = container;
    container.crashBackOff = noCrashes();
    container.pullDelay = 0;
    container.notBefore = 0;
    container.overlooked = false;
    if (!overlooked) {
      if (state === 'running' && !container.killed) this.#probes.resume(live, index);
      return;
    }
    const what = state === 'running' ? 'start' : 'end';
    const seen = state === 'running' ? this.#seenRunning : this.#endSeen;
    container.seenAt = this.#simulation.now + this.#observation(live, index, what);
    container.seen = seen.at(container.seenAt, live.pod, index);
  }

  /** Nobody waits for the node's pulls any more. */
  abortPulls(node: NodeId): void {
    this.#starts.abortPulls(node);
  }

  /** Nobody looks at it any more: neither probes nor the kubelet. */
  ignore(container: LiveContainer): void {
    this.#probes.stop(container);
    this.#cancel(container.seen);
    container.seen = undefined;
  }

  /** It is gone, whatever it was at. */
  remove(container: LiveContainer): void {
    this.ignore(container);
    this.#cancel(container.end);
    this.hangs.end(container);
    this.#memory.release(container);
  }

  #observation(live: LivePod, index: number, of: 'start' | 'end'): Time {
    const {observe} = this.#options;
    const takes = this.#chances.drawFor(live, index, `observe-${of}`, observe);
    // A relist looks at all pods of the node; that it takes longer then counts for starts alone.
    return of === 'start' ? this.#chances.slowed(live, takes) : takes;
  }

  #tell({pod}: LivePod, index: number, step: ContainerStep): void {
    this.#store.signals.container.emit(pod, index, step);
  }

  #cancel(handle: EventHandle | undefined): void {
    if (handle !== undefined) this.#simulation.cancel(handle);
  }
}
