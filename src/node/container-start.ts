// From a container's turn to the moment at which it can be created: its image, and what its
// environment names.
//
//   start ─▶ image there? ─yes─────────▶ ConfigMaps, Secrets there? ─yes─▶ able to start
//              │ no                        ▲          │ no
//              └─▶ pull ─▶ succeeded ──────┘          └─▶ CreateContainerConfigError: next sync
//                    └─▶ failed: ImagePullBackOff

import type {Simulation} from '../engine/simulation.ts';
import {minute, second, type Time} from '../engine/time.ts';
import type {Registry} from '../machines/registry.ts';
import type {NodeId} from '../objects/ids.ts';
import type {ContainerStep} from '../objects/pod-signals.ts';
import type {Store} from '../objects/store.ts';
import {missingEnvironment} from './configuration.ts';
import {ImagePuller, type PullRequest} from './image-puller.ts';
import type {KubeletOptions} from './kubelet-options.ts';
import type {LivePod} from './live-pod.ts';
import type {LivePods} from './live-pods.ts';
import type {PodChances} from './pod-chances.ts';

export type ContainerStartOptions = {
  readonly simulation: Simulation;
  readonly store: Store;
  readonly registry: Registry;
  readonly lives: LivePods;
  readonly options: KubeletOptions;
  readonly chances: PodChances;
  /** It has all that it needs. */
  readonly able: (live: LivePod, index: number) => void;
  /** It has to wait: another's turn. */
  readonly waits: (live: LivePod) => void;
};

// As the image back-off in kubelet.go, and the pod worker's after a failed sync.
const firstPullDelay: Time = 10 * second;
const longestPullDelay: Time = 5 * minute;

export class ContainerStart {
  readonly #simulation: Simulation;
  readonly #store: Store;
  readonly #lives: LivePods;
  readonly #options: KubeletOptions;
  readonly #chances: PodChances;
  readonly #able: ContainerStartOptions['able'];
  readonly #waits: ContainerStartOptions['waits'];
  readonly #images: ImagePuller;

  constructor(parts: ContainerStartOptions) {
    const {simulation, store, registry, options} = parts;
    this.#simulation = simulation;
    this.#store = store;
    this.#lives = parts.lives;
    this.#options = options;
    this.#chances = parts.chances;
    this.#able = parts.able;
    this.#waits = parts.waits;
    const pulled = (request: PullRequest, succeeded: boolean) => this.#pulled(request, succeeded);
    const slowness = (node: NodeId) => parts.chances.slowness(node);
    this.#images = new ImagePuller({simulation, store, registry, slowness, options, pulled});
  }

  begin(live: LivePod, index: number): void {
    const {pod, serial, node} = live;
    const {image, imagePullPolicy} = this.#lives.plan(live).containers[index];
    const present = imagePullPolicy !== 'Always' && this.#images.present(node, image);
    if (present || this.includedInPodStart(live, index)) {
      this.#configure(live, index, 'image-present');
    } else if (imagePullPolicy === 'Never') {
      this.#waitForImage(live, index, 'never-pulled');
    } else {
      this.#tell(live, index, 'pulling');
      this.#images.pull({pod, serial, node, container: index, image});
    }
  }

  /** The first start of a container is part of `podStart`, where the scenario gives that. */
  includedInPodStart(live: LivePod, index: number): boolean {
    const {runs, earlierRuns} = live.containers[index];
    return this.#options.podStart !== undefined && runs === earlierRuns;
  }

  /** Its kubelet is gone, and with it what waits for pulls. */
  abortPulls(node: NodeId): void {
    this.#images.abort(node);
  }

  #pulled({pod, serial, container: index}: PullRequest, succeeded: boolean): void {
    const live = this.#lives.get(pod);
    if (live === undefined || live.serial !== serial || live.stopping) return;
    if (succeeded) this.#configure(live, index, 'pulled');
    else this.#waitForImage(live, index, 'pull-failed');
  }

  // As startContainer in kuberuntime_container.go: the image comes first, then the environment.
  // What it lacks is looked for again by the next sync.
  #configure(live: LivePod, index: number, image: 'pulled' | 'image-present'): void {
    const {pods} = this.#store;
    const container = live.containers[index];
    const {environment} = this.#lives.plan(live).containers[index];
    const missing = missingEnvironment(this.#store, pods.namespace(live.pod), environment);
    this.#tell(live, index, image);
    container.pullDelay = 0;
    container.waitsToBeMade = missing !== undefined;
    if (missing === undefined) {
      this.#able(live, index);
      return;
    }
    this.#store.signals.lacking.emit(live.pod, 'config-missing', missing);
    container.wakeAt = this.#chances.retryAt(live, index);
    container.notBefore = container.wakeAt;
    this.#waits(live);
  }

  // As image_manager.go: 10 s, doubled up to 300 s, from the last failure. An image that must not
  // be pulled is looked for again by the next sync.
  #waitForImage(live: LivePod, index: number, why: 'pull-failed' | 'never-pulled'): void {
    const container = live.containers[index];
    const doubled = why === 'never-pulled' ? 0 : 2 * container.pullDelay;
    container.waitsToBeMade = true;
    container.pullDelay = Math.min(longestPullDelay, Math.max(firstPullDelay, doubled));
    container.notBefore = this.#simulation.now + container.pullDelay;
    container.wakeAt = this.#chances.wakeAt(live, index, container.notBefore);
    this.#tell(live, index, why);
    if (why === 'pull-failed') this.#tell(live, index, 'pull-back-off');
    this.#waits(live);
  }

  #tell({pod}: LivePod, index: number, step: ContainerStep): void {
    this.#store.signals.container.emit(pod, index, step);
  }
}
