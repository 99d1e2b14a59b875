// Copies of what etcd holds, and the return to one of them. The difference is written as ordinary
// changes, so that everybody who watches reacts as to any other; machines stay as they are.
//
// Simplified: a pod with the binding that it had keeps the status and the deletion that it has now,
// as its kubelet would report them anyway; a pod that had ended and is gone does not come back.

import type {Simulation} from '../engine/simulation.ts';
import type {Machines} from '../machines/machines.ts';
import type {NodeId, WorkloadId} from '../objects/ids.ts';
import type {NodeObject} from '../objects/node-spec.ts';
import type {ObjectTable} from '../objects/object-table.ts';
import type {Store} from '../objects/store.ts';
import type {WorkloadObject} from '../objects/workload-object.ts';
import type {PodRegistry} from './pod-registry.ts';
import {type CopiedPod, copyPods, PodRewinding} from './rewind-pods.ts';
import {type CopiedTable, copyTable, type Renumbered, rewindTable} from './rewind-table.ts';
import {tellOfSpec} from './rollout-signals.ts';

/** Objects that nothing else follows from. */
const plainTables = [
  ...(['priorityClasses', 'namespaces', 'services', 'configs', 'budgets'] as const),
  ...(['endpoints', 'endpointSlices', 'ingresses', 'ingressClasses'] as const),
] as const;

type Snapshot = {
  readonly plain: readonly CopiedTable<unknown>[];
  readonly nodes: CopiedTable<NodeObject>;
  readonly workloads: CopiedTable<WorkloadObject>;
  readonly pods: readonly CopiedPod[];
};

export type SnapshotParts = {
  readonly simulation: Simulation;
  readonly store: Store;
  readonly machines: Machines;
  readonly registry: PodRegistry;
};

export class EtcdSnapshots {
  readonly #parts: SnapshotParts;
  #snapshots = new Map<string, Snapshot>();

  constructor(parts: SnapshotParts) {
    this.#parts = parts;
    parts.simulation.part('control-plane.snapshots', this);
  }

  has(name: string): boolean {
    return this.#snapshots.has(name);
  }

  take(name: string): void {
    const {store} = this.#parts;
    this.#snapshots.set(name, {
      plain: this.#plainTables().map(table => copyTable(table)),
      nodes: copyTable(store.nodes as ObjectTable<NodeObject>),
      workloads: copyTable(store.workloads as ObjectTable<WorkloadObject>),
      pods: copyPods(store),
    });
  }

  /** Does nothing without such a copy. */
  rewindTo(name: string): void {
    const snapshot = this.#snapshots.get(name);
    if (snapshot === undefined) return;
    const {simulation, store, registry} = this.#parts;
    const deleting = () => undefined;
    for (const [i, table] of this.#plainTables().entries()) {
      rewindTable(table, snapshot.plain[i], simulation.now, {deleting});
    }
    const nodes = this.#rewindNodes(snapshot.nodes);
    const owners = this.#rewindWorkloads(snapshot.workloads);
    const parts = {clock: simulation, store, registry};
    new PodRewinding(parts, {owners, nodes}).rewind(snapshot.pods);
  }

  save(): ReadonlyMap<string, Snapshot> {
    return this.#snapshots;
  }

  restore(saved: ReadonlyMap<string, Snapshot>): void {
    this.#snapshots = new Map(saved);
  }

  #plainTables(): ObjectTable<unknown>[] {
    return plainTables.map(name => this.#parts.store[name] as ObjectTable<unknown>);
  }

  // What kubelets and the node controller report stays. A node that was added since is there again
  // as soon as its kubelet is; of one that was removed since nothing but its object comes back.
  #rewindNodes(copy: CopiedTable<NodeObject>): Renumbered {
    const {simulation, store, machines} = this.#parts;
    const {changed} = store.nodeSignals;
    return rewindTable(store.nodes as ObjectTable<NodeObject>, copy, simulation.now, {
      written: (copied, current = copied) => ({...copied, conditions: current.conditions}),
      replaced: (id, before, after) => changed.emit(id as NodeId, before, after),
      added: (id, node) => {
        changed.emit(id as NodeId, undefined, node);
        machines.withoutPower.take(id as NodeId);
      },
    });
  }

  #rewindWorkloads(copy: CopiedTable<WorkloadObject>): Renumbered {
    const {simulation, store} = this.#parts;
    const signals = store.workloadSignals;
    return rewindTable(store.workloads as ObjectTable<WorkloadObject>, copy, simulation.now, {
      written: (copied, current, renumbered) => ({
        ...copied,
        owner: ownerNow(copied, renumbered),
        version: 1 + (current ?? copied).version,
      }),
      isStale: ({owner}, renumbered) => owner !== undefined && renumbered.has(owner.id),
      added: id => signals.created.emit(id as WorkloadId),
      replaced: (id, before, after) => tellOfSpec(signals, id as WorkloadId, {before, after}),
      deleting: id => signals.deleted.emit(id as WorkloadId),
    });
  }
}

function ownerNow({owner}: WorkloadObject, renumbered: Renumbered): WorkloadObject['owner'] {
  if (owner === undefined) return undefined;
  return {...owner, id: (renumbered.get(owner.id) ?? owner.id) as WorkloadId};
}
