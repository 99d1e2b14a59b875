// What a stored request does to a workload: the API server's rules for generations, resource
// versions and deletion, without any delay. The one place that writes workloads.

import type {Time} from '../engine/time.ts';
import {unreachable} from '../engine/unreachable.ts';
import type {ApiOutcome} from '../objects/api-client.ts';
import type {WorkloadId} from '../objects/ids.ts';
import {countsAs} from '../objects/quota-counts.ts';
import type {Store} from '../objects/store.ts';
import type {WorkloadObject} from '../objects/workload-object.ts';
import type {
  NewWorkload,
  Propagation,
  WorkloadChange,
  WorkloadRequest,
} from '../objects/workload-request.ts';
import {namespaceRefusal} from './admission/namespace-lifecycle.ts';
import {chargeObject} from './admission/resource-quota.ts';
import {emptyStatus} from './empty-status.ts';
import {tellOfNew, tellOfSpec, tellOfStatus} from './rollout-signals.ts';

export class WorkloadRegistry {
  readonly #clock: {readonly now: Time};
  readonly #store: Store;

  constructor(clock: {readonly now: Time}, store: Store) {
    this.#clock = clock;
    this.#store = store;
  }

  perform(request: WorkloadRequest): ApiOutcome {
    if (request.verb === 'create') return this.#tryToCreate(request.object);
    const {workload} = request;
    const current = this.#store.workloads.get(workload);
    if (current === undefined) return 'not-found';
    switch (request.verb) {
      case 'update':
        return this.#update(workload, current, request);
      case 'update-status':
        if (request.version !== current.version) return 'conflict';
        this.#replace(workload, {...current, status: request.status} as WorkloadObject);
        tellOfStatus(this.#store.workloadSignals, workload, current, request.status);
        return 'ok';
      case 'delete':
        return this.#delete(workload, current, request.propagation);
      case 'release':
        this.#replace(workload, {...current, owner: undefined});
        return 'ok';
      case 'finalize':
        if (current.finalizer !== undefined) this.#remove(workload);
        return 'ok';
      default:
        return unreachable(request);
    }
  }

  create(object: NewWorkload): WorkloadId {
    const {workloads, workloadSignals} = this.#store;
    const {now} = this.#clock;
    const whole = {
      ...object,
      serial: workloads.length,
      generation: 1,
      version: 1,
      createdAt: now,
      deletedAt: undefined,
      finalizer: undefined,
      status: emptyStatus(object),
    } as WorkloadObject;
    const workload = workloads.add(whole, now);
    tellOfNew(workloadSignals, workload, whole);
    return workload;
  }

  #tryToCreate(object: NewWorkload): ApiOutcome {
    const kind = object.kind === 'uncontrolled' ? object.as : object.kind;
    const name = `${kind}/${object.namespace}/${object.name}`;
    if (namespaceRefusal(this.#store, object.namespace) !== undefined) return 'forbidden';
    if (this.#store.workloads.id(name) !== undefined) return 'conflict';
    const charge = {namespace: object.namespace, names: countsAs(kind), now: this.#clock.now};
    if (!chargeObject(this.#store, charge)) return 'forbidden';
    this.create(object);
    return 'ok';
  }

  #update(
    workload: WorkloadId,
    current: WorkloadObject,
    {version, spec, labels, annotations}: WorkloadChange,
  ): ApiOutcome {
    if (version !== undefined && version !== current.version) return 'conflict';
    const next = {
      ...current,
      labels: labels ?? current.labels,
      annotations: annotations ?? current.annotations,
      spec: {...current.spec, ...spec},
      generation: current.generation + (spec === undefined ? 0 : 1),
    } as WorkloadObject;
    this.#replace(workload, next);
    tellOfSpec(this.#store.workloadSignals, workload, {before: current, after: next});
    return 'ok';
  }

  // As registry/generic: background deletion removes at once, the other two leave a finalizer to
  // the garbage collector. A second deletion does not change how the first is done.
  #delete(workload: WorkloadId, current: WorkloadObject, propagation: Propagation): ApiOutcome {
    if (current.deletedAt !== undefined) return 'ok';
    if (propagation === 'background') {
      this.#remove(workload);
      return 'ok';
    }
    const deletedAt = this.#clock.now;
    this.#replace(workload, {...current, deletedAt, finalizer: propagation});
    return 'ok';
  }

  #remove(workload: WorkloadId): void {
    this.#store.workloadSignals.deleted.emit(workload);
    this.#store.workloads.delete(workload, this.#clock.now);
  }

  #replace(workload: WorkloadId, next: WorkloadObject): void {
    const {workloads} = this.#store;
    workloads.replace(workload, {...next, version: next.version + 1}, this.#clock.now);
  }
}
