// workloads.csv: one row for each owner that a pod names. As long as no controller says how many
// replicas it wants, the desired ones are those that nobody has wished away: created, and neither
// succeeded nor deleted. A pod that failed or was preempted is still desired, and missing.

import type {Time} from '../engine/time.ts';
import type {PodId} from '../objects/ids.ts';
import type {PodOutcome} from '../objects/pod-signals.ts';
import type {PodTemplate} from '../objects/pod-spec.ts';
import type {Census} from './census.ts';
import {ratioText} from './figures.ts';
import {roomFor} from './rows.ts';
import {optionalSecondsText, secondsText} from './seconds-text.ts';
import type {Cell, ResultTable} from './table.ts';
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
    const {signals} = world.store;
    signals.created.watch(pod => this.#create(pod));
    signals.ready.watch(pod => this.#becomeReady(pod));
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
    this.#recordOf(pod)?.change(this.#world.simulation.now, 1, 0);
  }

  #becomeReady(pod: PodId): void {
    if (this.#ready[pod] === 1) return;
    this.#ready[pod] = 1;
    this.#recordOf(pod)?.change(this.#world.simulation.now, 0, 1);
  }

  #end(pod: PodId, outcome: PodOutcome): void {
    const unwanted = outcome === 'succeeded' || outcome === 'deleted' ? 1 : 0;
    const record = this.#recordOf(pod);
    record?.change(this.#world.simulation.now, -unwanted, -this.#ready[pod]);
    this.#ready[pod] = 0;
  }

  #recordOf(pod: PodId): WorkloadRecord | undefined {
    const template = this.#world.store.pods.template(pod);
    if (template.owner === undefined) return undefined;
    const known = this.#byTemplate.get(template);
    if (known !== undefined) return known;
    const {namespace, owner} = template;
    const key = `${owner.kind}/${namespace}/${owner.name}`;
    const record =
      this.#byKey.get(key) ??
      new WorkloadRecord({...owner, namespace, created: this.#world.simulation.now});
    this.#byKey.set(key, record);
    this.#byTemplate.set(template, record);
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
