// What each workload owns, by the owner references that the view has seen.

import type {PodId, WorkloadId} from '../objects/ids.ts';
import type {KnownPod} from './known-pod.ts';

export class Owned {
  readonly #pods = new Map<WorkloadId, Map<PodId, KnownPod>>();
  readonly #workloads = new Map<WorkloadId, Set<WorkloadId>>();

  /** In the order of creation. */
  podsOf(owner: WorkloadId): KnownPod[] {
    return [...(this.#pods.get(owner)?.values() ?? [])].sort((a, b) => a.serial - b.serial);
  }

  workloadsOf(owner: WorkloadId): WorkloadId[] {
    return [...(this.#workloads.get(owner) ?? [])].sort((a, b) => a - b);
  }

  addPod(pod: KnownPod): void {
    if (pod.owner === undefined) return;
    const siblings = this.#pods.get(pod.owner) ?? new Map<PodId, KnownPod>();
    this.#pods.set(pod.owner, siblings);
    siblings.set(pod.id, pod);
  }

  removePod({id, owner}: KnownPod): void {
    if (owner === undefined) return;
    const siblings = this.#pods.get(owner);
    siblings?.delete(id);
    if (siblings?.size === 0) this.#pods.delete(owner);
  }

  moveWorkload(id: WorkloadId, from: WorkloadId | undefined, to: WorkloadId | undefined): void {
    if (from === to) return;
    if (from !== undefined) {
      const siblings = this.#workloads.get(from);
      siblings?.delete(id);
      if (siblings?.size === 0) this.#workloads.delete(from);
    }
    if (to === undefined) return;
    const siblings = this.#workloads.get(to) ?? new Set<WorkloadId>();
    this.#workloads.set(to, siblings);
    siblings.add(id);
  }
}
