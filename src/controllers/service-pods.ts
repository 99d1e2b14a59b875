// Which pods each Service selects, and whether what has just happened to a pod concerns its
// endpoints (es:util/controller_utils.go, podEndpointsChanged). Siblings share a template, so that
// selectors are asked once a template. Where there is no Service nothing is kept.

import type {PodTemplate} from '../objects/pod-spec.ts';
import {SelectorIndex} from '../objects/selector-index.ts';
import type {ServiceObject} from '../objects/service-object.ts';
import type {Address} from '../options/address.ts';
import {atItsEnd, type KnownPod} from './known-pod.ts';

export type ServiceId = number;

/** Pods of one template. */
type Group = {
  readonly template: PodTemplate;
  readonly pods: Set<KnownPod>;
  services: readonly ServiceId[];
};

/** A pod as it was when it was looked at last. */
type Seen = {
  readonly group: Group;
  readonly address: Address | undefined;
  readonly ready: boolean;
  readonly terminating: boolean;
};

const noServices: readonly ServiceId[] = [];

export class ServicePods {
  readonly #everyPod: () => Iterable<KnownPod>;
  readonly #services = new Map<ServiceId, ServiceObject>();
  readonly #selecting = new SelectorIndex<ServiceId>();
  readonly #groups = new Map<PodTemplate, Group>();
  readonly #groupsOf = new Map<ServiceId, Set<Group>>();
  readonly #seen = new Map<KnownPod, Seen>();
  /** All is to be looked at anew: the first Service has come, or all was restored. */
  #old = true;

  constructor(everyPod: () => Iterable<KnownPod>) {
    this.#everyPod = everyPod;
  }

  /** `undefined`: gone, or it selects no pods. */
  put(id: ServiceId, service: ServiceObject | undefined): void {
    const before = this.#services.get(id);
    if (service !== undefined && before?.selector === service.selector) {
      this.#services.set(id, service);
      return;
    }
    if (before !== undefined) this.#drop(id, before);
    if (service === undefined) return;
    this.#services.set(id, service);
    this.#file('add', id, service);
    if (this.#old) return;
    for (const group of this.#groups.values()) {
      if (selects(service, group.template)) this.#join(group, id);
    }
  }

  /** The Services whose endpoints may differ now. */
  follow(pod: KnownPod): readonly ServiceId[] {
    if (this.#services.size === 0) return noServices;
    this.#renew();
    const before = this.#seen.get(pod);
    const after = this.#look(pod);
    if (before === undefined) return counts(pod) ? after.group.services : noServices;
    const same = before.group === after.group;
    if (same && !differs(before, after)) return noServices;
    if (before.address === undefined && after.address === undefined) return noServices;
    if (same) return after.group.services;
    return inOrder(new Set([...before.group.services, ...after.group.services]));
  }

  forget(pod: KnownPod): readonly ServiceId[] {
    const before = this.#seen.get(pod);
    if (before === undefined) return noServices;
    this.#seen.delete(pod);
    this.#leave(before.group, pod);
    return before.address === undefined ? noServices : before.group.services;
  }

  /** Those that are endpoints, in the order of their creation. */
  podsOf(id: ServiceId): KnownPod[] {
    this.#renew();
    const found: KnownPod[] = [];
    for (const {pods} of this.#groupsOf.get(id) ?? []) {
      for (const pod of pods) if (counts(pod)) found.push(pod);
    }
    return found.sort((one, other) => one.serial - other.serial);
  }

  /** To be called when the pods are as they were. */
  restore(services: Iterable<readonly [ServiceId, ServiceObject]>): void {
    this.#services.clear();
    this.#selecting.clear();
    this.#old = true;
    for (const [id, service] of services) this.put(id, service);
    // Now, since what is seen of a pod has to be what it was before its next change.
    if (this.#services.size > 0) this.#renew();
  }

  #look(pod: KnownPod): Seen {
    const {template, address, ready, terminating} = pod;
    const before = this.#seen.get(pod)?.group;
    const group = before?.template === template ? before : this.#group(template);
    if (before !== group) {
      if (before !== undefined) this.#leave(before, pod);
      group.pods.add(pod);
    }
    const seen = {group, address, ready, terminating};
    this.#seen.set(pod, seen);
    return seen;
  }

  #group(template: PodTemplate): Group {
    const known = this.#groups.get(template);
    if (known !== undefined) return known;
    const group: Group = {template, pods: new Set(), services: noServices};
    this.#groups.set(template, group);
    for (const id of this.#selecting.candidates(template.namespace, template.labels)) {
      const service = this.#services.get(id);
      if (service !== undefined && selects(service, template)) this.#join(group, id);
    }
    return group;
  }

  #leave(group: Group, pod: KnownPod): void {
    group.pods.delete(pod);
    if (group.pods.size > 0) return;
    this.#groups.delete(group.template);
    for (const id of group.services) this.#groupsOf.get(id)?.delete(group);
  }

  #join(group: Group, id: ServiceId): void {
    group.services = inOrder([...group.services, id]);
    const groups = this.#groupsOf.get(id) ?? new Set();
    this.#groupsOf.set(id, groups.add(group));
  }

  #file(verb: 'add' | 'remove', id: ServiceId, {namespace, selector}: ServiceObject): void {
    if (selector !== undefined) this.#selecting[verb](id, {namespace, selector});
  }

  #drop(id: ServiceId, service: ServiceObject): void {
    this.#services.delete(id);
    this.#file('remove', id, service);
    for (const group of this.#groupsOf.get(id) ?? []) {
      group.services = group.services.filter(other => other !== id);
    }
    this.#groupsOf.delete(id);
    if (this.#services.size === 0) this.#old = true;
  }

  #renew(): void {
    if (!this.#old) return;
    this.#old = false;
    this.#groups.clear();
    this.#groupsOf.clear();
    this.#seen.clear();
    for (const pod of this.#everyPod()) this.#look(pod);
  }
}

function inOrder(ids: Iterable<ServiceId>): ServiceId[] {
  return [...ids].sort((one, other) => one - other);
}

/** As ShouldPodBeInEndpoints, with those that are being deleted. */
function counts(pod: KnownPod): boolean {
  return pod.address !== undefined && !atItsEnd(pod);
}

function differs(before: Seen, after: Seen): boolean {
  const {address, ready, terminating} = before;
  return address !== after.address || ready !== after.ready || terminating !== after.terminating;
}

function selects({namespace, selector}: ServiceObject, template: PodTemplate): boolean {
  if (selector === undefined || namespace !== template.namespace) return false;
  for (const [key, value] of selector) if (template.labels.get(key) !== value) return false;
  return true;
}
