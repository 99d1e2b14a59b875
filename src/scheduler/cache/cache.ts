// The scheduler's own copy of the cluster: nodes in list order, the pods on them (assumed ones
// too), and the counters that plugins ask for. As old as the watch that feeds it, and changed by
// nothing else.

import type {LabelSelector, Labels} from '../../objects/labels.ts';
import {noLabels} from '../../objects/labels.ts';
import {healthy, type NodeObject} from '../../objects/node-spec.ts';
import type {PodTemplate} from '../../objects/pod-spec.ts';
import {noResourceList} from '../../objects/resources.ts';
import type {KubernetesMinor} from '../../objects/version.ts';
import {giveDevices} from './bound-devices.ts';
import {allNewer, ChangedNodes} from './changed-nodes.ts';
import type {ClusterView, DisruptionBudget} from './cluster-view.ts';
import {DefaultSelectors, type SavedSelectors} from './default-selectors.ts';
import {NodeInfo} from './node-info.ts';
import {NodeTree} from './node-tree.ts';
import {Nominations} from './nominations.ts';
import type {PodInfo} from './pod-info.ts';
import {PodShapes} from './pod-shape.ts';
import {SelectorCounters} from './selector-counters.ts';

export class SchedulerCache implements ClusterView {
  readonly shapes: PodShapes;
  readonly selectors = new DefaultSelectors();
  readonly nominations = new Nominations();
  readonly nodesWithAffinityPods = new Set<NodeInfo>();
  readonly nodesWithAntiAffinityPods = new Set<NodeInfo>();
  disruptionBudgets: readonly DisruptionBudget[] = [];

  /** Changes with every change of a node or of the pods on it, by list position. */
  versions = new Int32Array(0);
  readonly changed = new ChangedNodes();
  /** Changes with a node's object, by list position. */
  objectVersions = new Int32Array(0);
  /** Changes when facts of all nodes do: their number, order or images. */
  nodesVersion = 0;
  nodeObjectsVersion = 0;
  readonly podNamespaces = new Set<string>();

  readonly #byName = new Map<string, NodeInfo>();
  /** Nodes without an object that pods are still, or already, on. */
  readonly #absent = new Map<string, NodeInfo>();
  readonly #tree = new NodeTree();
  #nodes: NodeInfo[] = [];
  #listIsOld = false;
  readonly #imageCounts = new Map<string, number>();
  readonly #namespaces = new Map<string, Labels>();
  readonly #counters = new SelectorCounters({terminating: false});
  readonly #presentCounters = new SelectorCounters({terminating: true});

  constructor({kubernetes}: {kubernetes: KubernetesMinor}) {
    this.shapes = new PodShapes(kubernetes);
  }

  // As the cache's snapshot: the list is made anew only after nodes came or went.
  get nodes(): readonly NodeInfo[] {
    if (this.#listIsOld) this.#makeList(this.#tree.list());
    return this.#nodes;
  }

  node(name: string): NodeInfo | undefined {
    return this.#byName.get(name);
  }

  /** A node that must be there. */
  nodeNamed(name: string): NodeInfo {
    const node = this.#byName.get(name);
    if (node === undefined) throw new Error(`no node ${name} in the scheduler's cache`);
    return node;
  }

  // As the cache's AddPod and RemoveNode: pods may be known before their node, and outlive it.
  /** Where pods of that node are kept. */
  nodeOfPods(name: string): NodeInfo {
    const known = this.#byName.get(name) ?? this.#absent.get(name);
    if (known !== undefined) return known;
    const node = new NodeInfo(absentNode(name));
    node.present = false;
    this.#absent.set(name, node);
    return node;
  }

  addNode(object: NodeObject): NodeInfo {
    const node = this.#absent.get(object.name) ?? new NodeInfo(object);
    if (this.#absent.delete(object.name)) {
      node.replace(object);
      node.present = true;
      giveDevices(node);
      for (const pod of node.pods) this.#count(pod, node);
    }
    this.#byName.set(node.name, node);
    this.#tree.add(object);
    this.#countImages(node, 1);
    this.#nodesChanged();
    return node;
  }

  // As the cache's UpdateNode and UpdateSnapshot: a node that moves to another zone goes to the end
  // of that zone in the tree, but the list stays as it is until a node comes or goes.
  updateNode(node: NodeInfo, object: NodeObject): void {
    const before = node.object;
    this.#countImages(node, -1);
    node.replace(object);
    this.#countImages(node, 1);
    this.#tree.update(before, object);
    if (before.images !== object.images) this.nodesVersion++;
    this.nodeObjectsVersion++;
    if (isListed(node, this.objectVersions)) this.objectVersions[node.position]++;
    this.touch(node);
  }

  removeNode(node: NodeInfo): void {
    this.#byName.delete(node.name);
    this.#tree.remove(node.object);
    this.#countImages(node, -1);
    this.nodesWithAffinityPods.delete(node);
    this.nodesWithAntiAffinityPods.delete(node);
    this.#counters.forget(node);
    this.#presentCounters.forget(node);
    node.present = false;
    node.position = -1;
    node.replace(absentNode(node.name));
    if (node.pods.length > 0) this.#absent.set(node.name, node);
    this.#nodesChanged();
  }

  #nodesChanged(): void {
    this.#listIsOld = true;
    this.nodesVersion++;
    this.nodeObjectsVersion++;
  }

  /** Puts a pod on a node: seen there, or assumed to be there while its binding is under way. */
  addPod(pod: PodInfo, node: NodeInfo): void {
    pod.node = node;
    node.add(pod);
    this.podNamespaces.add(pod.namespace);
    if (!node.present) {
      this.#absent.set(node.name, node);
      return;
    }
    this.#count(pod, node);
    this.touch(node);
  }

  #count(pod: PodInfo, node: NodeInfo): void {
    if (pod.shape.hasAffinity) this.nodesWithAffinityPods.add(node);
    if (pod.shape.hasRequiredAntiAffinity) this.nodesWithAntiAffinityPods.add(node);
    if (!pod.terminating) this.#counters.add(pod, node);
    this.#presentCounters.add(pod, node);
  }

  removePod(pod: PodInfo): void {
    const {node} = pod;
    if (node === undefined) throw new Error(`pod ${pod.namespace}/${pod.name} is on no node`);
    pod.node = undefined;
    node.remove(pod);
    pod.devices = 0;
    if (!node.present) {
      if (node.pods.length === 0) this.#absent.delete(node.name);
      return;
    }
    if (node.podsWithAffinity.length === 0) this.nodesWithAffinityPods.delete(node);
    if (node.podsWithRequiredAntiAffinity.length === 0) this.nodesWithAntiAffinityPods.delete(node);
    if (!pod.terminating) this.#counters.remove(pod, node);
    this.#presentCounters.remove(pod, node);
    this.touch(node);
  }

  /** A terminating pod keeps its resources but no longer counts for topology spread. */
  markTerminating(pod: PodInfo): void {
    if (pod.terminating) return;
    pod.terminating = true;
    const {node} = pod;
    if (node === undefined || !node.present) return;
    this.#counters.remove(pod, node);
    this.touch(node);
  }

  /** Another template of the same pod: its labels changed. */
  relabel(pod: PodInfo, template: PodTemplate): void {
    const {node, devices} = pod;
    if (node !== undefined) this.removePod(pod);
    pod.shape = this.shapes.of(template);
    if (node === undefined) return;
    pod.devices = devices;
    this.addPod(pod, node);
  }

  /** Answers kept about this node no longer hold. */
  touch(node: NodeInfo): void {
    if (!isListed(node, this.versions)) return;
    this.versions[node.position]++;
    this.changed.add(node.position);
  }

  nodesWithImage(name: string): number {
    return this.#imageCounts.get(name) ?? 0;
  }

  setNamespace(name: string, labels: Labels): void {
    this.#namespaces.set(name, labels);
  }

  removeNamespace(name: string): void {
    this.#namespaces.delete(name);
  }

  namespaceLabels(namespace: string): Labels {
    return this.#namespaces.get(namespace) ?? noLabels;
  }

  matchingPods(namespace: string, selector: LabelSelector): ReadonlyMap<NodeInfo, number> {
    return this.#counters.of(namespace, selector, this.#byName.values());
  }

  matchingPresentPods(namespace: string, selector: LabelSelector): ReadonlyMap<NodeInfo, number> {
    return this.#presentCounters.of(namespace, selector, this.#byName.values());
  }

  defaultSelector(pod: PodInfo): LabelSelector | undefined {
    return this.selectors.of(pod.shape.template);
  }

  nominatedPods(node: NodeInfo): readonly PodInfo[] {
    return this.nominations.on(node.name);
  }

  save(): SavedCache {
    return {
      nodes: this.#tree.list().map(name => this.nodeNamed(name).object),
      list: this.#listIsOld ? undefined : this.#nodes.map(({name}) => name),
      namespaces: [...this.#namespaces],
      selectors: this.selectors.save(),
      disruptionBudgets: this.disruptionBudgets.slice(),
    };
  }

  /**
   * Without pods: the informer puts them back. Nodes added in the tree's order make the same tree
   * again.
   */
  restore(saved: SavedCache): void {
    for (const node of [...this.#byName.values()]) this.removeNode(node);
    this.#absent.clear();
    for (const object of saved.nodes) this.addNode(object);
    if (saved.list !== undefined) this.#makeList(saved.list);
    this.#namespaces.clear();
    for (const [name, labels] of saved.namespaces) this.#namespaces.set(name, labels);
    this.selectors.restore(saved.selectors);
    this.disruptionBudgets = saved.disruptionBudgets;
  }

  #makeList(order: readonly string[]): void {
    this.#listIsOld = false;
    this.#nodes = [];
    for (const name of order) {
      const node = this.nodeNamed(name);
      node.position = this.#nodes.length;
      this.#nodes.push(node);
    }
    // Positions changed their meaning: no version of the old list may equal one of the new.
    this.versions = allNewer(this.versions, this.#nodes.length);
    this.objectVersions = allNewer(this.objectVersions, this.#nodes.length);
    this.nodesVersion++;
    this.nodeObjectsVersion++;
  }

  #countImages(node: NodeInfo, sign: 1 | -1): void {
    for (const name of node.imageSizes.keys()) {
      this.#imageCounts.set(name, (this.#imageCounts.get(name) ?? 0) + sign);
    }
  }
}

export type SavedCache = {
  nodes: NodeObject[];
  /** The list order, where it is not to be made anew. */
  list: string[] | undefined;
  namespaces: [string, Labels][];
  selectors: SavedSelectors;
  disruptionBudgets: readonly DisruptionBudget[];
};

function isListed({position}: NodeInfo, versions: Int32Array): boolean {
  return position >= 0 && position < versions.length;
}

function absentNode(name: string): NodeObject {
  return {
    name,
    labels: noLabels,
    annotations: noLabels,
    taints: [],
    unschedulable: false,
    allocatable: noResourceList,
    images: [],
    conditions: healthy,
  };
}
