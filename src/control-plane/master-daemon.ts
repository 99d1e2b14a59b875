// One of the daemons that every master runs, etcd or an API server: a static pod, which is there
// while its machine has power and nothing keeps it down, and takes its time to start.

import {Signal} from '../engine/signal.ts';
import type {EventHandle, EventKind, Simulation} from '../engine/simulation.ts';
import type {Time} from '../engine/time.ts';
import type {Holds} from '../machines/holds.ts';
import type {MasterId, Masters} from '../machines/masters.ts';

export type MasterDaemonOptions = {
  readonly simulation: Simulation;
  readonly masters: Masters;
  readonly name: 'etcd' | 'api-server';
  readonly heldDown: Holds<MasterId>;
  readonly stopped: Signal<[master: MasterId]>;
  readonly started: Signal<[master: MasterId]>;
  readonly boot: Time;
  readonly start: Time;
};

export class MasterDaemon {
  readonly ended = new Signal<[master: MasterId]>();
  readonly begun = new Signal<[master: MasterId]>();
  readonly #options: MasterDaemonOptions;
  readonly #up = new Set<MasterId>();
  /** Times it has started on a master: a connection to one that has gone is void. */
  #runs = new Map<MasterId, number>();
  #starting = new Map<MasterId, EventHandle>();
  readonly #ready: EventKind<MasterId>;

  constructor(options: MasterDaemonOptions) {
    const {simulation, masters, name, boot, start} = options;
    this.#options = options;
    this.#ready = simulation.event(`control-plane.${name}-started`, (master: MasterId) =>
      this.#begin(master),
    );
    options.stopped.watch(master => this.#end(master));
    masters.poweredOff.watch(master => this.#end(master));
    options.started.watch(master => this.#launch(master, start));
    masters.poweredOn.watch(master => this.#launch(master, boot + start));
    masters.removed.watch(master => this.#end(master));
    simulation.part(`control-plane.${name}`, this);
  }

  up(master: MasterId): boolean {
    return this.#up.has(master);
  }

  /** In the order of the masters' numbers. */
  all(): MasterId[] {
    return [...this.#up].sort((one, other) => one - other);
  }

  runs(master: MasterId): number {
    return this.#runs.get(master) ?? 0;
  }

  /** On a new master; `after` 0 for one that the cluster begins with. */
  install(master: MasterId, after: Time): void {
    this.#launch(master, after);
  }

  #launch(master: MasterId, after: Time): void {
    const {masters, heldDown} = this.#options;
    this.#cancel(master);
    if (masters.get(master) === undefined || this.#up.has(master)) return;
    if (masters.withoutPower.has(master) || heldDown.has(master)) return;
    if (after === 0) this.#begin(master);
    else this.#starting.set(master, this.#ready.after(after, master));
  }

  #begin(master: MasterId): void {
    this.#starting.delete(master);
    this.#up.add(master);
    this.#runs.set(master, this.runs(master) + 1);
    this.begun.emit(master);
  }

  #end(master: MasterId): void {
    this.#cancel(master);
    if (this.#up.delete(master)) this.ended.emit(master);
  }

  #cancel(master: MasterId): void {
    const handle = this.#starting.get(master);
    if (handle === undefined) return;
    this.#options.simulation.cancel(handle);
    this.#starting.delete(master);
  }

  save() {
    return {up: this.all(), runs: new Map(this.#runs), starting: new Map(this.#starting)};
  }

  restore({up, runs, starting}: ReturnType<MasterDaemon['save']>): void {
    this.#up.clear();
    for (const master of up) this.#up.add(master);
    this.#runs = new Map(runs);
    this.#starting = new Map(starting);
  }
}
