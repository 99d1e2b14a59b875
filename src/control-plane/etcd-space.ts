// How much etcd stores, against its quota (--quota-backend-bytes). Above it etcd raises the alarm
// NOSPACE: it stores nothing more and only deletes. It is over with the first compaction that finds
// less than the quota, as if somebody had freed the space and lifted the alarm just then.
//
// It is measured when so much has been written since that it might be too much by now.

import type {EventKind, Simulation} from '../engine/simulation.ts';
import {minute, type Time} from '../engine/time.ts';
import {type CauseId, noCause} from '../objects/causes.ts';
import {jsonBytes} from '../objects/json-bytes.ts';
import type {ObjectTable} from '../objects/object-table.ts';
import type {PodTemplate} from '../objects/pod-spec.ts';
import type {Store} from '../objects/store.ts';
import type {Etcd} from './etcd.ts';

/** As an API server compacts (--etcd-compaction-interval). */
const compaction: Time = 5 * minute;

/** Names, identifiers, times, managed fields and a status. */
const rest = {pod: 2048, node: 4096, other: 1024};

/** What one write may add at most: etcd's --max-request-bytes, and what is counted on top. */
const largest = 1.5 * 2 ** 20 + rest.node;

export type EtcdSpaceParts = {
  readonly simulation: Simulation;
  readonly store: Store;
  readonly etcd: Etcd;
  readonly quota: number;
};

export class EtcdSpace {
  readonly #parts: EtcdSpaceParts;
  readonly #compacted: EventKind;
  readonly #templates = new WeakMap<PodTemplate, number>();
  readonly #specs = new WeakMap<object, number>();
  /** Writes that certainly fit. */
  #left = 0;
  #alarm: CauseId | undefined;

  constructor(parts: EtcdSpaceParts) {
    this.#parts = parts;
    const {simulation, store} = parts;
    this.#compacted = simulation.event('etcd.compacted', () => this.#compact());
    const written = () => {
      if (--this.#left < 0) this.#look();
    };
    store.signals.created.watch(written);
    for (const table of [store.nodes, store.workloads, store.configs, ...this.#small()]) {
      table.written.watch(written);
    }
    simulation.part('control-plane.etcd-space', this);
  }

  /** All that is stored. */
  get bytes(): number {
    const {pods, nodes, workloads, configs} = this.#parts.store;
    let bytes = nodes.count * rest.node;
    for (const pod of pods.all()) bytes += this.#podBytes(pods.template(pod));
    for (const [, {spec}] of workloads.all()) bytes += rest.other + this.#specBytes(spec);
    for (const [, config] of configs.all()) bytes += rest.other + config.bytes;
    for (const table of this.#small()) bytes += table.count * rest.other;
    return bytes;
  }

  /** Objects that are few and short. */
  #small(): ObjectTable<unknown>[] {
    const {namespaces, priorityClasses, services, budgets, quotas, limitRanges} = this.#parts.store;
    const tables = [namespaces, priorityClasses, services, budgets, quotas, limitRanges];
    return tables as ObjectTable<unknown>[];
  }

  #specBytes(spec: object): number {
    const known = this.#specs.get(spec);
    if (known !== undefined) return known;
    const bytes = jsonBytes(spec);
    this.#specs.set(spec, bytes);
    return bytes;
  }

  #podBytes(template: PodTemplate): number {
    const known = this.#templates.get(template);
    if (known !== undefined) return known;
    const {labels, annotations, spec} = template;
    const bytes = rest.pod + jsonBytes({labels, annotations, spec});
    this.#templates.set(template, bytes);
    return bytes;
  }

  #look(): void {
    if (this.#alarm !== undefined) return;
    const {quota} = this.#parts;
    const {bytes} = this;
    if (bytes > quota) this.#raise();
    else this.#left = Math.floor((quota - bytes) / largest);
  }

  /** Whatever was one too many: what goes wrong from here on goes back to this alone. */
  #raise(): void {
    const {simulation, store, etcd} = this.#parts;
    const before = simulation.cause;
    simulation.cause = noCause;
    this.#alarm = store.causes.begin({origin: 'itself', kind: 'etcd-quota', target: 'etcd'});
    this.#expectCompaction();
    etcd.fill(true);
    simulation.cause = before;
  }

  #expectCompaction(): void {
    const {now} = this.#parts.simulation;
    this.#compacted.at((Math.floor(now / compaction) + 1) * compaction);
  }

  #compact(): void {
    const {store, etcd, quota} = this.#parts;
    if (this.#alarm === undefined || this.bytes > quota) return this.#expectCompaction();
    store.causes.end(this.#alarm);
    this.#alarm = undefined;
    this.#left = 0;
    etcd.fill(false);
  }

  save() {
    return {left: this.#left, alarm: this.#alarm};
  }

  restore({left, alarm}: ReturnType<EtcdSpace['save']>): void {
    this.#left = left;
    this.#alarm = alarm;
  }
}
