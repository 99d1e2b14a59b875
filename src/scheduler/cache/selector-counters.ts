// How many pods match a selector on each node, kept up to date pod by pod, so that topology spread
// and pod affinity need not walk all pods for every pod they place.

import type {LabelSelector} from '../../objects/labels.ts';
import {selectorKey} from '../../objects/labels.ts';
import {NamespaceCounters} from './namespace-counters.ts';
import type {NodeInfo} from './node-info.ts';
import type {PodInfo} from './pod-info.ts';

export class SelectorCounters {
  readonly #byNamespace = new Map<string, NamespaceCounters>();
  readonly #keys = new WeakMap<LabelSelector, string>();
  readonly #terminating: boolean;

  /** `terminating`: whether pods that are being deleted count. */
  constructor({terminating}: {terminating: boolean}) {
    this.#terminating = terminating;
  }

  /** The counter for a selector. The first question counts what is on `nodes` now. */
  of(
    namespace: string,
    selector: LabelSelector,
    nodes: Iterable<NodeInfo>,
  ): ReadonlyMap<NodeInfo, number> {
    const key = this.#key(selector);
    const counters = this.#byNamespace.get(namespace) ?? new NamespaceCounters();
    this.#byNamespace.set(namespace, counters);
    return counters.get(key) ?? counters.add(key, selector, () => this.#podsOf(namespace, nodes));
  }

  add(pod: PodInfo, node: NodeInfo): void {
    this.#byNamespace.get(pod.namespace)?.count(pod, node, 1);
  }

  remove(pod: PodInfo, node: NodeInfo): void {
    this.#byNamespace.get(pod.namespace)?.count(pod, node, -1);
  }

  /** The node is going, and with it what is on it. */
  forget(node: NodeInfo): void {
    for (const pod of node.pods) if (this.#counts(pod)) this.remove(pod, node);
  }

  #counts({terminating}: PodInfo): boolean {
    return !terminating || this.#terminating;
  }

  #key(selector: LabelSelector): string {
    const known = this.#keys.get(selector);
    if (known !== undefined) return known;
    const key = selectorKey(selector);
    this.#keys.set(selector, key);
    return key;
  }

  // A pod that is nominated to a node may be among its pods for a moment, and is not on it.
  *#podsOf(namespace: string, nodes: Iterable<NodeInfo>): Generator<PodInfo> {
    for (const node of nodes) {
      for (const pod of node.pods) {
        if (pod.node !== node || pod.namespace !== namespace) continue;
        if (this.#counts(pod)) yield pod;
      }
    }
  }
}
