// Power of machines, whichever part they play. A master that stands on a node shares its power.

import type {MasterId} from '../machines/masters.ts';
import type {NodeId} from '../objects/ids.ts';
import type {FaultWorld} from './fault-world.ts';

export type MachinePart =
  | {readonly type: 'node'; readonly id: NodeId}
  | {readonly type: 'master'; readonly id: MasterId};

export function takePower(part: MachinePart, world: FaultWorld): void {
  const machine = machineOf(part, world);
  if (machine.type === 'node') world.machines.withoutPower.take(machine.id);
  else world.masters.withoutPower.take(machine.id);
}

export function givePower(part: MachinePart, world: FaultWorld): void {
  const machine = machineOf(part, world);
  if (machine.type === 'node') world.machines.withoutPower.release(machine.id);
  else world.masters.withoutPower.release(machine.id);
}

function machineOf(part: MachinePart, {masters}: FaultWorld): MachinePart {
  const node = part.type === 'master' ? masters.get(part.id)?.node : undefined;
  return node === undefined ? part : {type: 'node', id: node};
}
