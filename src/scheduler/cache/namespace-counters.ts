// The counters of one namespace. Nearly every selector asks for some label's value, as `app=web`:
// its counter is filed under that, beside the pods that have it, so that a pod finds its few
// counters among thousands, and a new counter its pods, by one look-up for each key that is asked
// for.

import type {LabelSelector} from '../../objects/labels.ts';
import {labelsMatch} from '../../objects/labels.ts';
import type {NodeInfo} from './node-info.ts';
import type {PodInfo} from './pod-info.ts';

/** Nodes without a matching pod are left out. */
export type PodsByNode = Map<NodeInfo, number>;

type Counter = {readonly selector: LabelSelector; readonly byNode: PodsByNode};

/** What has one value of one label. */
type Drawer = {readonly pods: Set<PodInfo>; readonly counters: Counter[]};

export class NamespaceCounters {
  readonly #all = new Map<string, Counter>();
  /** By label key, then by value. */
  readonly #filed = new Map<string, Map<string, Drawer>>();
  readonly #others: Counter[] = [];

  get(key: string): PodsByNode | undefined {
    return this.#all.get(key)?.byNode;
  }

  /** `pods` are all that are on nodes; they are walked only where no look-up helps. */
  add(key: string, selector: LabelSelector, pods: () => Iterable<PodInfo>): PodsByNode {
    const counter: Counter = {selector, byNode: new Map()};
    this.#all.set(key, counter);
    const equality = selector.find(
      ({operator, values}) => operator === 'In' && values.length === 1,
    );
    if (equality === undefined) {
      this.#others.push(counter);
      for (const pod of pods()) countPod(counter, pod, {node: pod.node, change: 1});
      return counter.byNode;
    }
    const drawer = drawerFor(this.#drawers(equality.key, pods), equality.values[0]);
    drawer.counters.push(counter);
    for (const pod of drawer.pods) countPod(counter, pod, {node: pod.node, change: 1});
    return counter.byNode;
  }

  /** The pod comes to the node (1) or leaves it (-1). */
  count(pod: PodInfo, node: NodeInfo, change: 1 | -1): void {
    for (const counter of this.#others) countPod(counter, pod, {node, change});
    for (const [key, byValue] of this.#filed) {
      const value = pod.labels.get(key);
      if (value === undefined) continue;
      const {pods, counters} = drawerFor(byValue, value);
      if (change === 1) pods.add(pod);
      else pods.delete(pod);
      for (const counter of counters) countPod(counter, pod, {node, change});
      if (pods.size === 0 && counters.length === 0) byValue.delete(value);
    }
  }

  #drawers(key: string, pods: () => Iterable<PodInfo>): Map<string, Drawer> {
    const known = this.#filed.get(key);
    if (known !== undefined) return known;
    const byValue = new Map<string, Drawer>();
    this.#filed.set(key, byValue);
    for (const pod of pods()) {
      const value = pod.labels.get(key);
      if (value !== undefined) drawerFor(byValue, value).pods.add(pod);
    }
    return byValue;
  }
}

function drawerFor(byValue: Map<string, Drawer>, value: string): Drawer {
  const known = byValue.get(value);
  if (known !== undefined) return known;
  const drawer = {pods: new Set<PodInfo>(), counters: []};
  byValue.set(value, drawer);
  return drawer;
}

type Change = {readonly node: NodeInfo | undefined; readonly change: 1 | -1};

function countPod({selector, byNode}: Counter, {labels}: PodInfo, {node, change}: Change): void {
  if (node === undefined || !labelsMatch(selector, labels)) return;
  const count = (byNode.get(node) ?? 0) + change;
  if (count > 0) byNode.set(node, count);
  else byNode.delete(node);
}
