// The Pod objects that etcd holds: a row of numbers each, and the template that siblings share. The
// Kubernetes object is made when somebody looks. A number is used again once its pod was deleted
// and every watch has seen that.

import type {Time} from '../engine/time.ts';
import type {CauseId} from './causes.ts';
import {ChangeLog} from './change-log.ts';
import {type Disruption, disruptionOf, numberOfDisruption} from './disruption.ts';
import {FreeNumbers} from './free-numbers.ts';
import type {NodeId, PodId, WorkloadId} from './ids.ts';
import {optional, PodColumns} from './pod-columns.ts';
import {endOfNumber, type PodEnd} from './pod-end.ts';
import type {Deletion, NewPod, PodChange, PodPhase} from './pod-row.ts';
import {phases, podChanges} from './pod-row.ts';
import type {PodTemplate} from './pod-spec.ts';
import {PodTemplates} from './pod-templates.ts';
import {PodsByNode} from './pods-by-node.ts';
import type {WorkloadOwner} from './workload-object.ts';

export type {NewPod, PodChange, PodPhase} from './pod-row.ts';

/** As an operand of the log: no owner. */
export const noOwner = -1;
const absent = -1;

export class PodTable {
  readonly log = new ChangeLog<PodChange, PodTemplate>(podChanges);
  readonly #rows = new PodColumns();
  #names: string[] = [];
  readonly #templates = new PodTemplates();
  /** Who has not heard of a pod's deletion keeps its number from being used again. */
  readonly numbers = new FreeNumbers<PodId>();
  readonly #byNode = new PodsByNode();
  /** Pods created so far; each pod's serial is its number in this order, for ever. */
  created = 0;
  /** Pods that exist now. */
  count = 0;

  constructor() {
    this.log.onDropped((kind, pod) => {
      if (kind === 'deleted') this.numbers.add(pod as PodId);
    });
  }

  create({name, template, priority, lifetime, owner}: NewPod, now: Time): PodId {
    const pod = this.numbers.take() ?? (this.#rows.add() as PodId);
    const rows = this.#rows;
    rows.clear(pod);
    rows.template[pod] = this.templateId(template);
    rows.serial[pod] = this.created++;
    rows.priority[pod] = priority;
    rows.created[pod] = now;
    rows.lifetime[pod] = lifetime ?? absent;
    rows.owner[pod] = owner ?? noOwner;
    rows.cause[pod] = this.log.source.cause;
    this.#names[pod] = name;
    this.count++;
    this.log.append(now, 'created', pod, owner ?? noOwner, template);
    return pod;
  }

  bind(pod: PodId, node: NodeId, now: Time): void {
    this.#rows.node[pod] = node;
    this.#byNode.add(pod, node);
    this.#rows.nominated[pod] = absent;
    this.log.append(now, 'bound', pod, node);
  }

  nominate(pod: PodId, node: NodeId | undefined, now: Time): void {
    this.#rows.nominated[pod] = node ?? absent;
    this.log.append(now, 'nominated', pod, node ?? absent);
  }

  start(pod: PodId, now: Time): void {
    this.#rows.started[pod] = now;
    this.#rows.phase[pod] = 1;
    this.log.append(now, 'started', pod, this.#rows.address[pod] | 0);
  }

  becomeReady(pod: PodId, now: Time): void {
    this.#rows.ready[pod] = 1;
    this.#rows.readySince[pod] = now;
    this.log.append(now, 'ready', pod, this.#rows.address[pod] | 0);
  }

  becomeUnready(pod: PodId, now: Time): void {
    this.#rows.ready[pod] = 0;
    this.log.append(now, 'unready', pod);
  }

  /** One of its containers was started again. */
  restart(pod: PodId, now: Time): void {
    this.#rows.restarts[pod]++;
    this.log.append(now, 'restarted', pod, this.#rows.restarts[pod]);
  }

  /** `how` it failed, as `endNumber`. */
  end(pod: PodId, phase: 'Succeeded' | 'Failed', now: Time, how = 0): void {
    this.#rows.phase[pod] = phases.indexOf(phase);
    this.#rows.ready[pod] = 0;
    this.#rows.end[pod] = how;
    this.log.append(now, 'ended', pod, how);
  }

  /** Sets the deletion timestamp. */
  terminate(pod: PodId, {deadline, disruption}: Deletion, now: Time): void {
    this.#rows.deletion[pod] = deadline;
    this.#rows.grace[pod] = deadline - now;
    if (disruption !== undefined) this.disrupt(pod, disruption);
    this.log.append(now, 'terminating', pod, numberOfDisruption(disruption));
  }

  /** Sets the condition DisruptionTarget with whatever else is stored; its first reason stays. */
  disrupt(pod: PodId, disruption: Disruption): void {
    const number = numberOfDisruption(disruption);
    if (this.#rows.disruption[pod] === 0) this.#rows.disruption[pod] = number;
  }

  replaceTemplate(pod: PodId, template: PodTemplate, now: Time): void {
    this.#rows.template[pod] = this.templateId(template);
    this.log.append(now, 'updated', pod, this.#rows.owner[pod], template);
  }

  /** Its owner reference; without one it stays when its owner goes. */
  setOwner(pod: PodId, owner: WorkloadOwner | undefined, now: Time): void {
    this.#rows.owner[pod] = owner?.id ?? noOwner;
    const reference = owner && {kind: owner.kind, name: owner.name};
    this.replaceTemplate(pod, {...this.template(pod), owner: reference}, now);
  }

  delete(pod: PodId, now: Time): void {
    this.#rows.serial[pod] = absent;
    const node = this.#rows.node[pod];
    if (node !== absent) this.#byNode.remove(pod, node);
    this.count--;
    this.log.append(now, 'deleted', pod);
    this.log.trim();
  }

  /** A number may outlive its pod: compare serials to know whether it is still the same one. */
  exists(pod: PodId): boolean {
    return this.#rows.serial[pod] !== absent;
  }

  serial(pod: PodId): number {
    return this.#rows.serial[pod];
  }

  name(pod: PodId): string {
    return this.#names[pod];
  }

  template(pod: PodId): PodTemplate {
    return this.#templates.of(this.#rows.template[pod]);
  }

  /** As `templateId` of its template, without a search. */
  templateIdOf(pod: PodId): number {
    return this.#rows.template[pod];
  }

  namespace(pod: PodId): string {
    return this.template(pod).namespace;
  }

  priority(pod: PodId): number {
    return this.#rows.priority[pod];
  }

  createdAt(pod: PodId): Time {
    return this.#rows.created[pod];
  }

  startedAt(pod: PodId): Time | undefined {
    return optional(this.#rows.started[pod]);
  }

  /** The condition Ready. */
  ready(pod: PodId): boolean {
    return this.#rows.ready[pod] === 1;
  }

  /** When the condition Ready last became true; `undefined` while it is not. */
  readySince(pod: PodId): Time | undefined {
    return this.ready(pod) ? this.#rows.readySince[pod] : undefined;
  }

  /** Of all its containers together. */
  restarts(pod: PodId): number {
    return this.#rows.restarts[pod];
  }

  /** `status.podIP` by pod, of the sandbox that its kubelet told of last; 0 for none. */
  get addresses(): Uint32Array {
    return this.#rows.address;
  }

  /** Its node's devices that it has, one bit each; stored with the binding. */
  get devices(): Uint32Array {
    return this.#rows.devices;
  }

  lifetime(pod: PodId): Time | undefined {
    return optional(this.#rows.lifetime[pod]);
  }

  node(pod: PodId): NodeId | undefined {
    return optional(this.#rows.node[pod]) as NodeId | undefined;
  }

  nominatedNode(pod: PodId): NodeId | undefined {
    return optional(this.#rows.nominated[pod]) as NodeId | undefined;
  }

  owner(pod: PodId): WorkloadId | undefined {
    return optional(this.#rows.owner[pod]) as WorkloadId | undefined;
  }

  phase(pod: PodId): PodPhase {
    return phases[this.#rows.phase[pod]];
  }

  /** How it failed, for one that did. */
  howEnded(pod: PodId): PodEnd {
    return endOfNumber(this.#rows.end[pod]);
  }

  terminating(pod: PodId): boolean {
    return this.#rows.deletion[pod] !== absent;
  }

  /** When its grace period ends. */
  deletionDeadline(pod: PodId): Time | undefined {
    return optional(this.#rows.deletion[pod]);
  }

  /** Of one that is being deleted: the deletion's own, or else what its spec says. */
  deletionGrace(pod: PodId): Time {
    return this.#rows.grace[pod];
  }

  /** Why it is deleted, where nobody wished it away. */
  disruption(pod: PodId): Disruption | undefined {
    return disruptionOf(this.#rows.disruption[pod]);
  }

  /** What its creation goes back to. */
  cause(pod: PodId): CauseId {
    return this.#rows.cause[pod] as CauseId;
  }

  /** Those bound to a node, in the order of their creation. */
  on(node: NodeId): PodId[] {
    const pods = [...this.#byNode.on(node)] as PodId[];
    return pods.sort((one, other) => this.serial(one) - this.serial(other));
  }

  /** All pods that exist, by number. */
  *all(): Generator<PodId> {
    for (let pod = 0; pod < this.#rows.length; pod++) {
      if (this.exists(pod as PodId)) yield pod as PodId;
    }
  }

  /** Registers a template, so that a saved run knows it by number. */
  templateId(template: PodTemplate): number {
    return this.#templates.id(template);
  }

  templateOf(id: number): PodTemplate {
    return this.#templates.of(id);
  }

  save() {
    return {
      columns: this.#rows.save(),
      names: this.#names.slice(),
      templates: this.#templates.save(),
      numbers: this.numbers.save(),
      created: this.created,
      count: this.count,
      log: this.log.save(),
    };
  }

  restore(saved: SavedPods): void {
    this.#rows.restore(saved.columns);
    this.#names = saved.names.slice();
    this.#templates.restore(saved.templates);
    this.numbers.restore(saved.numbers);
    this.created = saved.created;
    this.count = saved.count;
    this.log.restore(saved.log);
    this.#byNode.clear();
    const {node} = this.#rows;
    for (const pod of this.all()) if (node[pod] !== absent) this.#byNode.add(pod, node[pod]);
  }
}

export type SavedPods = ReturnType<PodTable['save']>;
