// What plugins may ask about the cluster: the scheduler's own view of it, as old as its watches.

import type {LabelSelector, Labels} from '../../objects/labels.ts';
import type {NodeInfo} from './node-info.ts';
import type {PodInfo} from './pod-info.ts';

export type ClusterView = {
  /** All nodes in list order: the zones in turn. */
  readonly nodes: readonly NodeInfo[];
  /**
   * Changes when a Node object comes, goes or is replaced, or the list order does. Read `nodes`
   * first.
   */
  readonly nodeObjectsVersion: number;
  node(name: string): NodeInfo | undefined;

  /** How many nodes have an image of this (normalised) name. */
  nodesWithImage(name: string): number;

  /** Labels of a Namespace; empty when nothing is known of it. */
  namespaceLabels(namespace: string): Labels;

  /**
   * On which nodes non-terminating pods of a namespace match a selector, and how many. Kept up to
   * date pod by pod from the first question on, so asking again costs nothing. An empty selector
   * matches all.
   */
  matchingPods(namespace: string, selector: LabelSelector): ReadonlyMap<NodeInfo, number>;
  /** The same with terminating pods counted too: pod affinity sees them until they are gone. */
  matchingPresentPods(namespace: string, selector: LabelSelector): ReadonlyMap<NodeInfo, number>;
  /** Every namespace that has, or once had, a pod on a node. */
  readonly podNamespaces: ReadonlySet<string>;

  /** Nodes holding pods with any pod (anti-)affinity, in no order that matters. */
  readonly nodesWithAffinityPods: ReadonlySet<NodeInfo>;
  /** Nodes holding pods with required anti-affinity. */
  readonly nodesWithAntiAffinityPods: ReadonlySet<NodeInfo>;

  /**
   * The selectors of the Services that select the pod and of its controller, merged; `undefined`
   * when there are none.
   */
  defaultSelector(pod: PodInfo): LabelSelector | undefined;

  readonly disruptionBudgets: readonly DisruptionBudget[];

  /** Pods nominated to a node, in the order of their nomination. */
  nominatedPods(node: NodeInfo): readonly PodInfo[];
};

/** What preemption reads of a PodDisruptionBudget. */
export type DisruptionBudget = {
  readonly namespace: string;
  readonly name: string;
  readonly selector: LabelSelector | undefined;
  readonly disruptionsAllowed: number;
  /** Names of pods whose eviction is already counted (`status.disruptedPods`). */
  readonly disruptedPods: ReadonlySet<string>;
};
