// How long the syncs of a node's proxy take: as a scenario says, or around what is usual for the
// size of the tables, a little longer or shorter each time.

import type {Simulation} from '../../engine/simulation.ts';
import {type Time, toTime} from '../../engine/time.ts';
import type {NodeId} from '../../objects/ids.ts';
import {type Draw, drawer} from '../../options/drawer.ts';
import {type ProxyOptions, type TableSize, usualSyncTime} from './proxy-options.ts';

const spread = 0.25;

export class SyncTimes {
  readonly #simulation: Simulation;
  readonly #options: ProxyOptions;
  readonly #nameOf: (node: NodeId) => string;
  /** By node: a draw of the sync time, or of a factor around 1. */
  readonly #draws: (Draw | undefined)[] = [];

  constructor(
    simulation: Simulation,
    {options, nameOf}: {options: ProxyOptions; nameOf: (node: NodeId) => string},
  ) {
    this.#simulation = simulation;
    this.#options = options;
    this.#nameOf = nameOf;
  }

  /** `full`: all tables are written, not only what has changed. */
  next(node: NodeId, size: TableSize, full: boolean): Time {
    const {syncTakes, mode} = this.#options;
    if (syncTakes?.law === 'constant') return toTime(syncTakes.value);
    this.#draws[node] ??= this.#drawOf(node);
    const draw = this.#draws[node];
    return syncTakes === undefined ? toTime(usualSyncTime(mode, size, full) * draw()) : draw();
  }

  #drawOf(node: NodeId): Draw {
    const {syncTakes} = this.#options;
    const stream = this.#simulation.random(`kube-proxy/sync-times/${this.#nameOf(node)}`);
    if (syncTakes !== undefined) return drawer(syncTakes, stream);
    return () => stream.lognormal({median: 1, sigma: spread});
  }
}
