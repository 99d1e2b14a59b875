// Whether the kubelet of a node reaches an API server. The control plane implements it; kubelets'
// requests wait, their watches are silent and their leases age while it does not.

import type {Signal} from '../engine/signal.ts';
import type {NodeId} from './ids.ts';

export type NodeLines = {
  open(node: NodeId): boolean;
  readonly lost: Signal<[node: NodeId]>;
  readonly found: Signal<[node: NodeId]>;
};
