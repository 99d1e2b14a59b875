// From which masters a lease can be read and written: a component asks the API server of its own
// master (as kubeadm sets it up), which must serve and have its writes committed by the majority of
// etcd that it reaches.

import {Signal} from '../engine/signal.ts';
import type {Simulation} from '../engine/simulation.ts';
import type {MasterId, Masters} from '../machines/masters.ts';

export type LeaseAccess = {
  open(master: MasterId): boolean;
  readonly lost: Signal<[master: MasterId]>;
  readonly found: Signal<[master: MasterId]>;
};

/** As much of the control plane as matters here. */
export type Writability = {
  readonly masters: Masters;
  readonly etcd: {writableFrom(master: MasterId): boolean};
  readonly writableLost: Signal<[]>;
  readonly writableFound: Signal<[]>;
  readonly apiServerLost: Signal<[master: MasterId]>;
  readonly apiServerFound: Signal<[master: MasterId]>;
  serves(master: MasterId): boolean;
};

export function leaseAccess(simulation: Simulation, plane: Writability): LeaseAccess {
  const {masters} = plane;
  const lost = new Signal<[master: MasterId]>();
  const found = new Signal<[master: MasterId]>();
  const away = new Set<MasterId>();
  const open = (master: MasterId): boolean =>
    plane.serves(master) && plane.etcd.writableFrom(master);
  const look = (): void => {
    for (const [master] of masters.all()) {
      const was = !away.has(master);
      const is = open(master);
      if (is === was) continue;
      if (is) away.delete(master);
      else away.add(master);
      (is ? found : lost).emit(master);
    }
  };
  for (const signal of [plane.writableLost, plane.writableFound]) signal.watch(look);
  for (const signal of [plane.apiServerLost, plane.apiServerFound]) signal.watch(look);
  for (const signal of [masters.cutOff, masters.joined, masters.removed]) signal.watch(look);
  simulation.part('control-plane.lease-access', {
    save: () => [...away],
    restore: (saved: readonly MasterId[]) => {
      away.clear();
      for (const master of saved) away.add(master);
    },
  });
  return {open, lost, found};
}
