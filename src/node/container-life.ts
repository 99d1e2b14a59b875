// The life of one container of a pod, from its image to its end as the kubelet sees it. Whether it
// is started, and again, the pod's worker decides (pod-life.ts).
//
//   start ─▶ image there? ─yes──────────▶ create, start ─▶ runs ─▶ seen (PLEG), probed
//              │ no                          ▲              │
//              └─▶ pull ─▶ succeeded ────────┘              ├─ ends by itself ─▶ end seen (PLEG)
//                    └─▶ failed: ImagePullBackOff           └─ killed ─▶ ended, seen at once

import type {EventHandle, EventKind, Simulation} from '../engine/simulation.ts';
import {minute, second, type Time} from '../engine/time.ts';
import type {Registry} from '../machines/registry.ts';
import type {ApiClient} from '../objects/api-client.ts';
import type {PodId} from '../objects/ids.ts';
import type {ContainerStep} from '../objects/pod-signals.ts';
import type {Store} from '../objects/store.ts';
import {ContainerProbes} from './container-probes.ts';
import {ImagePuller, type PullRequest} from './image-puller.ts';
import type {KubeletOptions} from './kubelet-options.ts';
import type {LiveContainer, LivePod} from './live-pod.ts';
import type {LivePods} from './live-pods.ts';
import {graceOf, type PodChances} from './pod-chances.ts';

export type ContainerLifeOptions = {
  readonly simulation: Simulation;
  readonly store: Store;
  readonly registry: Registry;
  readonly api: ApiClient;
  readonly lives: LivePods;
  readonly options: KubeletOptions;
  readonly chances: PodChances;
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

// As the image back-off in kubelet.go, and the pod worker's after a failed sync.
const firstPullDelay: Time = 10 * second;
const longestPullDelay: Time = 5 * minute;

export class ContainerLife {
  readonly #simulation: Simulation;
  readonly #store: Store;
  readonly #api: ApiClient;
  readonly #lives: LivePods;
  readonly #options: KubeletOptions;
  readonly #chances: PodChances;
  readonly #worker: PodWorker;
  readonly #images: ImagePuller;
  readonly #probes: ContainerProbes;
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
    const {imageCheck, serializeImagePulls: serial} = options;
    const pulled = (request: PullRequest, succeeded: boolean) => this.#pulled(request, succeeded);
    this.#images = new ImagePuller({simulation, store, registry, imageCheck, serial, pulled});
    this.#probes = new ContainerProbes({
      simulation,
      store,
      lives,
      changed: live => worker.changed(live),
      unhealthy: (live, index, grace) => this.#kill(live, index, grace),
    });
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
    const {pod, serial, node} = live;
    const {image, imagePullPolicy} = this.#lives.plan(live).containers[index];
    if (this.#includedInPodStart(live, index)) {
      this.#create(live, index, 'image-present');
    } else if (imagePullPolicy !== 'Always' && this.#images.present(node, image)) {
      this.#create(live, index, 'image-present');
    } else if (imagePullPolicy === 'Never') {
      this.#waitForImage(live, index, 'never-pulled');
    } else {
      this.#tell(live, index, 'pulling');
      this.#images.pull({pod, serial, node, container: index, image});
    }
  }

  #pulled({pod, serial, container: index}: PullRequest, succeeded: boolean): void {
    const live = this.#lives.get(pod);
    if (live === undefined || live.serial !== serial || live.stopping) return;
    if (succeeded) this.#create(live, index, 'pulled');
    else this.#waitForImage(live, index, 'pull-failed');
  }

  // As image_manager.go: 10 s, doubled up to 300 s, from the last failure. An image that must not
  // be pulled is looked for again by the next sync.
  #waitForImage(live: LivePod, index: number, why: 'pull-failed' | 'never-pulled'): void {
    const container = live.containers[index];
    const doubled = why === 'never-pulled' ? 0 : 2 * container.pullDelay;
    container.pullDelay = Math.min(longestPullDelay, Math.max(firstPullDelay, doubled));
    container.notBefore = this.#simulation.now + container.pullDelay;
    container.wakeAt = this.#chances.wakeAt(live, index, container.notBefore);
    this.#tell(live, index, why);
    if (why === 'pull-failed') this.#tell(live, index, 'pull-back-off');
    this.#worker.goOn(live);
  }

  #create(live: LivePod, index: number, image: 'pulled' | 'image-present'): void {
    const {containerStart} = this.#options;
    const takes = this.#includedInPodStart(live, index)
      ? 0
      : this.#chances.slowed(
          live,
          this.#chances.drawFor(live, index, 'container-start', containerStart),
        );
    this.#tell(live, index, image);
    live.containers[index].pullDelay = 0;
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
    container.endsAt = now + after;
    container.hangsAt = now + this.#chances.hangAfter(live, index);
    container.seenAt = now + this.#observation(live, index, 'start');
    container.runs++;
    this.#tell(live, index, 'created');
    this.#tell(live, index, 'started');
    container.seen = this.#seenRunning.at(container.seenAt, live.pod, index);
    if (after < Infinity) container.end = this.#ended.at(container.endsAt, live.pod, index);
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
    const {takes, forced} = this.#chances.stop(live, index, grace);
    container.killed = true;
    if (container.endsAt <= now + takes) return;
    this.#cancel(container.end);
    // 128 and the number of the signal, SIGKILL or SIGTERM.
    container.exitCode = forced ? 137 : 143;
    container.endsAt = now + takes;
    container.end = this.#ended.at(container.endsAt, live.pod, index);
  }

  #end(live: LivePod, index: number): void {
    const {now} = this.#simulation;
    const container = live.containers[index];
    container.missed = container.seen !== undefined;
    container.state = 'exited';
    container.endedAt = now;
    container.started = false;
    this.ignore(container);
    if (live.stopping) {
      this.#worker.ended(live);
    } else if (container.killed) {
      // Whoever kills a container knows that it has ended.
      this.#seeEnd(live, index);
    } else {
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
  }

  /** The first start of a container is part of `podStart`, where the scenario gives that. */
  #includedInPodStart(live: LivePod, index: number): boolean {
    return this.#options.podStart !== undefined && live.containers[index].runs === 0;
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
