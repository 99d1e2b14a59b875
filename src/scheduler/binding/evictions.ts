// Carrying out a preemption: the room is noted for the pod, the victims are deleted through the
// API, and from 1.33 on the pod is gated until the API server has taken all of it (kube-scheduler's
// executor.go).

import type {ApiClient} from '../../objects/api-client.ts';
import type {NodeId, PodId} from '../../objects/ids.ts';
import type {PodSignals} from '../../objects/pod-signals.ts';
import type {SchedulerCache} from '../cache/cache.ts';
import type {NodeInfo} from '../cache/node-info.ts';
import type {PodInfo} from '../cache/pod-info.ts';
import type {Preemption} from '../verdict.ts';

export type EvictionParts = {
  readonly cache: SchedulerCache;
  readonly signals: PodSignals;
  readonly client: ApiClient;
  podOf(id: PodId): PodInfo | undefined;
  nodeId(node: NodeInfo): NodeId;
  /** Turns the victim away if it only waits in Permit; true if it did. */
  rejectWaiting(victim: PodInfo): boolean;
  /** Has a pod tried next. */
  activate(pod: PodInfo): void;
};

export class Evictions {
  readonly #parts: EvictionParts;
  /** Victims whose deletion the API server has not taken yet, and for whom they go. */
  readonly #preemptors = new Map<PodId, PodId[]>();

  constructor(parts: EvictionParts) {
    this.#parts = parts;
  }

  carryOut(pod: PodInfo, {node: name, victims}: Preemption): void {
    const {cache, signals, nodeId} = this.#parts;
    const node = cache.node(name);
    if (node === undefined) return;
    this.#clearLowerNominations(pod, node);
    cache.nominations.add(pod, name);
    // A nomination to another node stands until the watch tells of the change.
    pod.reportedNomination ??= name;
    signals.nominated.emit(pod.id, nodeId(node));
    this.#parts.client.nominatePod(pod.id, nodeId(node));
    for (const id of victims) {
      const victim = this.#parts.podOf(id as PodId);
      // Already on its way out, or already gone.
      if (victim === undefined || victim.terminating) continue;
      if (!this.#parts.rejectWaiting(victim)) this.#evict(victim, pod, node);
    }
  }

  // Two pods may want the same victim, before the first deletion is known: both wait for it.
  #evict(victim: PodInfo, pod: PodInfo, node: NodeInfo): void {
    const {signals, nodeId} = this.#parts;
    const preemptors = this.#preemptors.get(victim.id);
    if (preemptors === undefined) {
      this.#preemptors.set(victim.id, [pod.id]);
      signals.preempted.emit(victim.id, pod.id, nodeId(node));
    } else {
      preemptors.push(pod.id);
    }
    pod.evictionsUnderWay++;
    const disruption = 'PreemptionByScheduler';
    this.#parts.client.deletePod(victim.id, {disruption, ticket: victim.id});
  }

  /** The deletion of a victim has been taken, or it went by itself. */
  taken(victim: PodInfo): void {
    this.#settle(victim.id);
  }

  // As executor.go: whoever counted on it is tried again.
  /** The API server could not be asked to delete a victim. */
  failed(victim: PodId): void {
    for (const pod of this.#settle(victim)) this.#parts.activate(pod);
  }

  #settle(victim: PodId): PodInfo[] {
    const preemptors = this.#preemptors.get(victim);
    if (preemptors === undefined) return [];
    this.#preemptors.delete(victim);
    const pods = preemptors.map(id => this.#parts.podOf(id)).filter(pod => pod !== undefined);
    for (const pod of pods) pod.evictionsUnderWay--;
    return pods;
  }

  /** The pod for whom others go has gone itself; its number may soon be another's. */
  abandoned(pod: PodInfo): void {
    if (pod.evictionsUnderWay === 0) return;
    for (const [victim, preemptors] of this.#preemptors) {
      const others = preemptors.filter(preemptor => preemptor !== pod.id);
      this.#preemptors.set(victim, others);
    }
  }

  clear(): void {
    this.#preemptors.clear();
  }

  // Pods of lower priority that wait for this node may no longer fit: they have to look again.
  #clearLowerNominations(pod: PodInfo, node: NodeInfo): void {
    const {cache} = this.#parts;
    const client = this.#parts.client;
    for (const other of cache.nominations.on(node.name).slice()) {
      if (other.priority >= pod.priority) continue;
      cache.nominations.remove(other);
      client.nominatePod(other.id, undefined);
    }
  }

  save(): SavedEvictions {
    return [...this.#preemptors].map(([victim, preemptors]) => [victim, preemptors.slice()]);
  }

  restore(saved: SavedEvictions): void {
    this.#preemptors.clear();
    for (const [victim, preemptors] of saved) this.#preemptors.set(victim, preemptors.slice());
  }
}

export type SavedEvictions = [victim: PodId, preemptors: PodId[]][];
