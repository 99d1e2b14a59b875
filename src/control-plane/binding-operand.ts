// A binding's target as the one number of its event: the node, and above its bits the devices.

import type {NodeId} from '../objects/ids.ts';

export type BindingTarget = {
  readonly node: NodeId;
  /** One bit each; 0 for none. */
  readonly devices: number;
};

/** With 32 bits for devices this fills the 53 that a double holds exactly. */
const nodeLimit = 2 ** 21;

export function bindingOperand({node, devices}: BindingTarget): number {
  return node + devices * nodeLimit;
}

export function bindingTarget(operand: number): BindingTarget {
  if (operand < nodeLimit) return {node: operand as NodeId, devices: 0};
  return {
    node: (operand % nodeLimit) as NodeId,
    devices: Math.floor(operand / nodeLimit),
  };
}
