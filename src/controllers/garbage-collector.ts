// Deletes what belongs to nobody any more (pkg/controller/garbagecollector).
//
//   owner gone ─────────────────▶ its dependents are deleted
//   owner deleted in foreground ▶ its dependents are deleted, then it goes itself
//   owner deleted as orphan ────▶ its dependents lose their owner, then it goes itself
//
// Only the controlling owner counts. An owner that the API never held keeps its pods: a dump of a
// cluster often leaves the owners out.

import type {PodId, WorkloadId} from '../objects/ids.ts';
import type {WorkloadObject} from '../objects/workload-object.ts';
import type {Propagation} from '../objects/workload-request.ts';
import type {ClusterView} from './cluster-view.ts';
import type {KnownPod} from './known-pod.ts';
import {nothing, type Plan, type PlannedRequest} from './plan.ts';
import type {ControllerParts} from './replica-set.ts';
import {WorkLoop} from './work-loop.ts';
import type {QueueItem} from './work-queue.ts';

export class GarbageCollector {
  readonly #view: ClusterView;
  readonly #loop: WorkLoop;

  constructor({simulation, api, view, manager}: ControllerParts) {
    this.#view = view;
    this.#loop = new WorkLoop({
      simulation,
      api,
      manager,
      name: 'garbage-collector',
      workers: 20,
      sync: item => (item < 0 ? this.#syncPod(podOf(item)) : this.#syncWorkload(item)),
    });
    view.listen({
      podAdded: pod => this.#podAdded(pod),
      podDeleted: ({owner}) => this.#lookAtOwner(owner),
      podReleased: (_pod, owner) => this.#lookAtOwner(owner),
      workloadChanged: (id, after, before) => this.#workloadChanged(id, after, before),
    });
  }

  /** Made by a controller that had not yet heard of its owner's end. */
  #podAdded(pod: KnownPod): void {
    if (pod.owner !== undefined && !this.#isSolid(pod.owner)) this.#loop.queue.add(itemOf(pod.id));
  }

  #workloadChanged(
    id: WorkloadId,
    after: WorkloadObject | undefined,
    before: WorkloadObject | undefined,
  ): void {
    const {queue} = this.#loop;
    this.#lookAtOwner(before?.owner?.id);
    if (after !== undefined && after.finalizer === undefined) {
      const {owner} = after;
      if (before === undefined && owner !== undefined && !this.#isSolid(owner.id)) queue.add(id);
      return;
    }
    if (before?.finalizer !== after?.finalizer || after === undefined) {
      for (const pod of this.#view.podsOf(id)) queue.add(itemOf(pod.id));
      for (const workload of this.#view.workloadsOf(id)) queue.add(workload);
    }
    if (after !== undefined) queue.add(id);
  }

  /** Its last dependent may be gone. */
  #lookAtOwner(owner: WorkloadId | undefined): void {
    if (owner === undefined) return;
    if (this.#view.workload(owner)?.finalizer !== undefined) this.#loop.queue.add(owner);
  }

  #isSolid(owner: WorkloadId): boolean {
    const object = this.#view.workload(owner);
    return object !== undefined && object.finalizer === undefined;
  }

  #syncPod(id: PodId): Plan {
    const pod = this.#view.pod(id);
    if (pod?.owner === undefined || this.#isSolid(pod.owner)) return nothing;
    if (this.#view.workload(pod.owner)?.finalizer === 'orphan') {
      return this.#planned({verb: 'release-pod', pod: id});
    }
    return pod.terminating ? nothing : this.#planned({verb: 'delete-pod', pod: id});
  }

  #syncWorkload(item: QueueItem): Plan {
    const id = item as WorkloadId;
    const object = this.#view.workload(id);
    if (object === undefined) return nothing;
    if (object.finalizer !== undefined) return this.#finalize(id);
    if (object.owner === undefined || this.#isSolid(object.owner.id)) return nothing;
    const owner = this.#view.workload(object.owner.id);
    if (owner?.finalizer === 'orphan') return this.#planned({verb: 'release', workload: id});
    const propagation: Propagation = owner === undefined ? 'background' : 'foreground';
    return this.#planned({verb: 'delete', workload: id, propagation});
  }

  #finalize(id: WorkloadId): Plan {
    const left = this.#view.podsOf(id).length + this.#view.workloadsOf(id).length;
    return left > 0 ? nothing : this.#planned({verb: 'finalize', workload: id});
  }

  /** The object is read before it is touched, which costs a request too. */
  #planned(request: PlannedRequest): Plan {
    this.#loop.spendRequest();
    return {batches: [[request]]};
  }
}

// Workloads are items under their own number, pods below zero.
function itemOf(pod: PodId): QueueItem {
  return -1 - pod;
}

function podOf(item: QueueItem): PodId {
  return (-1 - item) as PodId;
}
