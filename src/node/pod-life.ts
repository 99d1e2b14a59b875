// The life of a pod on its node, step by step, as the kubelet's pod worker takes them: one after
// the other. The life of each of its containers is in container-life.ts.
//
//   admitted ─▶ volumes, sandbox ─▶ init containers, one after the other ─▶ all others, in order
//                                                                              │
//            CrashLoopBackOff, ImagePullBackOff ◀── a container ended, no image │ run: Started
//                        │ over                                                ▼
//                        └──────────▶ started again               none is started again:
//                                                                 Succeeded or Failed
//   deletion seen ─▶ containers stop ─▶ sidecars, last first ─▶ sandbox down ─▶ gone

import type {EventHandle, EventKind, Simulation} from '../engine/simulation.ts';
import type {Machines} from '../machines/machines.ts';
import type {Registry} from '../machines/registry.ts';
import type {ApiClient} from '../objects/api-client.ts';
import type {PodId} from '../objects/ids.ts';
import type {Store} from '../objects/store.ts';
import {ContainerLife, type PodWorker} from './container-life.ts';
import {noteRestart, restartDueAt} from './crash-back-off.ts';
import type {KubeletOptions} from './kubelet-options.ts';
import {allReady, endOf, haveAllRun, type LivePod, nextToStart, wantsStart} from './live-pod.ts';
import type {LivePods} from './live-pods.ts';
import type {NodeRoom} from './node-room.ts';
import {graceOf, PodChances} from './pod-chances.ts';

export type PodLifeOptions = {
  readonly simulation: Simulation;
  readonly store: Store;
  readonly machines: Machines;
  readonly registry: Registry;
  readonly api: ApiClient;
  readonly lives: LivePods;
  readonly room: NodeRoom;
  readonly options: KubeletOptions;
  /** The node has no containers of it any more, nor room taken by it. */
  readonly left: (live: LivePod) => void;
};

export class PodLife {
  readonly #simulation: Simulation;
  readonly #store: Store;
  readonly #machines: Machines;
  readonly #api: ApiClient;
  readonly #lives: LivePods;
  readonly #options: KubeletOptions;
  readonly #left: (live: LivePod) => void;
  readonly #chances: PodChances;
  readonly #containers: ContainerLife;
  readonly #sandboxReady: EventKind<PodId>;
  readonly #backOffOver: EventKind<PodId>;
  readonly #sandboxStopped: EventKind<PodId>;

  constructor({machines, left, ...parts}: PodLifeOptions) {
    const {simulation, lives, options} = parts;
    this.#simulation = simulation;
    this.#store = parts.store;
    this.#machines = machines;
    this.#api = parts.api;
    this.#lives = lives;
    this.#options = options;
    this.#left = left;
    const chances = new PodChances(parts);
    this.#chances = chances;
    const worker: PodWorker = {
      goOn: live => this.#goOn(live),
      changed: live => this.#change(live),
      ended: live => this.#stopNext(live),
      endSeen: (live, index) => this.#decide(live, index),
    };
    this.#containers = new ContainerLife({...parts, chances, worker});
    const event = (name: string, step: (live: LivePod) => void) =>
      simulation.event(name, (pod: PodId) => step(lives.of(pod)));
    this.#sandboxReady = event('kubelet.sandbox-ready', live => this.#enter(live));
    this.#backOffOver = event('kubelet.back-off-over', live => this.#sync(live));
    this.#sandboxStopped = event('kubelet.sandbox-stopped', live => this.#vanish(live));
  }

  begin(live: LivePod): void {
    const {podStart, volumes, sandbox} = this.#options;
    const given = podStart !== undefined;
    const chances = this.#chances;
    const mounted = given ? 0 : chances.slowed(live, chances.draw(live, 'volumes', volumes));
    const made = given
      ? chances.draw(live, 'pod-start', podStart)
      : chances.slowed(live, chances.draw(live, 'sandbox', sandbox));
    live.busy = true;
    live.probesFrom = this.#simulation.now + mounted;
    live.step = this.#sandboxReady.after(mounted + made, live.pod);
  }

  #enter(live: LivePod): void {
    live.sandbox = this.#machines.start(live.node, live.serial);
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
    const {runs, pullDelay, endedAt, crashBackOff} = live.containers[index];
    live.busy = true;
    live.initialized ||= index >= plan.initCount;
    if (runs > 0 && pullDelay === 0) {
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
    this.#api.reportEnded(live.pod, phase);
    this.leave(live);
    // Whoever made a pod with a lifetime deletes it as soon as it has Succeeded.
    if (phase === 'Succeeded' && live.lifetime !== undefined) this.#api.deletePod(live.pod);
  }

  /** A deletion timestamp was seen. */
  stop(live: LivePod): void {
    live.stopping = true;
    live.stopBegan = this.#simulation.now;
    this.#cancel(live.step);
    this.#cancel(live.wake);
    for (const container of live.containers) this.#containers.ignore(container);
    if (live.sandbox === undefined) this.#vanish(live);
    else this.#stopNext(live);
  }

  // As kuberuntime_termination_order.go: all others first, side by side, then one sidecar after the
  // other, the last one first; they share the pod's grace period.
  #stopNext(live: LivePod): void {
    const plan = this.#lives.plan(live);
    const running = live.containers.flatMap(({state}, index) => (state === 'running' ? index : []));
    const others = running.filter(index => !plan.containers[index].sidecar);
    const next = others.length > 0 ? others : running.slice(-1);
    const grace = Math.max(0, graceOf(plan) - (this.#simulation.now - live.stopBegan));
    for (const index of next) this.#containers.stop(live, index, grace);
    if (next.length === 0) this.#stopSandbox(live);
  }

  // As pod_workers.go: it has to see twice that nothing runs, before cleaning up and after.
  #stopSandbox(live: LivePod): void {
    const {sandboxStop, observe} = this.#options;
    const takes = this.#chances.draw(live, 'sandbox-stop', sandboxStop);
    const sees = this.#chances.draw(live, 'observe-stop', observe);
    const seesAgain = this.#chances.draw(live, 'observe-cleanup', observe);
    live.step = this.#sandboxStopped.after(takes + sees + seesAgain, live.pod);
  }

  #vanish(live: LivePod): void {
    this.leave(live);
    this.#api.confirmDeleted(live.pod);
  }

  /** Whatever still runs of it stops at once, and nothing of it ever happens again. */
  leave(live: LivePod): void {
    this.#cancel(live.step);
    this.#cancel(live.wake);
    for (const container of live.containers) this.#containers.remove(container);
    if (live.sandbox !== undefined) this.#machines.stop(live.sandbox);
    live.sandbox = undefined;
    this.#left(live);
  }

  #cancel(handle: EventHandle | undefined): void {
    if (handle !== undefined) this.#simulation.cancel(handle);
  }
}
