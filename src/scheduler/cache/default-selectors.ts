// The selector that the default spread constraints count by: those of the Services that select a
// pod and of its controller, merged (kube-scheduler's helper.DefaultSelector,
// pkg/scheduler/framework/plugins/helper/spread.go).

import type {LabelSelector, Labels} from '../../objects/labels.ts';
import {equalitySelector, labelsMatch} from '../../objects/labels.ts';
import type {PodTemplate} from '../../objects/pod-spec.ts';
import {SelectorIndex} from '../../objects/selector-index.ts';

/** The controllers that lend their selector; a Job or DaemonSet does not. */
const lenders = new Set(['ReplicationController', 'ReplicaSet', 'StatefulSet']);

export class DefaultSelectors {
  #services = new Map<string, SelectingService>();
  readonly #selecting = new SelectorIndex<string>();
  #owners = new Map<string, LabelSelector>();
  #merged = new Map<PodTemplate, LabelSelector | undefined>();

  /** A Service without selector selects no pod. */
  setService(namespace: string, name: string, pairs: Labels | undefined): void {
    const key = `${namespace}/${name}`;
    const before = this.#services.get(key);
    if (before !== undefined) this.#selecting.remove(key, {namespace, selector: before.pairs});
    if (pairs === undefined || pairs.size === 0) this.#services.delete(key);
    else {
      this.#services.set(key, {namespace, pairs, selector: equalitySelector(pairs)});
      this.#selecting.add(key, {namespace, selector: pairs});
    }
    this.#merged = new Map();
  }

  setOwner(
    owner: {kind: string; namespace: string; name: string},
    selector: LabelSelector | undefined,
  ): void {
    const key = ownerKey(owner);
    if (selector === undefined) this.#owners.delete(key);
    else this.#owners.set(key, selector);
    this.#merged = new Map();
  }

  /** `undefined` when nothing selects the pod: then the default constraints do not apply. */
  of(template: PodTemplate): LabelSelector | undefined {
    if (this.#merged.has(template)) return this.#merged.get(template);
    const selector = this.#merge(template);
    this.#merged.set(template, selector);
    return selector;
  }

  save(): SavedSelectors {
    return {services: [...this.#services], owners: [...this.#owners]};
  }

  restore(saved: SavedSelectors): void {
    this.#services = new Map(saved.services);
    this.#selecting.clear();
    for (const [key, {namespace, pairs}] of saved.services) {
      this.#selecting.add(key, {namespace, selector: pairs});
    }
    this.#owners = new Map(saved.owners);
    this.#merged = new Map();
  }

  #merge(template: PodTemplate): LabelSelector | undefined {
    const parts: LabelSelector[] = [];
    const pairs = new Map<string, string>();
    for (const name of this.#selecting.candidates(template.namespace, template.labels)) {
      const service = this.#services.get(name);
      if (!labelsMatch(service?.selector, template.labels)) continue;
      for (const [key, value] of service?.pairs ?? []) pairs.set(key, value);
    }
    if (pairs.size > 0) parts.push(equalitySelector(pairs));
    const {owner, namespace} = template;
    if (owner !== undefined && lenders.has(owner.kind)) {
      parts.push(this.#owners.get(ownerKey({...owner, namespace})) ?? []);
    }
    const merged = parts.flat();
    return merged.length === 0 ? undefined : merged;
  }
}

function ownerKey({
  kind,
  namespace,
  name,
}: {
  kind: string;
  namespace: string;
  name: string;
}): string {
  return `${kind}/${namespace}/${name}`;
}

type SelectingService = {namespace: string; pairs: Labels; selector: LabelSelector};
export type SavedSelectors = {
  services: [string, SelectingService][];
  owners: [string, LabelSelector][];
};
