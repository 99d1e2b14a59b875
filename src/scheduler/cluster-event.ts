// The changes in a cluster that may make a waiting pod schedulable, as kube-scheduler's event kinds
// (pkg/scheduler/framework/events.go), for those objects that are modelled.

import type {Labels} from '../objects/labels.ts';
import type {NodeObject} from '../objects/node-spec.ts';
import type {Resources} from '../objects/resources.ts';
import type {NodeInfo} from './cache/node-info.ts';
import type {PodInfo} from './cache/pod-info.ts';

export type ClusterEvent =
  | {readonly kind: 'node-added'; readonly node: NodeInfo}
  /** One event per aspect that changed; `before` is the object as it was. */
  | {readonly kind: NodeUpdate; readonly node: NodeInfo; readonly before: NodeObject}
  | {readonly kind: 'node-deleted'; readonly node: NodeInfo}
  /** A pod came onto a node (also: was found there). */
  | {readonly kind: 'pod-assigned'; readonly pod: PodInfo}
  | {readonly kind: 'pod-labels-changed'; readonly pod: PodInfo; readonly before: Labels}
  /** A pod that had a node or a nomination is gone, or its binding failed. */
  | {readonly kind: 'pod-deleted'; readonly pod: PodInfo}
  | {readonly kind: PodOwnUpdate; readonly pod: PodInfo}
  /** `before`: what it requested until now. */
  | {readonly kind: 'pod-scaled-down'; readonly pod: PodInfo; readonly before: Resources};

export type NodeUpdate = 'node-allocatable-changed' | 'node-labels-changed' | 'node-taints-changed';

/** Updates of the waiting pod itself, or of a running pod's requests. */
export type PodOwnUpdate = 'pod-gates-eliminated' | 'pod-tolerations-changed' | 'pod-updated';

export type EventKind = ClusterEvent['kind'];
