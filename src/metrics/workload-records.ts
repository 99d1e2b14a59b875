// workloads.csv: one row for each workload that a pod belongs to. Desired are as many replicas as
// its object says. Where it says nothing (a Job, a DaemonSet, an owner without controller), they
// are the pods that nobody has wished away: created, and neither succeeded nor deleted. A pod that
// failed or was preempted is still desired, and missing.

import type {Time} from '../engine/time.ts';
import type {PodId, WorkloadId} from '../objects/ids.ts';
import type {PodOutcome} from '../objects/pod-signals.ts';
import type {PodTemplate} from '../objects/pod-spec.ts';
import type {Census} from './census.ts';
import {ratioText} from './figures.ts';
import {roomFor} from './rows.ts';
import {optionalSecondsText, secondsText} from './seconds-text.ts';
import type {Cell, ResultTable} from './table.ts';
import {replicasWanted, topOwner} from './top-owner.ts';
import {WorkloadRecord} from './workload-record.ts';
import type {World} from './world.ts';

export class WorkloadRecords {
  readonly #world: World;
  readonly #byKey = new Map<string, WorkloadRecord>();
  // Only to find it without building the key; not part of the state.
  readonly #byTemplate = new Map<PodTemplate, WorkloadRecord>();
  #ready = new Uint8Array(64);

  constructor(world: World, census: Census) {
    this.#world = world;
    const {signals, workloadSignals} = world.store;
    signals.created.watch(pod => this.#create(pod));
    signals.ready.watch(pod => this.#becomeReady(pod));
    signals.unready.watch(pod => this.#becomeUnready(pod));
    workloadSignals.created.watch(id => this.#declare(id));
    workloadSignals.scaled.watch((id, from, to) => this.#wish(id, to - from));
    workloadSignals.deleted.watch(id => this.#withdraw(id));
    census.over.watch((pod, outcome) => this.#end(pod, outcome));
    world.simulation.part('metrics.workloads', this);
  }

  get count(): number {
    return this.#byKey.size;
  }

  table(end: Time): ResultTable {
    return {file: 'workloads.csv', columns, long: true, rows: () => this.#rows(end)};
  }

  save() {
    return {
      workloads: [...this.#byKey].map(([key, record]) => [key, record.save()] as const),
      ready: this.#ready,
    };
  }

  restore(saved: ReturnType<WorkloadRecords['save']>): void {
    this.#byKey.clear();
    this.#byTemplate.clear();
    for (const [key, record] of saved.workloads) this.#byKey.set(key, WorkloadRecord.from(record));
    this.#ready = saved.ready;
  }

  #create(pod: PodId): void {
    this.#ready = roomFor(this.#ready, pod);
    this.#ready[pod] = 0;
    const record = this.#recordOf(pod);
    const desired = record?.identity.declared === true ? 0 : 1;
    record?.change(this.#world.simulation.now, desired, 0);
  }

  #becomeReady(pod: PodId): void {
    if (this.#ready[pod] === 1) return;
    this.#ready[pod] = 1;
    this.#recordOf(pod)?.change(this.#world.simulation.now, 0, 1);
  }

  #becomeUnready(pod: PodId): void {
    if (this.#ready[pod] === 0) return;
    this.#ready[pod] = 0;
    this.#recordOf(pod)?.change(this.#world.simulation.now, 0, -1);
  }

  /** An object may come again under the name of one that is gone. */
  #declare(id: WorkloadId): void {
    this.#wish(id, replicasWanted(this.#world.store.workloads.get(id)) ?? 0);
  }

  #withdraw(id: WorkloadId): void {
    this.#wish(id, -(replicasWanted(this.#world.store.workloads.get(id)) ?? 0));
  }

  #wish(id: WorkloadId, change: number): void {
    const record = this.#byKey.get(this.#world.store.workloads.nameOf(id));
    if (record?.identity.declared) record.change(this.#world.simulation.now, change, 0);
  }

  #end(pod: PodId, outcome: PodOutcome): void {
    const record = this.#recordOf(pod);
    const gone = outcome === 'succeeded' || outcome === 'deleted';
    const unwanted = gone && record?.identity.declared !== true ? 1 : 0;
    record?.change(this.#world.simulation.now, -unwanted, -this.#ready[pod]);
    this.#ready[pod] = 0;
  }

  #recordOf(pod: PodId): WorkloadRecord | undefined {
    const template = this.#world.store.pods.template(pod);
    if (template.owner === undefined) return undefined;
    const known = this.#byTemplate.get(template);
    if (known !== undefined) return known;
    const {workloads} = this.#world.store;
    const top = topOwner(this.#world.store, pod);
    const {kind, name} = template.owner;
    const key = top === undefined ? `${kind}/${template.namespace}/${name}` : workloads.nameOf(top);
    const record = this.#byKey.get(key) ?? this.#newRecord(key, top);
    this.#byTemplate.set(template, record);
    return record;
  }

  #newRecord(key: string, top: WorkloadId | undefined): WorkloadRecord {
    const {now} = this.#world.simulation;
    const [kind, namespace, name] = key.split('/');
    const wanted =
      top === undefined ? undefined : replicasWanted(this.#world.store.workloads.get(top));
    const declared = wanted !== undefined;
    const record = new WorkloadRecord({kind, namespace, name, created: now, declared});
    this.#byKey.set(key, record);
    if (declared) record.change(now, wanted, 0);
    return record;
  }

  // In the order in which their first pods were created.
  *#rows(end: Time): Generator<Cell[]> {
    for (const record of this.#byKey.values()) yield row(record, end);
  }
}

function row(record: WorkloadRecord, end: Time): Cell[] {
  const {kind, namespace, name, created} = record.identity;
  const wanted = record.wanted.integral(end);
  const any = record.any.integral(end);
  const seen = record.firstReady !== undefined;
  return [
    kind,
    namespace,
    name,
    ratioText(record.desired.integral(end), end - created),
    ratioText(any, wanted),
    ratioText(record.all.integral(end), wanted),
    seen ? secondsText(Number(wanted - any)) : undefined,
    optionalSecondsText(record.firstReady === undefined ? undefined : record.firstReady - created),
    seen ? record.outages : undefined,
    seen ? ratioText(record.lost.integral(end), 1_000_000) : undefined,
  ];
}

/**
 * `desired_mean`: from the first pod's creation to the end. `available_any` and `available_all`:
 * the shares of the time, from the first ready pod and while any is desired, with at least one, or
 * all desired, ready. `downtime`: seconds of that time with none; `outages`: how many times that
 * came to be. `lost_replica_seconds`: the integral of what was desired and not ready over the same
 * time.
 */
const columns = [
  'kind',
  'namespace',
  'name',
  'desired_mean',
  'available_any',
  'available_all',
  'downtime',
  'time_to_first_ready',
  'outages',
  'lost_replica_seconds',
];
