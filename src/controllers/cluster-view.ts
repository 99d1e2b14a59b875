// What the controllers know of the cluster: one view for all of them, as the shared informers of a
// controller manager, and as old as its watches. Controllers are told of each change after it is in
// the view.

import type {Simulation} from '../engine/simulation.ts';
import {disruptionOf} from '../objects/disruption.ts';
import type {NodeId, PodId, WorkloadId} from '../objects/ids.ts';
import type {NodeObject} from '../objects/node-spec.ts';
import {endOfNumber} from '../objects/pod-end.ts';
import {addressOf} from '../objects/pod-row.ts';
import {noOwner} from '../objects/pods.ts';
import type {Store} from '../objects/store.ts';
import {Watch, type WatchDelay} from '../objects/watch.ts';
import type {WorkloadObject} from '../objects/workload-object.ts';
import {type KnownPod, newKnownPod} from './known-pod.ts';
import {Orphans} from './orphans.ts';
import {Owned} from './owned.ts';
import {Placed} from './placed.ts';

export type ViewListener = {
  podAdded?(pod: KnownPod): void;
  podUpdated?(pod: KnownPod): void;
  /** It has a node from now on; `podUpdated` follows. */
  podBound?(pod: KnownPod, node: NodeId): void;
  podDeleted?(pod: KnownPod): void;
  /** It has lost its owner. */
  podReleased?(pod: KnownPod, owner: WorkloadId): void;
  /** `after` is absent once the object is deleted, `before` when it is new. */
  workloadChanged?(
    workload: WorkloadId,
    after: WorkloadObject | undefined,
    before: WorkloadObject | undefined,
  ): void;
  nodeChanged?(node: NodeId, after: NodeObject | undefined, before: NodeObject | undefined): void;
};

export class ClusterView {
  readonly nodes = new Map<NodeId, NodeObject>();
  readonly workloads = new Map<WorkloadId, WorkloadObject>();
  readonly #store: Store;
  readonly #listeners: ViewListener[] = [];
  readonly #pods = new Map<PodId, KnownPod>();
  readonly #owned = new Owned();
  readonly #placed = new Placed();
  readonly #orphans = new Orphans();
  /** Pods seen so far; the next one's serial. */
  #seen = 0;

  constructor(simulation: Simulation, store: Store, delay: WatchDelay) {
    this.#store = store;
    const watch = (kind: string, changed: (row: number) => void) => ({
      name: `controllers.${kind}`,
      delay,
      changed,
    });
    new Watch(
      simulation,
      store.nodes.log,
      watch('nodes', row => this.#nodeChanged(row)),
    );
    new Watch(
      simulation,
      store.workloads.log,
      watch('workloads', row => this.#workloadChanged(row)),
    );
    new Watch(
      simulation,
      store.pods.log,
      watch('pods', row => this.#podChanged(row)),
    );
    simulation.part('controllers.view', this);
  }

  listen(listener: ViewListener): void {
    this.#listeners.push(listener);
  }

  pod(pod: PodId): KnownPod | undefined {
    return this.#pods.get(pod);
  }

  workload(id: WorkloadId): WorkloadObject | undefined {
    return this.workloads.get(id);
  }

  /** In the order of creation. */
  podsOf(owner: WorkloadId): KnownPod[] {
    return this.#owned.podsOf(owner);
  }

  /** In the order of creation. */
  podsOn(node: NodeId): KnownPod[] {
    return this.#placed.podsOn(node);
  }

  /** Pods that nobody controls and that the workload's selector matches, in order of creation. */
  orphansOf(workload: WorkloadObject): KnownPod[] {
    return this.#orphans.matching(workload);
  }

  /** The workloads whose selector matches a pod that nobody controls. */
  claimants(pod: KnownPod): readonly WorkloadId[] {
    return this.#orphans.claimants(pod, this.workloads);
  }

  /** All of them, in no particular order. */
  pods(): Iterable<KnownPod> {
    return this.#pods.values();
  }

  workloadsOf(owner: WorkloadId): WorkloadId[] {
    return this.#owned.workloadsOf(owner);
  }

  /** As if everything in view had just appeared: the lists with which informers begin. */
  tellAll(): void {
    const pods = [...this.#pods.values()].sort((a, b) => a.serial - b.serial);
    for (const listener of this.#listeners) {
      for (const [id, node] of this.nodes) listener.nodeChanged?.(id, node, undefined);
      for (const [id, object] of this.workloads) listener.workloadChanged?.(id, object, undefined);
      for (const pod of pods) listener.podAdded?.(pod);
    }
  }

  #podChanged(row: number): void {
    const {log} = this.#store.pods;
    const id = log.id(row) as PodId;
    const kind = log.kind(row);
    if (kind === 'created') {
      this.#addPod(id, row);
      return;
    }
    const pod = this.#pods.get(id);
    if (pod === undefined) return;
    if (kind === 'deleted') {
      this.#remove(pod);
      for (const listener of this.#listeners) listener.podDeleted?.(pod);
      return;
    }
    if (kind === 'nominated') return;
    this.#updatePod(pod, row);
    for (const listener of this.#listeners) listener.podUpdated?.(pod);
  }

  #addPod(id: PodId, row: number): void {
    const {pods} = this.#store;
    const template = pods.log.value(row);
    if (template === undefined) throw new Error(`pod ${id} was created without a template`);
    const pod = newKnownPod({
      ...{id, serial: this.#seen++, name: pods.name(id), template},
      createdAt: pods.log.time(row),
      owner: ownerOf(pods.log.operand(row)),
    });
    this.#add(pod);
    for (const listener of this.#listeners) listener.podAdded?.(pod);
  }

  #add(pod: KnownPod): void {
    this.#pods.set(pod.id, pod);
    this.#owned.addPod(pod);
    this.#placed.add(pod);
    this.#orphans.add(pod);
  }

  #remove(pod: KnownPod): void {
    this.#pods.delete(pod.id);
    this.#owned.removePod(pod);
    this.#placed.remove(pod);
    this.#orphans.remove(pod);
  }

  #updatePod(pod: KnownPod, row: number): void {
    const {log} = this.#store.pods;
    switch (log.kind(row)) {
      case 'bound':
        this.#bind(pod, log.operand(row) as NodeId);
        return;
      case 'started':
        pod.phase = 'Running';
        pod.address = addressOf(log.operand(row));
        return;
      case 'addressed':
        pod.address = addressOf(log.operand(row));
        return;
      case 'ready':
        pod.ready = true;
        pod.address = addressOf(log.operand(row));
        pod.readySince = log.time(row);
        return;
      case 'unready':
        pod.ready = false;
        return;
      case 'restarted':
        pod.restarts = log.operand(row);
        return;
      case 'ended':
        pod.phase = this.#store.pods.phase(pod.id);
        pod.ready = false;
        pod.endedAt = log.time(row);
        if (pod.phase === 'Failed') pod.end = endOfNumber(log.operand(row));
        return;
      case 'terminating':
        pod.terminating = true;
        pod.disruption ??= disruptionOf(log.operand(row));
        return;
      case 'updated':
        this.#replace(pod, row);
        return;
      default:
        return;
    }
  }

  #bind(pod: KnownPod, node: NodeId): void {
    this.#placed.remove(pod);
    pod.node = node;
    this.#placed.add(pod);
    for (const listener of this.#listeners) listener.podBound?.(pod, node);
  }

  #replace(pod: KnownPod, row: number): void {
    const {log} = this.#store.pods;
    const before = pod.owner;
    this.#remove(pod);
    pod.owner = ownerOf(log.operand(row));
    pod.template = log.value(row) ?? pod.template;
    this.#add(pod);
    if (before === undefined || pod.owner === before) return;
    for (const listener of this.#listeners) listener.podReleased?.(pod, before);
  }

  #workloadChanged(row: number): void {
    const {log} = this.#store.workloads;
    const id = log.id(row) as WorkloadId;
    const before = this.workloads.get(id);
    const after = log.kind(row) === 'deleted' ? undefined : log.value(row);
    if (after === undefined) this.workloads.delete(id);
    else this.workloads.set(id, after);
    this.#owned.moveWorkload(id, before?.owner?.id, after?.owner?.id);
    this.#orphans.workloadChanged(after, before);
    for (const listener of this.#listeners) listener.workloadChanged?.(id, after, before);
  }

  #nodeChanged(row: number): void {
    const {log} = this.#store.nodes;
    const id = log.id(row) as NodeId;
    const before = this.nodes.get(id);
    const after = log.kind(row) === 'deleted' ? undefined : log.value(row);
    if (after === undefined) this.nodes.delete(id);
    else this.nodes.set(id, after);
    for (const listener of this.#listeners) listener.nodeChanged?.(id, after, before);
  }

  save(): SavedView {
    const {pods} = this.#store;
    return {
      seen: this.#seen,
      pods: [...this.#pods.values()].map(pod => ({
        ...pod,
        template: pods.templateId(pod.template),
      })),
      workloads: this.workloads,
      nodes: this.nodes,
    };
  }

  restore(saved: SavedView): void {
    this.#seen = saved.seen;
    for (const [id, node] of saved.nodes) this.nodes.set(id, node);
    for (const [id, object] of saved.workloads) {
      this.workloads.set(id, object);
      this.#owned.moveWorkload(id, undefined, object.owner?.id);
    }
    for (const each of saved.pods) {
      const pod: KnownPod = {...each, template: this.#store.pods.templateOf(each.template)};
      this.#add(pod);
    }
  }
}

function ownerOf(operand: number): WorkloadId | undefined {
  return operand === noOwner ? undefined : (operand as WorkloadId);
}

export type SavedView = {
  seen: number;
  pods: (Omit<KnownPod, 'template'> & {template: number})[];
  workloads: ReadonlyMap<WorkloadId, WorkloadObject>;
  nodes: ReadonlyMap<NodeId, NodeObject>;
};
