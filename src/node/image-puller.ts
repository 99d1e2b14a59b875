// The images on every node, and the pulls under way. As pkg/kubelet/images: one pull at a time on
// a node unless told otherwise, first come, first served; a slow one holds up all behind it; one
// beyond so many a second fails at once. A pull goes on when its pod is deleted. Simplified: images
// are never collected as garbage, pulls side by side do not share bandwidth, and one under way
// ends as it began, whatever becomes of the registry.

import type {EventHandle, EventKind, Simulation} from '../engine/simulation.ts';
import {second, type Time, toTime} from '../engine/time.ts';
import type {Registry} from '../machines/registry.ts';
import type {NodeId, PodId} from '../objects/ids.ts';
import type {Store} from '../objects/store.ts';
import type {Distribution} from '../options/distribution.ts';
import {drawOnce} from './draw-once.ts';

export type PullRequest = {
  readonly node: NodeId;
  readonly pod: PodId;
  /** The pod's; its number may be another's when the image is there. */
  readonly serial: number;
  readonly container: number;
  readonly image: string;
};

export type ImagePullOptions = {
  readonly imageCheck: Distribution;
  readonly serializeImagePulls?: boolean | undefined;
  readonly maxParallelImagePulls?: number | undefined;
  /** A second, of one node; 0: no limit. */
  readonly registryPullQPS: number;
  readonly registryBurst: number;
};

export type ImagePullerOptions = {
  readonly simulation: Simulation;
  readonly store: Store;
  readonly registry: Registry;
  /** A node's pulls take so many times as long. */
  readonly slowness: (node: NodeId) => number;
  readonly options: ImagePullOptions;
  /** Told when a pull has ended, one way or the other. */
  readonly pulled: (request: PullRequest, succeeded: boolean) => void;
};

type NodeImages = {
  readonly present: Set<string>;
  readonly queue: number[];
  /** Under way. */
  pulling: number;
  /** Ever begun. */
  pulls: number;
  /** How many more it may begin at `allowedAt`, as a token bucket. */
  allowed: number;
  allowedAt: Time;
};
type Pull = PullRequest & {succeeds: boolean; end: EventHandle | undefined};

export class ImagePuller {
  readonly #store: Store;
  readonly #registry: Registry;
  readonly #slowness: ImagePullerOptions['slowness'];
  readonly #options: ImagePullOptions;
  /** At a time, on a node. */
  readonly #most: number;
  readonly #simulation: Simulation;
  readonly #pulled: ImagePullerOptions['pulled'];
  readonly #pullEnded: EventKind<number>;
  /** By number of the node; absent until it has asked for an image. */
  #nodes = new Map<NodeId, NodeImages>();
  #pulls = new Map<number, Pull>();
  #nextPull = 0;

  constructor(parts: ImagePullerOptions) {
    const {simulation, store, registry, options, pulled} = parts;
    this.#store = store;
    this.#registry = registry;
    this.#slowness = parts.slowness;
    this.#options = options;
    this.#most = mostPulls(options);
    this.#simulation = simulation;
    this.#pulled = pulled;
    this.#pullEnded = simulation.event('kubelet.image-pull-ended', (pull: number) =>
      this.#end(pull),
    );
    simulation.part('node.images', this);
  }

  present(node: NodeId, image: string): boolean {
    return this.#imagesOf(node).present.has(withTag(image));
  }

  pull(request: PullRequest): void {
    const pull = this.#nextPull++;
    this.#pulls.set(pull, {...request, succeeds: false, end: undefined});
    const images = this.#imagesOf(request.node);
    if (images.pulling >= this.#most) images.queue.push(pull);
    else this.#begin(pull);
  }

  // Even for an image that has come meanwhile the runtime asks the registry.
  #begin(number: number): void {
    const pull = this.#pullOf(number);
    const {node, image} = pull;
    const images = this.#imagesOf(node);
    images.pulling++;
    if (!this.#mayAsk(images)) {
      pull.end = this.#pullEnded.after(0, number);
      return;
    }
    pull.succeeds = this.#registry.has(image, pull.pod);
    const transfer = pull.succeeds && !images.present.has(withTag(image));
    const time = transfer ? this.#registry.pullTime(image) : 0;
    const stream = `node.image-check/${this.#store.nodes.nameOf(node)}/${images.pulls++}`;
    const check = drawOnce(this.#simulation, this.#options.imageCheck, stream);
    const takes = toTime((check + time) * this.#slowness(node));
    pull.end = this.#pullEnded.after(takes, number);
  }

  #end(number: number): void {
    const pull = this.#pullOf(number);
    this.#pulls.delete(number);
    const images = this.#imagesOf(pull.node);
    if (pull.succeeds) images.present.add(withTag(pull.image));
    images.pulling--;
    const next = images.queue.shift();
    if (next !== undefined) this.#begin(next);
    this.#pulled(pull, pull.succeeds);
  }

  /** Nobody waits for the node's pulls any more. */
  abort(node: NodeId): void {
    const images = this.#nodes.get(node);
    if (images === undefined) return;
    for (const [number, pull] of this.#pulls) {
      if (pull.node !== node) continue;
      if (pull.end !== undefined) this.#simulation.cancel(pull.end);
      this.#pulls.delete(number);
    }
    images.queue.length = 0;
    images.pulling = 0;
  }

  // As throttledImageService, which does not wait: with none left, the pull fails.
  #mayAsk(images: NodeImages): boolean {
    const {registryPullQPS: qps, registryBurst} = this.#options;
    if (qps === 0) return true;
    const {now} = this.#simulation;
    const more = ((now - images.allowedAt) / second) * qps;
    images.allowed = Math.min(registryBurst, images.allowed + more);
    images.allowedAt = now;
    if (images.allowed < 1) return false;
    images.allowed--;
    return true;
  }

  #pullOf(number: number): Pull {
    const pull = this.#pulls.get(number);
    if (pull === undefined) throw new Error(`pull ${number} is not under way`);
    return pull;
  }

  #imagesOf(node: NodeId): NodeImages {
    const known = this.#nodes.get(node);
    if (known !== undefined) return known;
    const names = this.#store.nodes.get(node)?.images.flatMap(image => image.names) ?? [];
    const present = new Set(names.map(withTag));
    const allowed = this.#options.registryBurst;
    const images = {present, queue: [], pulling: 0, pulls: 0, allowed, allowedAt: 0};
    this.#nodes.set(node, images);
    return images;
  }

  save() {
    return {nodes: this.#nodes, pulls: this.#pulls, nextPull: this.#nextPull};
  }

  restore(saved: ReturnType<ImagePuller['save']>): void {
    this.#nodes = saved.nodes;
    this.#pulls = saved.pulls;
    this.#nextPull = saved.nextPull;
  }
}

// As the kubelet's defaults: several at a time are a matter of saying how many.
function mostPulls({serializeImagePulls, maxParallelImagePulls: most}: ImagePullOptions): number {
  const serial = serializeImagePulls ?? (most === undefined || most < 2);
  return serial ? 1 : (most ?? Infinity);
}

// As parsers.ParseImageName: no tag means `latest`.
function withTag(image: string): string {
  const tagged = image.lastIndexOf(':') > image.lastIndexOf('/') || image.includes('@');
  return tagged ? image : `${image}:latest`;
}
