// Takes a machine down as one does who means it: its kubelet may end its pods in good order first.
// The kubelets' part implements it; faults and maintenance use it.

import type {Signal} from '../engine/signal.ts';
import type {Time} from '../engine/time.ts';
import type {NodeId} from '../objects/ids.ts';

export type NodeReboot = {
  /**
   * The machine is without power for `downtime` once its pods have ended or their time is up, and
   * boots then. Asked of one that is on its way down, it does nothing.
   */
  reboot(node: NodeId, downtime: Time): void;
  /** Has lost its power, or has it back, by a reboot. */
  readonly wentDown: Signal<[node: NodeId]>;
  readonly cameUp: Signal<[node: NodeId]>;
};
