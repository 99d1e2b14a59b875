// All stations of a run, by number, and the event of those that do not know beforehand who leaves.

import type {EventHandle} from '../../engine/event-table.ts';
import type {EventKind, Simulation} from '../../engine/simulation.ts';
import {unreachable} from '../../engine/unreachable.ts';
import {HoldingWorkers} from './holding-workers.ts';
import {ManyWorkers} from './many-workers.ts';
import {type Alarm, ProcessorSharing} from './processor-sharing.ts';
import {RowStore} from './row-store.ts';
import {SingleWorker} from './single-worker.ts';
import type {Settlement, Station, StationOptions, Throttle} from './station.ts';
import {ThrottledStation} from './throttled-station.ts';

type Alarmed = ProcessorSharing | ThrottledStation | HoldingWorkers;

export type StationId = number & {readonly id: 'station'};

export class Stations {
  readonly all: Station[] = [];
  /** Numbers of those that were removed. */
  free: StationId[] = [];
  readonly #store = new RowStore();
  readonly #simulation: Simulation;
  readonly #settlement: Settlement;
  readonly #left: EventKind<StationId>;

  constructor(simulation: Simulation, settlement: Settlement) {
    this.#simulation = simulation;
    this.#settlement = settlement;
    this.#left = simulation.event('traffic.request-left', (station: StationId) => {
      (this.all[station] as Alarmed).leave(simulation.now);
    });
  }

  add(options: StationOptions): StationId {
    const id = this.free.pop() ?? (this.all.length as StationId);
    this.put(id, options);
    return id;
  }

  /** One of that number, as it was given out in a run that was saved. */
  put(id: StationId, options: StationOptions): void {
    this.all[id] = this.#create(options, id);
  }

  /** It has been closed, and its number may be another's. */
  remove(id: StationId): void {
    this.all[id].discard();
    this.free.push(id);
  }

  save(): readonly unknown[] {
    return this.all.map(station => station.save());
  }

  restore(saved: readonly unknown[]): void {
    for (const [id, each] of saved.entries()) this.all[id].restore(each);
  }

  #create(options: StationOptions, id: StationId): Station {
    const {discipline, workers, limit, holds = false, throttle} = options;
    const throttled = throttle !== undefined && workers * throttle.cpu > throttle.quota;
    if (holds) {
      // Those who hold a worker share the quota while they have work of their own.
      const any = {...options, workers: Infinity, limit: Infinity};
      const cpu = throttled ? this.#throttled(any, throttle, id) : undefined;
      return new HoldingWorkers({workers, limit, cpu}, this.#settlement);
    }
    if (throttled) return this.#throttled(options, throttle, id);
    switch (discipline) {
      case 'fifo':
        if (workers === 1) return new SingleWorker(limit, this.#settlement, this.#store);
        return new ManyWorkers(workers, limit, this.#settlement);
      case 'sharing':
        return new ProcessorSharing({workers, limit}, this.#settlement, this.#alarm(id));
      default:
        return unreachable(discipline);
    }
  }

  #throttled(options: StationOptions, throttle: Throttle, id: StationId): ThrottledStation {
    return new ThrottledStation({options, throttle}, this.#settlement, this.#alarm(id));
  }

  #alarm(id: StationId): Alarm {
    return {
      set: (time): EventHandle => this.#left.at(time, id),
      cancel: handle => {
        this.#simulation.cancel(handle);
      },
    };
  }
}
