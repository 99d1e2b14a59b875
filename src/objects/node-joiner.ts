// Brings new machines into the cluster. The kubelets' part implements it; who adds nodes uses it.

import type {NodeObject} from './node-spec.ts';

export type NodeJoiner = {
  /** A new machine is switched on; when it has booted, its kubelet registers it as that node. */
  join(node: NodeObject): void;
};
