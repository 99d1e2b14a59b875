// The leases of nodes, without an event for each renewal: when the last one was follows from the
// node's phase, and only an end of renewals, or their return, is told. This stands for a
// controller's watch on leases. Kubelets implement it.

import type {Signal} from '../engine/signal.ts';
import type {Time} from '../engine/time.ts';
import type {NodeId} from './ids.ts';

export type Heartbeats = {
  /** When the lease was renewed last, as the API has it; before the run for a new one. */
  lastRenewal(node: NodeId): Time;
  /** Renewals are being stored, as far as anybody can tell now. */
  beating(node: NodeId): boolean;
  /**
   * No further renewal will be stored, unless told otherwise; told again where they had ended
   * `before` for want of a line, and now have for good.
   */
  readonly ended: Signal<[node: NodeId, before: boolean]>;
  /** One was stored just now, and more will follow. */
  readonly resumed: Signal<[node: NodeId]>;
};
