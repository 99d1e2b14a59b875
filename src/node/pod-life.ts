// The life of a pod on its node, step by step, as the kubelet's pod worker takes them: one after
// the other. The life of each of its containers is in container-life.ts.
//
//   admitted ─▶ volumes, sandbox ─▶ init containers, one after the other ─▶ all others, in order
//                                                                              │
//            CrashLoopBackOff, ImagePullBackOff ◀── a container ended, no image │ run: Started
//                        │ over                                                ▼
//                        └──────────▶ started again               none is started again:
//                                                                 Succeeded or Failed
//   deletion seen ─▶ it is stopped (pod-stop.ts)
//   power lost ─▶ nothing is left ─▶ its kubelet is back ─▶ admitted as before, with a new sandbox

import type {EventHandle, EventKind, Simulation} from '../engine/simulation.ts';
import type {Listeners} from '../machines/listeners.ts';
import type {Machines} from '../machines/machines.ts';
import type {Registry} from '../machines/registry.ts';
import type {ApiClient} from '../objects/api-client.ts';
import type {NodeId, PodId} from '../objects/ids.ts';
import type {Store} from '../objects/store.ts';
import {ContainerLife, type PodWorker} from './container-life.ts';
import {noteRestart, restartDueAt} from './crash-back-off.ts';
import type {KubeletOptions} from './kubelet-options.ts';
import {
  allReady,
  endAfterLoss,
  endOf,
  failedExit,
  forgetRuns,
  haveAllRun,
  type LivePod,
  nextToStart,
  wantsStart,
} from './live-pod.ts';
import type {LivePods} from './live-pods.ts';
import type {MemoryUse} from './memory-use.ts';
import type {NodeRoom} from './node-room.ts';
import {PodChances} from './pod-chances.ts';
import {PodListeners} from './pod-listeners.ts';
import {PodSetup} from './pod-setup.ts';
import {PodStop} from './pod-stop.ts';

export type PodLifeOptions = {
  readonly simulation: Simulation;
  readonly store: Store;
  readonly machines: Machines;
  /** `undefined` where nobody calls any pod. */
  readonly listeners: Listeners | undefined;
  readonly registry: Registry;
  readonly api: ApiClient;
  readonly lives: LivePods;
  readonly room: NodeRoom;
  readonly memory: MemoryUse;
  readonly options: KubeletOptions;
  /** The node has no containers of it any more, nor room taken by it. */
  readonly left: (live: LivePod) => void;
};

export class PodLife {
  readonly #simulation: Simulation;
  readonly #store: Store;
  readonly #machines: Machines;
  readonly #listeners: PodListeners;
  readonly #api: ApiClient;
  readonly #lives: LivePods;
  readonly #options: KubeletOptions;
  readonly #left: (live: LivePod) => void;
  readonly #chances: PodChances;
  readonly #containers: ContainerLife;
  readonly #setup: PodSetup;
  readonly #stops: PodStop;
  readonly #backOffOver: EventKind<PodId>;

  constructor({machines, left, ...parts}: PodLifeOptions) {
    const {simulation, lives, options} = parts;
    this.#simulation = simulation;
    this.#store = parts.store;
    this.#machines = machines;
    this.#api = parts.api;
    this.#lives = lives;
    this.#options = options;
    this.#left = left;
    const chances = new PodChances({...parts, machines});
    this.#chances = chances;
    const worker: PodWorker = {
      goOn: live => this.#goOn(live),
      changed: live => this.#change(live),
      ended: live => this.#stops.goOn(live),
      endSeen: (live, index) => this.#decide(live, index),
    };
    const listeners = new PodListeners(parts);
    this.#listeners = listeners;
    this.#containers = new ContainerLife({...parts, chances, listeners, worker});
    const event = (name: string, step: (live: LivePod) => void) =>
      simulation.event(name, (pod: PodId) => step(lives.of(pod)));
    this.#setup = new PodSetup({...parts, chances, ready: live => this.#enter(live)});
    this.#backOffOver = event('kubelet.back-off-over', live => this.#sync(live));
    const leave = (live: LivePod) => this.leave(live);
    const stopping = {chances, listeners, containers: this.#containers, leave};
    this.#stops = new PodStop({...parts, ...stopping});
  }

  begin(live: LivePod): void {
    this.#setup.begin(live);
  }

  #enter(live: LivePod): void {
    const {initCount, spec} = this.#lives.plan(live);
    live.sandbox = this.#machines.start(live.node, live.serial);
    this.#machines.addresses.give(live.pod, live.node, spec.hostNetwork);
    this.#listeners.settle(live);
    // As SyncPod, which returns after each init container, so that its status is told meanwhile.
    // Without Services nobody looks at it then.
    if (initCount > 0 && this.#store.services.length > 0) this.#api.reportAddress(live.pod);
    this.#goOn(live);
  }

  #goOn(live: LivePod): void {
    live.busy = false;
    this.#sync(live);
  }

  /** Starts the container whose turn it is; the others follow one by one. */
  #sync(live: LivePod): void {
    if (live.busy || live.stopping) return;
    const {now} = this.#simulation;
    const plan = this.#lives.plan(live);
    const index = nextToStart(live, plan, now);
    if (index === undefined) {
      this.#sleep(live);
      return;
    }
    const {runs, earlierRuns, waitsToBeMade, endedAt, crashBackOff} = live.containers[index];
    live.busy = true;
    live.initialized ||= index >= plan.initCount;
    if (runs > earlierRuns && !waitsToBeMade) {
      const longest = this.#options.maxContainerRestartPeriod;
      noteRestart(crashBackOff, {endedAt, now, longest});
    }
    this.#containers.start(live, index);
  }

  #sleep(live: LivePod): void {
    const {now} = this.#simulation;
    const plan = this.#lives.plan(live);
    let earliest = Infinity;
    live.containers.forEach(({notBefore, wakeAt}, index) => {
      if (notBefore > now && wantsStart(live, index, plan)) earliest = Math.min(earliest, wakeAt);
    });
    this.#cancel(live.wake);
    live.wake = earliest === Infinity ? undefined : this.#backOffOver.at(earliest, live.pod);
  }

  #change(live: LivePod): void {
    this.#report(live);
    this.#sync(live);
  }

  #report(live: LivePod): void {
    const plan = this.#lives.plan(live);
    const ready = allReady(live, plan);
    if (!live.started) {
      if (!haveAllRun(live, plan)) return;
      live.started = true;
      this.#api.reportStarted(live.pod, {ready});
    } else if (ready !== live.ready) {
      if (ready) this.#api.reportReady(live.pod);
      else this.#api.reportUnready(live.pod);
    }
    live.ready = ready;
  }

  /** A container has been seen to have ended. */
  #decide(live: LivePod, index: number): void {
    const plan = this.#lives.plan(live);
    const container = live.containers[index];
    this.#report(live);
    const phase = endOf(live, plan);
    if (phase !== undefined) {
      this.#finish(live, phase);
      return;
    }
    if (wantsStart(live, index, plan)) {
      container.notBefore = restartDueAt(container.crashBackOff, container.endedAt);
      if (container.notBefore > this.#simulation.now) {
        container.wakeAt = this.#chances.wakeAt(live, index, container.notBefore);
        this.#store.signals.container.emit(live.pod, index, 'crash-back-off');
      }
    }
    this.#sync(live);
  }

  #finish(live: LivePod, phase: 'Succeeded' | 'Failed'): void {
    this.#api.reportEnded(live.pod, phase, undefined, failedExit(live));
    this.leave(live);
    // Whoever made a pod with a lifetime deletes it as soon as it has Succeeded.
    if (phase === 'Succeeded' && live.lifetime !== undefined) this.#api.deletePod(live.pod);
  }

  get containers(): ContainerLife {
    return this.#containers;
  }

  /** A deletion timestamp was seen. */
  stop(live: LivePod): void {
    this.#stops.stop(live);
  }

  /** It has to go within that time, and has Failed then. */
  terminate(live: LivePod, ending: NonNullable<LivePod['ending']>): void {
    this.#stops.terminate(live, ending);
  }

  /** Its kubelet has stopped: containers run on, and nobody sees what becomes of them. */
  neglect(live: LivePod): void {
    live.attended = false;
    live.busy = false;
    this.#cancel(live.step);
    this.#cancel(live.wake);
    for (const container of live.containers) this.#containers.neglect(container);
  }

  /** Its node's power is lost, and with it all its containers. */
  lose(live: LivePod): void {
    this.neglect(live);
    for (const container of live.containers) this.#containers.remove(container);
    this.#removeSandbox(live);
    forgetRuns(live, this.#lives.plan(live));
    this.#store.signals.broken.emit(live.pod);
  }

  /** No kubelet is there any more to wait for the node's pulls. */
  abortPulls(node: NodeId): void {
    this.#containers.abortPulls(node);
  }

  /** A kubelet has started and finds that it is to run, whatever there still is of it. */
  findAgain(live: LivePod): void {
    const {pods} = this.#store;
    live.attended = true;
    live.stopping = false;
    live.ending = undefined;
    live.started = pods.phase(live.pod) === 'Running';
    live.ready = pods.ready(live.pod);
    const phase =
      live.sandbox === undefined ? endAfterLoss(live, this.#lives.plan(live)) : undefined;
    if (phase !== undefined) {
      this.#finish(live, phase);
      return;
    }
    if (live.sandbox !== undefined) this.#takeUp(live);
    else {
      this.#report(live);
      this.begin(live);
    }
  }

  #takeUp(live: LivePod): void {
    live.probesFrom = this.#simulation.now + this.#chances.probeDelay(live);
    for (const index of live.containers.keys()) this.#containers.attend(live, index);
    this.#change(live);
  }

  /** Whatever still runs of it stops at once, and nothing of it ever happens again. */
  leave(live: LivePod): void {
    this.#cancel(live.step);
    this.#cancel(live.wake);
    for (const container of live.containers) this.#containers.remove(container);
    this.#removeSandbox(live);
    this.#left(live);
  }

  #removeSandbox(live: LivePod): void {
    if (live.sandbox === undefined) return;
    this.#listeners.remove(live);
    this.#machines.stop(live.sandbox);
    this.#machines.addresses.release(live.pod, live.node);
    live.sandbox = undefined;
  }

  #cancel(handle: EventHandle | undefined): void {
    if (handle !== undefined) this.#simulation.cancel(handle);
  }
}
