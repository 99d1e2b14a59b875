// Finds the record of the workload that a pod belongs to, once for each pod; makes it with the
// workload's first pod.

import type {PodId, WorkloadId} from '../objects/ids.ts';
import type {PodTemplate} from '../objects/pod-spec.ts';
import {roomFor} from './rows.ts';
import {replicasWanted, topOwner} from './top-owner.ts';
import {WorkloadRecord} from './workload-record.ts';
import type {World} from './world.ts';

export class WorkloadBook {
  readonly #world: World;
  #records: WorkloadRecord[] = [];
  readonly #byKey = new Map<string, WorkloadRecord>();
  // Only to find it without building the key; not part of the state.
  readonly #byTemplate = new Map<PodTemplate, WorkloadRecord>();
  // By PodId: the record's number plus 1.
  #ofPod = new Int32Array(64);

  constructor(world: World) {
    this.#world = world;
    world.simulation.part('metrics.workload-book', this);
  }

  /** In the order in which their first pods were created. */
  get records(): readonly WorkloadRecord[] {
    return this.#records;
  }

  /** Of the pod, as it was assigned last. */
  of(pod: PodId): WorkloadRecord | undefined {
    const number = this.#ofPod[pod];
    return number > 0 ? this.#records[number - 1] : undefined;
  }

  /** Of a workload that no other owns, if it has had a pod. */
  ofWorkload(id: WorkloadId): WorkloadRecord | undefined {
    return this.#byKey.get(this.#world.store.workloads.nameOf(id));
  }

  /** A new pod, or one that has another owner now. */
  assign(pod: PodId): WorkloadRecord | undefined {
    const record = this.find(pod);
    this.#ofPod = roomFor(this.#ofPod, pod);
    this.#ofPod[pod] = record === undefined ? 0 : record.index + 1;
    return record;
  }

  save() {
    return {records: this.#records.map(record => record.save()), ofPod: this.#ofPod};
  }

  restore(saved: ReturnType<WorkloadBook['save']>): void {
    this.#byTemplate.clear();
    this.#byKey.clear();
    this.#records = saved.records.map((record, index) => WorkloadRecord.from(record, index));
    for (const record of this.#records) this.#byKey.set(keyOf(record), record);
    this.#ofPod = saved.ofPod;
  }

  /** By the owner that it has now. */
  find(pod: PodId): WorkloadRecord | undefined {
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
    const object = top === undefined ? undefined : this.#world.store.workloads.get(top);
    const wanted = object && replicasWanted(object);
    const identity = {kind, namespace, name, created: now, declared: wanted !== undefined};
    const record = new WorkloadRecord(identity, this.#records.length);
    this.#records.push(record);
    this.#byKey.set(key, record);
    if (wanted !== undefined) record.change(now, {desired: wanted, ready: 0, alive: 0});
    return record;
  }
}

function keyOf({identity: {kind, namespace, name}}: WorkloadRecord): string {
  return `${kind}/${namespace}/${name}`;
}
