// First come, first served, by workers who stay with their request until somebody lets them go: a
// program that waits for others' answers. So when a request will have been worked on is not known
// while it waits.

import type {Time} from '../../engine/time.ts';
import {type Leaves, refused, type Settlement, type Station, turnedAway} from './station.ts';
import type {ThrottledStation} from './throttled-station.ts';

export type Waiting = {readonly ticket: number; readonly work: Time; readonly arrived: Time};

export type Holding = {
  readonly workers: number;
  readonly limit: number;
  /** Where they work; `undefined`: nothing slows them. */
  readonly cpu: ThrottledStation | undefined;
};

type Saved = {waiting: readonly Waiting[]; busy: number; open: boolean; cpu: unknown};

export class HoldingWorkers implements Station {
  open = true;
  readonly foretells = false;
  readonly #workers: number;
  readonly #limit: number;
  readonly #cpu: ThrottledStation | undefined;
  readonly #settlement: Settlement;
  #waiting: Waiting[] = [];
  /** Of `waiting`, the first one that has not been let in. */
  #next = 0;
  #busy = 0;

  constructor({workers, limit, cpu}: Holding, settlement: Settlement) {
    this.#workers = workers;
    this.#limit = limit;
    this.#cpu = cpu;
    this.#settlement = settlement;
  }

  present(): number {
    return this.#busy + this.#waiting.length - this.#next;
  }

  /** It is told when a request's own work is done, for nobody knows beforehand. */
  get tells(): boolean {
    return this.#cpu !== undefined;
  }

  /** When its own work is done; `Infinity` while it waits for a worker, or may be throttled. */
  admit(ticket: number, work: Time, now: Time): Leaves {
    if (!this.open) return refused;
    if (this.present() >= this.#limit) return turnedAway;
    if (this.#busy < this.#workers) {
      this.#busy++;
      return this.begin({ticket, work}, now);
    }
    this.#waiting.push({ticket, work, arrived: now});
    return Infinity;
  }

  expected(): Leaves {
    return Infinity;
  }

  /** Jobs alone are here, which stay what they are. */
  retag(): void {}

  /** A worker has turned to it. */
  begin({ticket, work}: Pick<Waiting, 'ticket' | 'work'>, now: Time): Leaves {
    return this.#cpu === undefined ? now + work : this.#cpu.admit(ticket, work, now);
  }

  /** One has done its own work. */
  leave(now: Time): void {
    this.#cpu?.leave(now);
  }

  /** A worker is free, and turns to the one that is given back, if there is one. */
  release(): Waiting | undefined {
    if (this.#next === this.#waiting.length) {
      this.#busy--;
      return undefined;
    }
    const first = this.#waiting[this.#next++];
    if (this.#next > 32 && this.#next * 2 > this.#waiting.length) {
      this.#waiting = this.#waiting.slice(this.#next);
      this.#next = 0;
    }
    return first;
  }

  settle(): void {}

  /** Tells of those that wait; whose worker is busy with something, its owner knows. */
  close(now: Time): void {
    this.open = false;
    this.#cpu?.close(now);
    const waiting = this.#waiting.slice(this.#next);
    this.#waiting = [];
    this.#next = 0;
    this.#busy = 0;
    for (const {ticket, arrived} of waiting) this.#settlement.broken(ticket, arrived);
  }

  reopen(): void {
    this.open = true;
    this.#cpu?.reopen();
  }

  discard(): void {}

  save(): Saved {
    return {
      waiting: this.#waiting.slice(this.#next),
      busy: this.#busy,
      open: this.open,
      cpu: this.#cpu?.save(),
    };
  }

  restore(saved: unknown): void {
    const {waiting, busy, open, cpu} = saved as Saved;
    this.#cpu?.restore(cpu);
    this.#waiting = [...waiting];
    this.#next = 0;
    this.#busy = busy;
    this.open = open;
  }
}
