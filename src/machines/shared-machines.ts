// A master that stands on a node is on the node's machine: it has power and a link while the node
// has. What takes either from such a master must take it from its node.

import type {Machines} from './machines.ts';
import type {Masters} from './masters.ts';

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
