// How to empty a node. What people do implements it; whatever has to empty nodes on its way, such
// as a fleet's maintenance, uses it.

import type {Signal} from '../engine/signal.ts';
import type {Time} from '../engine/time.ts';
import type {NodeId} from './ids.ts';

export type DrainOptions = {
  /** `undefined`: for ever. */
  readonly timeout?: Time | undefined;
  /** Leave pods of DaemonSets where they are; else they make the drain fail. */
  readonly ignoreDaemonSets?: boolean;
  /** Evict pods that nobody makes again; else they make the drain fail. */
  readonly force?: boolean;
  /** Once it is empty, delete the node and switch its machine off. */
  readonly thenRemove?: boolean;
};

/** `refused`: pods were there that must not be evicted, and nothing was. */
export type DrainEnd = 'drained' | 'timed-out' | 'refused';

export type Drainer = {
  /** Cordons it, then evicts its pods; a second drain of a node goes on with the first. */
  drain(node: NodeId, options?: DrainOptions): void;
  /** Lets pods onto it again. */
  uncordon(node: NodeId): void;
  readonly ended: Signal<[node: NodeId, how: DrainEnd]>;
};
