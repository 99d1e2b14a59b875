// How a component learns of changes: a little after they were stored, in order, all that became
// visible at one go. While a delivery is on its way no second one is scheduled, so a burst costs
// one event.

import type {EventKind} from '../engine/event-kind.ts';
import type {EventHandle} from '../engine/event-table.ts';
import type {Simulation} from '../engine/simulation.ts';
import {type Time, toTime} from '../engine/time.ts';
import type {Distribution} from '../options/distribution.ts';
import {type Draw, drawer} from '../options/drawer.ts';
import {meanOf} from '../options/law-mean.ts';
import type {ApiLine} from './api-line.ts';
import type {ChangeLog, Cursor, KindSet} from './change-log.ts';

/**
 * From a change's being stored to the component's learning of it; with the line that it comes over,
 * the watch is silent while that is not open.
 */
export type WatchDelay = Time | Distribution | WatchWay;

export type WatchWay = {readonly delay: Time | Distribution; readonly line: ApiLine};

export type WatchOptions<Kind extends string> = {
  /** The component's and the kind's, as `scheduler.pods`. */
  readonly name: string;
  readonly delay: WatchDelay;
  /** Of other changes the component is not told, as with a field selector. */
  readonly kinds?: readonly Kind[];
  /** Asked when a change is stored and again when it is told. */
  readonly selects?: (row: number) => boolean;
  readonly changed: (row: number) => void;
};

export class Watch<Kind extends string, Value> {
  readonly #log: ChangeLog<Kind, Value>;
  readonly #cursor: Cursor;
  readonly #simulation: Simulation;
  readonly #delivered: EventKind;
  readonly #changed: (row: number) => void;
  readonly #kinds: KindSet;
  readonly #selects: ((row: number) => boolean) | undefined;
  readonly #draw: Draw | undefined;
  /** Of the delivery that is on its way, if each draws its own. */
  #delay: Time;
  #delivery: EventHandle | undefined;
  #paused = false;

  constructor(simulation: Simulation, log: ChangeLog<Kind, Value>, options: WatchOptions<Kind>) {
    const {name} = options;
    const {delay, line} = wayOf(options.delay);
    this.#simulation = simulation;
    this.#log = log;
    this.#changed = options.changed;
    this.#kinds = log.kindSet(options.kinds);
    this.#selects = options.selects;
    const constant = typeof delay === 'number' ? delay : constantOf(delay);
    this.#delay = constant ?? 0;
    if (constant === undefined) {
      this.#draw = drawer(delay as Distribution, simulation.random(`${name}/watch-delay`));
    }
    this.#delivered = simulation.event(`${name}-delivered`, () => this.#deliver());
    this.#cursor = log.cursor(() => this.#expect());
    simulation.part(`${name}-watch`, this);
    line?.lost.watch(() => this.pause());
    line?.found.watch(() => this.resume());
  }

  /** The connection is lost, and with it what is on its way. */
  pause(): void {
    if (this.#paused) return;
    this.#paused = true;
    if (this.#delivery !== undefined) this.#simulation.cancel(this.#delivery);
    this.#delivery = undefined;
  }

  /**
   * As after a new list, its delay from now: the state comes out the same, only that here every
   * change in between is told, in order, at one go.
   */
  resume(): void {
    if (!this.#paused) return;
    this.#paused = false;
    this.#expect(this.#simulation.now);
  }

  /** `listed`: nothing is told sooner than its delay after that. */
  #expect(listed: Time = -1): void {
    if (this.#delivery !== undefined || this.#paused) return;
    const log = this.#log;
    const cursor = this.#cursor;
    while (cursor.next < log.end && !this.#wants(cursor.next)) cursor.next++;
    if (cursor.next === log.end) return;
    if (this.#draw !== undefined) this.#delay = this.#draw();
    const due = Math.max(log.time(cursor.next), listed) + this.#delay;
    this.#delivery = this.#delivered.at(Math.max(due, this.#simulation.now));
  }

  #deliver(): void {
    const log = this.#log;
    const cursor = this.#cursor;
    const visible = this.#simulation.now - this.#delay;
    while (cursor.next < log.end && log.time(cursor.next) <= visible) {
      const row = cursor.next++;
      if (!this.#wants(row)) continue;
      this.#simulation.cause = log.cause(row);
      this.#changed(row);
    }
    log.trim();
    this.#delivery = undefined;
    this.#expect();
  }

  #wants(row: number): boolean {
    if (!this.#log.isOfKind(row, this.#kinds)) return false;
    return this.#selects === undefined || this.#selects(row);
  }

  save(): SavedWatch {
    return {delivery: this.#delivery, delay: this.#delay, paused: this.#paused};
  }

  restore({delivery, delay, paused}: SavedWatch): void {
    this.#delivery = delivery;
    this.#delay = delay;
    this.#paused = paused;
  }
}

function wayOf(delay: WatchDelay): {delay: Time | Distribution; line?: ApiLine} {
  return typeof delay === 'object' && 'line' in delay ? delay : {delay};
}

/** For those who reckon with it: the mean of what is drawn. */
export function usualDelay(given: WatchDelay): Time {
  const {delay} = wayOf(given);
  return typeof delay === 'number' ? delay : toTime(meanOf(delay));
}

function constantOf(delay: Distribution): Time | undefined {
  return delay.law === 'constant' ? delay.value : undefined;
}

export type SavedWatch = {
  readonly delivery: EventHandle | undefined;
  readonly delay: Time;
  readonly paused: boolean;
};
