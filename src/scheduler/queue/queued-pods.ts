// The pods that this scheduler has to place: they enter as its watches tell of them, and are
// forgotten once they have a node or are gone (the handlers of pkg/scheduler/eventhandlers.go).

import type {PodId} from '../../objects/ids.ts';
import type {Bindings} from '../binding/bindings.ts';
import type {Evictions} from '../binding/evictions.ts';
import type {InformerListener} from '../cache/informer.ts';
import type {PodInfo} from '../cache/pod-info.ts';
import type {ClusterEvent} from '../cluster-event.ts';
import type {Profile} from '../profile.ts';
import {QueuedPod, type SavedQueuedPod} from './queued-pod.ts';
import type {SchedulingQueue} from './scheduling-queue.ts';

export type QueuedPodsParts = {
  readonly clock: {readonly now: number};
  readonly profiles: ReadonlyMap<string, Profile>;
  readonly queue: SchedulingQueue;
  readonly bindings: Bindings;
  readonly evictions: Evictions;
};

export class QueuedPods implements InformerListener {
  readonly #parts: QueuedPodsParts;
  /** Pods without a node, and those whose binding is under way. */
  readonly #byId = new Map<PodId, QueuedPod>();
  /** The scheduler leads; else it only watches. */
  runs = true;

  constructor(parts: QueuedPodsParts) {
    this.#parts = parts;
  }

  find(pod: PodId): QueuedPod | undefined {
    return this.#byId.get(pod);
  }

  /** A pod that must be among them. */
  of(pod: PodInfo): QueuedPod {
    const queued = this.#byId.get(pod.id);
    if (queued === undefined) throw new Error(`pod ${pod.namespace}/${pod.name} is not waiting`);
    return queued;
  }

  forget(queued: QueuedPod): void {
    this.#parts.queue.remove(queued);
    this.#byId.delete(queued.pod.id);
  }

  /** Is anybody waiting for an event of the cluster? */
  get listens(): boolean {
    return this.runs && this.#parts.queue.listens;
  }

  clusterChanged(event: ClusterEvent, concerns?: (pod: PodInfo) => boolean): void {
    this.#parts.queue.notify(event, concerns);
  }

  /** A pod that asks for another scheduler is none of ours and stays Pending. */
  podAdded(pod: PodInfo): void {
    if (!this.runs) return;
    if (!this.#parts.profiles.has(pod.shape.template.spec.schedulerName)) return;
    const queued = new QueuedPod(pod, this.#parts.clock.now);
    this.#byId.set(pod.id, queued);
    this.#parts.queue.add(queued);
  }

  /**
   * By its own binding, whose answer is still to come, or by somebody else while it waited here.
   */
  podAssigned(pod: PodInfo): void {
    const queued = this.#byId.get(pod.id);
    if (queued === undefined || queued.place === 'binding') return;
    this.#parts.bindings.cancel(pod);
    this.forget(queued);
  }

  podUpdated(pod: PodInfo, event: ClusterEvent): void {
    const queued = this.#byId.get(pod.id);
    if (queued !== undefined) this.#parts.queue.podUpdated(queued, event);
  }

  podTerminating(pod: PodInfo): void {
    this.#parts.evictions.taken(pod);
  }

  podGone(pod: PodInfo): void {
    const {bindings, evictions} = this.#parts;
    evictions.taken(pod);
    evictions.abandoned(pod);
    bindings.cancel(pod);
    const queued = this.#byId.get(pod.id);
    if (queued !== undefined) this.forget(queued);
  }

  activate(pod: PodInfo): void {
    const queued = this.#byId.get(pod.id);
    if (queued !== undefined) this.#parts.queue.activate(queued);
  }

  /** In flight, or with a binding under way: the queue itself does not hold them. */
  saveInHand(): SavedQueuedPod[] {
    const inHand = [...this.#byId.values()].filter(
      ({place}) => place === 'in-flight' || place === 'binding',
    );
    return inHand.map(queued => queued.save());
  }

  clear(): void {
    this.#byId.clear();
  }

  stop(): void {
    this.runs = false;
    for (const queued of [...this.#byId.values()]) this.forget(queued);
  }

  resume(): void {
    this.runs = true;
  }

  restorePod(saved: SavedQueuedPod, pod: PodInfo | undefined): QueuedPod {
    if (pod === undefined) throw new Error(`pod ${saved.pod} waits but is not known`);
    const queued = new QueuedPod(pod, saved.queuedAt);
    queued.restore(saved);
    this.#byId.set(pod.id, queued);
    return queued;
  }
}
