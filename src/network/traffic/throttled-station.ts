// A program whose container has a CPU limit that its workers, or its processors, could exceed: they
// work as they would without, but only while the quota lasts (rules/cfs-quota.ts). What a request
// has got since the beginning is a clock, as where processors are shared (processor-sharing.ts),
// which stands still while all are throttled. So the station has one event, for the next to leave.

import type {EventHandle} from '../../engine/event-table.ts';
import type {Time} from '../../engine/time.ts';
import {CfsQuota} from '../rules/cfs-quota.ts';
import type {Alarm} from './processor-sharing.ts';
import {RequestHeap} from './request-heap.ts';
import {
  type Leaves,
  type Retag,
  refused,
  type Settlement,
  type Station,
  type StationOptions,
  type Throttle,
  turnedAway,
} from './station.ts';

type Saved = {
  working: Float64Array;
  waiting: Float64Array;
  turn: number;
  clock: number;
  quota: ReturnType<CfsQuota['save']>;
  alarm: EventHandle | undefined;
  open: boolean;
};

export class ThrottledStation implements Station {
  open = true;
  readonly foretells = false;
  readonly #options: StationOptions;
  readonly #throttle: Throttle;
  readonly #settlement: Settlement;
  readonly #alarms: Alarm;
  readonly #quota: CfsQuota;
  /** By what the clock says when they leave. */
  readonly #working = new RequestHeap();
  /** For a worker, in their order; in place of the start, the work. */
  readonly #waiting = new RequestHeap();
  #turn = 0;
  #clock = 0;
  #alarm: EventHandle | undefined;

  constructor(
    {options, throttle}: {readonly options: StationOptions; readonly throttle: Throttle},
    settlement: Settlement,
    alarms: Alarm,
  ) {
    this.#options = options;
    this.#throttle = throttle;
    this.#settlement = settlement;
    this.#alarms = alarms;
    this.#quota = new CfsQuota(throttle.quota);
  }

  present(): number {
    return this.#working.size + this.#waiting.size;
  }

  admit(ticket: number, work: Time, now: Time, since = now): Leaves {
    if (!this.open) return refused;
    if (this.present() >= this.#options.limit) return turnedAway;
    this.#advance(now);
    if (this.#full) this.#waiting.push(this.#turn++, since, work, ticket);
    else this.#working.push(this.#clock + work, since, now, ticket);
    this.#awaitNext();
    return Infinity;
  }

  expected(): Leaves {
    return Infinity;
  }

  retag(_now: Time, retag: Retag): void {
    for (const requests of [this.#working, this.#waiting]) {
      requests.retag((ticket, arrived) => retag(ticket, arrived, Infinity));
    }
  }

  /** Nobody leaves between two events. */
  settle(): void {}

  /** The next one's time has come. */
  leave(now: Time): void {
    const [working, waiting] = [this.#working, this.#waiting];
    this.#alarm = undefined;
    this.#advance(now);
    // The sum of what it has got may be less by the last digits.
    this.#clock = Math.max(this.#clock, working.key);
    const left: [ticket: number, arrived: Time, started: Time][] = [];
    while (working.size > 0 && working.key <= this.#clock) {
      left.push([working.ticket, working.arrived, working.started]);
      working.drop();
    }
    while (waiting.size > 0 && !this.#full) {
      working.push(this.#clock + waiting.started, waiting.arrived, now, waiting.ticket);
      waiting.drop();
    }
    this.#awaitNext();
    for (const [ticket, arrived, started] of left) {
      this.#settlement.left(ticket, arrived, started, now);
    }
  }

  close(now: Time): void {
    this.#advance(now);
    this.open = false;
    const present = [...this.#working.takeAll(), ...this.#waiting.takeAll()];
    this.#awaitNext();
    for (const [ticket, arrived] of present) this.#settlement.broken(ticket, arrived);
  }

  reopen(): void {
    this.open = true;
    this.#quota.restart();
  }

  discard(): void {}

  save(): Saved {
    return {
      ...{working: this.#working.save(), waiting: this.#waiting.save()},
      ...{turn: this.#turn, clock: this.#clock, quota: this.#quota.save()},
      ...{alarm: this.#alarm, open: this.open},
    };
  }

  restore(saved: unknown): void {
    const {working, waiting, turn, clock, quota, alarm, open} = saved as Saved;
    this.#working.restore(working);
    this.#waiting.restore(waiting);
    this.#quota.restore(quota);
    this.#turn = turn;
    this.#clock = clock;
    this.#alarm = alarm;
    this.open = open;
  }

  get #full(): boolean {
    const {discipline, workers} = this.#options;
    return discipline === 'fifo' && this.#working.size >= workers;
  }

  /** How much longer than alone everything takes, the quota apart. */
  get #slowness(): number {
    const {discipline, workers} = this.#options;
    return discipline === 'fifo' ? 1 : Math.max(1, this.#working.size / workers);
  }

  /** CPUs in use while nobody is throttled. */
  get #inUse(): number {
    return (this.#working.size * this.#throttle.cpu) / this.#slowness;
  }

  #advance(now: Time): void {
    this.#clock += this.#quota.ran(this.#inUse, now) / this.#slowness;
    // An idle station's clock begins anew: it stays small, and so precise.
    if (this.#working.size === 0) this.#clock = 0;
  }

  #awaitNext(): void {
    if (this.#alarm !== undefined) this.#alarms.cancel(this.#alarm);
    this.#alarm = undefined;
    if (this.#working.size === 0) return;
    const rest = Math.max(0, this.#working.key - this.#clock) * this.#slowness;
    this.#alarm = this.#alarms.set(this.#quota.ranFor(rest, this.#inUse));
  }
}
