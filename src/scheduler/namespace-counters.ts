// The counters of one namespace. Nearly every selector asks for some label's value, as `app=web`:
// filed under that, a pod finds its few counters among thousands by one look-up for each key that
// is asked for.

import type {LabelSelector, Labels} from '../objects/labels.ts';
import {labelsMatch} from '../objects/labels.ts';
import type {NodeInfo} from './node-info.ts';

export type Counter = {
  readonly selector: LabelSelector;
  /** Nodes without a matching pod are left out. */
  readonly byNode: Map<NodeInfo, number>;
};

export class NamespaceCounters {
  readonly #all = new Map<string, Counter>();
  /** By label key, then by value. */
  readonly #filed = new Map<string, Map<string, Counter[]>>();
  readonly #others: Counter[] = [];

  get(key: string): Counter | undefined {
    return this.#all.get(key);
  }

  add(key: string, counter: Counter): void {
    this.#all.set(key, counter);
    const equality = counter.selector.find(
      ({operator, values}) => operator === 'In' && values.length === 1,
    );
    if (equality === undefined) this.#others.push(counter);
    else this.#file(counter, equality.key, equality.values[0]);
  }

  /** A pod with these labels comes to the node (1) or leaves it (-1). */
  count(labels: Labels, node: NodeInfo, change: 1 | -1): void {
    for (const counter of this.#others) countPod(counter, {labels, node, change});
    for (const [key, byValue] of this.#filed) {
      const value = labels.get(key);
      const counters = value === undefined ? undefined : byValue.get(value);
      if (counters === undefined) continue;
      for (const counter of counters) countPod(counter, {labels, node, change});
    }
  }

  forget(node: NodeInfo): void {
    for (const {byNode} of this.#all.values()) byNode.delete(node);
  }

  #file(counter: Counter, key: string, value: string): void {
    const byValue = this.#filed.get(key) ?? new Map<string, Counter[]>();
    this.#filed.set(key, byValue);
    const counters = byValue.get(value);
    if (counters === undefined) byValue.set(value, [counter]);
    else counters.push(counter);
  }
}

type Change = {readonly labels: Labels; readonly node: NodeInfo; readonly change: 1 | -1};

function countPod({selector, byNode}: Counter, {labels, node, change}: Change): void {
  if (!labelsMatch(selector, labels)) return;
  const count = (byNode.get(node) ?? 0) + change;
  if (count > 0) byNode.set(node, count);
  else byNode.delete(node);
}
