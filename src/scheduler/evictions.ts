// Carrying out a preemption: the room is noted for the pod, the victims are deleted through the
// API, and the pod is not tried again before the API server has taken all of it (kube-scheduler's
// executor.go).

import type {ApiClient} from '../objects/api-client.ts';
import type {NodeId, PodId} from '../objects/ids.ts';
import type {PodSignals} from '../objects/pod-signals.ts';
import type {SchedulerCache} from './cache.ts';
import type {NodeInfo} from './node-info.ts';
import type {PodInfo} from './pod-info.ts';
import type {Preemption} from './verdict.ts';

export type EvictionParts = {
  readonly cache: SchedulerCache;
  readonly signals: PodSignals;
  client(): ApiClient;
  podOf(id: PodId): PodInfo | undefined;
  nodeId(node: NodeInfo): NodeId;
};

export class Evictions {
  readonly #parts: EvictionParts;
  /** Victims whose deletion the API server has not taken yet, and for whom they go. */
  readonly #preemptors = new Map<PodId, PodId>();

  constructor(parts: EvictionParts) {
    this.#parts = parts;
  }

  carryOut(pod: PodInfo, {node: name, victims}: Preemption): void {
    const {cache, signals, nodeId} = this.#parts;
    const client = this.#parts.client();
    const node = cache.node(name);
    if (node === undefined) return;
    this.#clearLowerNominations(pod, node);
    cache.nominations.add(pod, name);
    signals.nominated.emit(pod.id, nodeId(node));
    client.nominatePod(pod.id, nodeId(node));
    for (const id of victims) {
      const victim = this.#parts.podOf(id as PodId);
      // Already on its way out, or already gone.
      if (victim === undefined || victim.terminating) continue;
      signals.preempted.emit(victim.id, pod.id, nodeId(node));
      pod.evictionsUnderWay++;
      this.#preemptors.set(victim.id, pod.id);
      client.deletePod(victim.id, {disrupted: true});
    }
  }

  /** The deletion of a victim has been taken, or it went by itself. */
  taken(victim: PodInfo): void {
    const preemptor = this.#preemptors.get(victim.id);
    if (preemptor === undefined) return;
    this.#preemptors.delete(victim.id);
    const pod = this.#parts.podOf(preemptor);
    if (pod !== undefined && pod.evictionsUnderWay > 0) pod.evictionsUnderWay--;
  }

  // Pods of lower priority that wait for this node may no longer fit: they have to look again.
  #clearLowerNominations(pod: PodInfo, node: NodeInfo): void {
    const {cache} = this.#parts;
    const client = this.#parts.client();
    for (const other of cache.nominations.on(node.name).slice()) {
      if (other.priority >= pod.priority) continue;
      cache.nominations.remove(other);
      client.nominatePod(other.id, undefined);
    }
  }

  save(): [victim: PodId, preemptor: PodId][] {
    return [...this.#preemptors];
  }

  restore(saved: readonly [victim: PodId, preemptor: PodId][]): void {
    this.#preemptors.clear();
    for (const [victim, preemptor] of saved) this.#preemptors.set(victim, preemptor);
  }
}
