// A master that stands on a node is on the node's machine: it has power and a link while the node
// has. What takes either from such a master must take it from its node.

import type {Machines} from './machines.ts';
import type {MasterId, Masters} from './masters.ts';

export function shareMachines(machines: Machines, masters: Masters): void {
  for (const what of ['withoutPower', 'withoutLink'] as const) {
    const [began, ended] =
      what === 'withoutPower'
        ? [machines.poweredOff, machines.poweredOn]
        : [machines.cutOff, machines.joined];
    began.watch(node => {
      for (const [master, place] of masters.all()) {
        if (place.node === node) masters[what].take(master);
      }
    });
    ended.watch(node => {
      for (const [master, place] of masters.all()) {
        if (place.node === node) masters[what].release(master);
      }
    });
  }
}

/** Takes, or gives back, power or link of whatever machine a master stands on. */
export type MachineHold = {take(): void; release(): void};

export function holdOfMaster(
  what: 'withoutPower' | 'withoutLink',
  master: MasterId,
  {machines, masters}: {machines: Machines; masters: Masters},
): MachineHold {
  const node = masters.get(master)?.node;
  if (node === undefined) {
    return {take: () => masters[what].take(master), release: () => masters[what].release(master)};
  }
  return {take: () => machines[what].take(node), release: () => machines[what].release(node)};
}
