// How many pods match a selector on each node, kept up to date pod by pod, so that topology spread
// and pod affinity need not walk all pods for every pod they place.

import type {LabelSelector} from '../objects/labels.ts';
import {labelsMatch, selectorKey} from '../objects/labels.ts';
import {type Counter, NamespaceCounters} from './namespace-counters.ts';
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
    const known = counters.get(key);
    if (known !== undefined) return known.byNode;
    const counter: Counter = {selector, byNode: new Map()};
    counters.add(key, counter);
    for (const node of nodes) this.#countOn(counter, namespace, node);
    return counter.byNode;
  }

  add(pod: PodInfo, node: NodeInfo): void {
    this.#byNamespace.get(pod.namespace)?.count(pod.labels, node, 1);
  }

  remove(pod: PodInfo, node: NodeInfo): void {
    this.#byNamespace.get(pod.namespace)?.count(pod.labels, node, -1);
  }

  /** The node has gone, whatever was on it. */
  forget(node: NodeInfo): void {
    for (const counters of this.#byNamespace.values()) counters.forget(node);
  }

  #key(selector: LabelSelector): string {
    const known = this.#keys.get(selector);
    if (known !== undefined) return known;
    const key = selectorKey(selector);
    this.#keys.set(selector, key);
    return key;
  }

  #countOn({selector, byNode}: Counter, namespace: string, node: NodeInfo): void {
    let count = 0;
    for (const pod of node.pods) {
      if ((pod.terminating && !this.#terminating) || pod.namespace !== namespace) continue;
      if (labelsMatch(selector, pod.labels)) count++;
    }
    if (count > 0) byNode.set(node, count);
  }
}
