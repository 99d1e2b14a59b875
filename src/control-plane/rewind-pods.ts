// The pods as a copy of etcd has them, and the return to that. A pod that has another binding now
// than in the copy goes and comes back as a new one: no kubelet lets a pod run that is not bound to
// its node.

import type {Time} from '../engine/time.ts';
import type {NodeId, PodId, WorkloadId} from '../objects/ids.ts';
import type {Store} from '../objects/store.ts';
import {kindOf, type WorkloadOwner} from '../objects/workload-object.ts';
import type {PodRegistry} from './pod-registry.ts';
import type {Renumbered} from './rewind-table.ts';

export type CopiedPod = {
  readonly serial: number;
  readonly name: string;
  /** The template's number. */
  readonly template: number;
  readonly priority: number;
  readonly lifetime: Time | undefined;
  readonly owner: WorkloadId | undefined;
  readonly node: NodeId | undefined;
  readonly devices: number;
  readonly ended: boolean;
};

export function copyPods({pods}: Store): readonly CopiedPod[] {
  return [...pods.all()].map(pod => ({
    serial: pods.serial(pod),
    name: pods.name(pod),
    template: pods.templateId(pods.template(pod)),
    priority: pods.priority(pod),
    lifetime: pods.lifetime(pod),
    owner: pods.owner(pod),
    node: pods.node(pod),
    devices: pods.devices[pod],
    ended: pods.phase(pod) === 'Succeeded' || pods.phase(pod) === 'Failed',
  }));
}

type Numbers = {readonly owners: Renumbered; readonly nodes: Renumbered};

export class PodRewinding {
  readonly #clock: {readonly now: Time};
  readonly #store: Store;
  readonly #registry: PodRegistry;
  readonly #numbers: Numbers;

  constructor(
    parts: {clock: {readonly now: Time}; store: Store; registry: PodRegistry},
    numbers: Numbers,
  ) {
    this.#clock = parts.clock;
    this.#store = parts.store;
    this.#registry = parts.registry;
    this.#numbers = numbers;
  }

  rewind(copy: readonly CopiedPod[]): void {
    const {pods} = this.#store;
    const copied = new Map(copy.map(pod => [pod.serial, pod]));
    const kept = new Set<number>();
    for (const pod of [...pods.all()]) {
      const then = copied.get(pods.serial(pod));
      if (then !== undefined && this.#node(then) === pods.node(pod)) {
        kept.add(then.serial);
        this.#ownAgain(pod, then);
      } else this.#registry.confirmDeleted(pod);
    }
    for (const pod of copy) if (!kept.has(pod.serial) && !pod.ended) this.#bringBack(pod);
  }

  #bringBack(then: CopiedPod): void {
    const {pods, nodes, signals} = this.#store;
    const {now} = this.#clock;
    const {name, priority, lifetime} = then;
    const owner = this.#owner(then);
    const template = pods.templateOf(then.template);
    const pod = pods.create({name, template, priority, lifetime, owner}, now);
    signals.created.emit(pod);
    const node = this.#node(then);
    if (node === undefined || nodes.get(node) === undefined) return;
    pods.devices[pod] = then.devices;
    pods.bind(pod, node, now);
  }

  #ownAgain(pod: PodId, then: CopiedPod): void {
    const {pods} = this.#store;
    const owner = this.#owner(then);
    if (owner !== pods.owner(pod)) pods.setOwner(pod, this.#whole(owner), this.#clock.now);
  }

  #whole(owner: WorkloadId | undefined): WorkloadOwner | undefined {
    const object = owner === undefined ? undefined : this.#store.workloads.get(owner);
    if (owner === undefined || object === undefined) return undefined;
    return {id: owner, kind: kindOf(object), name: object.name};
  }

  #owner({owner}: CopiedPod): WorkloadId | undefined {
    return owner === undefined ? undefined : numberNow(this.#numbers.owners, owner);
  }

  #node({node}: CopiedPod): NodeId | undefined {
    return node === undefined ? undefined : numberNow(this.#numbers.nodes, node);
  }
}

function numberNow<Id extends number>(renumbered: Renumbered, id: Id): Id {
  return (renumbered.get(id) ?? id) as Id;
}
