// Keeps as many pods as a ReplicaSet or ReplicationController wants
// (pkg/controller/replicaset/replica_set.go; a ReplicationController is the same under another name
// and with a client of its own).
//
//   pods seen ──too few──▶ create, in batches of 1, 2, 4 …
//             ──too many─▶ delete those that count least
//             ──────────▶ write what is there into the status

import type {Simulation} from '../engine/simulation.ts';
import type {ApiConnector} from '../objects/api-client.ts';
import type {PodId, WorkloadId} from '../objects/ids.ts';
import type {ReplicaSetObject, WorkloadObject} from '../objects/workload-object.ts';
import {claim} from './claims.ts';
import type {ClusterView} from './cluster-view.ts';
import {podsToDelete} from './deletion-order.ts';
import {Expectations} from './expectations.ts';
import {isActive, type KnownPod} from './known-pod.ts';
import type {Manager} from './manager.ts';
import type {NameStreams} from './name-streams.ts';
import {nothing, type Plan, type PlannedRequest, slowStart} from './plan.ts';
import {nextAvailable, replicaSetStatus} from './replica-set-status.ts';
import {WorkLoop} from './work-loop.ts';

export type ControllerParts = {
  readonly simulation: Simulation;
  readonly api: ApiConnector;
  readonly view: ClusterView;
  readonly names: NameStreams;
  readonly manager: Manager;
};

/** Pods created or deleted in one sync. */
const burst = 500;

export class ReplicaSetController {
  readonly #simulation: Simulation;
  readonly #view: ClusterView;
  readonly #names: NameStreams;
  readonly #kind: ReplicaSetObject['kind'];
  readonly #loop: WorkLoop;
  readonly #expectations = new Expectations();

  constructor(parts: ControllerParts, kind: ReplicaSetObject['kind']) {
    const {simulation, api, view, names, manager} = parts;
    this.#simulation = simulation;
    this.#view = view;
    this.#names = names;
    this.#kind = kind;
    const name = kind === 'ReplicaSet' ? 'replicaset-controller' : 'replication-controller';
    this.#loop = new WorkLoop({
      simulation,
      api,
      manager,
      name,
      workers: 5,
      sync: item => this.#sync(item as WorkloadId),
      notCreated: item => this.#expectations.creationSeen(item as WorkloadId),
    });
    simulation.part(`${name}.expectations`, this.#expectations);
    manager.join({stop: () => this.#expectations.clear(), start: () => undefined});
    view.listen({
      podAdded: pod => this.#podAdded(pod),
      podUpdated: pod => this.#podChanged(pod, pod.terminating),
      podDeleted: pod => this.#podChanged(pod, true),
      podReleased: pod => this.#offer(pod),
      workloadChanged: (id, after, before) => {
        if ((after ?? before)?.kind !== this.#kind) return;
        if (after === undefined) this.#expectations.forget(id);
        this.#loop.queue.add(id);
      },
    });
  }

  #podAdded(pod: KnownPod): void {
    const owner = this.#ownerOf(pod);
    if (owner === undefined) this.#offer(pod);
    if (owner === undefined) return;
    this.#expectations.creationSeen(owner);
    this.#loop.queue.add(owner);
  }

  /** Whoever selects a pod that nobody controls may have it. */
  #offer(pod: KnownPod): void {
    for (const id of this.#view.claimants(pod)) {
      if (this.#mine(this.#view.workload(id))) this.#loop.queue.add(id);
    }
  }

  #podChanged(pod: KnownPod, leaving: boolean): void {
    const owner = this.#ownerOf(pod);
    if (owner === undefined) return;
    if (leaving) this.#expectations.deletionSeen(owner, pod.id);
    this.#loop.queue.add(owner);
  }

  #ownerOf({owner}: KnownPod): WorkloadId | undefined {
    return owner !== undefined && this.#mine(this.#view.workload(owner)) ? owner : undefined;
  }

  #mine(object: WorkloadObject | undefined): object is ReplicaSetObject {
    return object?.kind === this.#kind;
  }

  #sync(id: WorkloadId): Plan {
    const object = this.#view.workload(id);
    if (!this.#mine(object)) return nothing;
    const {now} = this.#simulation;
    const claimed = claim(this.#view, id, object);
    // Whether it is being deleted is asked of the API itself before it adopts.
    if (claimed.adopts) this.#loop.spendRequest();
    const pods = claimed.pods.filter(isActive);
    const manages = object.deletedAt === undefined && this.#expectations.satisfied(id, now);
    const status = replicaSetStatus(object, pods, now);
    return {
      batches: [claimed.requests, ...(manages ? this.#manage(id, object, pods) : [])],
      last: status && {verb: 'update-status', workload: id, version: object.version, status},
      again: nextAvailable(pods, object.spec.minReady, now),
    };
  }

  #manage(
    id: WorkloadId,
    object: ReplicaSetObject,
    pods: readonly KnownPod[],
  ): readonly (readonly PlannedRequest[])[] {
    const missing = object.spec.replicas - pods.length;
    if (missing > 0) return this.#create(id, object, Math.min(missing, burst));
    if (missing < 0) return [this.#delete(id, object, {pods, count: Math.min(-missing, burst)})];
    return [];
  }

  #create(id: WorkloadId, object: ReplicaSetObject, count: number): PlannedRequest[][] {
    this.#expectations.expect(id, this.#simulation.now, {creations: count});
    const {template} = object.spec;
    const requests = Array.from({length: count}, () => {
      const name = this.#names.podName(object);
      return {verb: 'create-pod', name, template, owner: id, lifetime: undefined} as const;
    });
    return slowStart(requests);
  }

  #delete(
    id: WorkloadId,
    {owner}: ReplicaSetObject,
    {pods, count}: {pods: readonly KnownPod[]; count: number},
  ): PlannedRequest[] {
    const {now} = this.#simulation;
    const related = owner === undefined ? pods : this.#podsOfSiblings(owner.id);
    const victims = podsToDelete({pods, related, now}, count);
    const deletions: PodId[] = victims.map(pod => pod.id);
    this.#expectations.expect(id, now, {deletions});
    return deletions.map(pod => ({verb: 'delete-pod', pod}));
  }

  #podsOfSiblings(deployment: WorkloadId): KnownPod[] {
    return this.#view.workloadsOf(deployment).flatMap(sibling => this.#view.podsOf(sibling));
  }
}
