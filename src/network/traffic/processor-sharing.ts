// All requests that are there are worked on at once and share the processors evenly, none using
// more than one. What each has got since the beginning is a clock that goes slower the more there
// are: a request leaves when that clock has gone on by its work. When that is depends on who comes
// until then, so the station has one event, for the next to leave.

import type {EventHandle} from '../../engine/event-table.ts';
import {type Time, toTime} from '../../engine/time.ts';
import {RequestHeap} from './request-heap.ts';
import {
  type Leaves,
  type Retag,
  refused,
  type Settlement,
  type Station,
  turnedAway,
} from './station.ts';

/** When the next of this station leaves; whoever is asked calls `leave` then. */
export interface Alarm {
  set(time: Time): EventHandle;
  cancel(handle: EventHandle): void;
}

type Saved = {
  requests: Float64Array;
  clock: number;
  read: Time;
  alarm: EventHandle | undefined;
  open: boolean;
};

export class ProcessorSharing implements Station {
  open = true;
  readonly foretells = false;
  readonly #processors: number;
  readonly #limit: number;
  readonly #settlement: Settlement;
  readonly #alarms: Alarm;
  /** By what the clock says when they leave. */
  readonly #requests = new RequestHeap();
  #clock = 0;
  /** When the clock was set last. */
  #read: Time = 0;
  #alarm: EventHandle | undefined;

  constructor(
    {workers, limit}: {readonly workers: number; readonly limit: number},
    settlement: Settlement,
    alarms: Alarm,
  ) {
    this.#processors = workers;
    this.#limit = limit;
    this.#settlement = settlement;
    this.#alarms = alarms;
  }

  present(): number {
    return this.#requests.size;
  }

  admit(ticket: number, work: Time, now: Time, since = now): Leaves {
    if (!this.open) return refused;
    if (this.#requests.size >= this.#limit) return turnedAway;
    this.#advance(now);
    this.#requests.push(this.#clock + work, since, now, ticket);
    this.#awaitNext(now);
    return Infinity;
  }

  expected(): Leaves {
    return Infinity;
  }

  retag(_now: Time, retag: Retag): void {
    this.#requests.retag((ticket, arrived) => retag(ticket, arrived, Infinity));
  }

  /** Nobody leaves between two events. */
  settle(): void {}

  /** The next one's time has come. */
  leave(now: Time): void {
    const requests = this.#requests;
    this.#alarm = undefined;
    this.#advance(now);
    // A time is rounded to microseconds; the one for whom it was set leaves all the same.
    this.#clock = Math.max(this.#clock, requests.key);
    const left: [ticket: number, arrived: Time][] = [];
    while (requests.size > 0 && requests.key <= this.#clock) {
      left.push([requests.ticket, requests.arrived]);
      requests.drop();
    }
    this.#awaitNext(now);
    for (const [ticket, arrived] of left) this.#settlement.left(ticket, arrived, arrived, now);
  }

  close(now: Time): void {
    this.#advance(now);
    this.open = false;
    const present = this.#requests.takeAll();
    this.#awaitNext(now);
    for (const [ticket, arrived] of present) this.#settlement.broken(ticket, arrived);
  }

  reopen(): void {
    this.open = true;
  }

  discard(): void {}

  save(): Saved {
    const requests = this.#requests.save();
    const [clock, read, alarm] = [this.#clock, this.#read, this.#alarm];
    return {requests, clock, read, alarm, open: this.open};
  }

  restore(saved: unknown): void {
    const {requests, clock, read, alarm, open} = saved as Saved;
    this.#requests.restore(requests);
    this.#clock = clock;
    this.#read = read;
    this.#alarm = alarm;
    this.open = open;
  }

  #advance(now: Time): void {
    this.#clock += (now - this.#read) / this.#slowness();
    this.#read = now;
    // An idle station's clock begins anew: it stays small, and so precise.
    if (this.#requests.size === 0) this.#clock = 0;
  }

  /** How much longer than alone everything takes. */
  #slowness(): number {
    return Math.max(1, this.#requests.size / this.#processors);
  }

  #awaitNext(now: Time): void {
    if (this.#alarm !== undefined) this.#alarms.cancel(this.#alarm);
    this.#alarm = undefined;
    if (this.#requests.size === 0) return;
    const rest = Math.max(0, this.#requests.key - this.#clock);
    this.#alarm = this.#alarms.set(now + toTime(rest * this.#slowness()));
  }
}
