// First come, first served, by workers who stay with their request until somebody lets them go: a
// program that waits for others' answers. So when a request will have been worked on is not known
// while it waits.

import type {Time} from '../../engine/time.ts';
import {type Leaves, refused, type Settlement, type Station, turnedAway} from './station.ts';

export type Waiting = {readonly ticket: number; readonly work: Time; readonly arrived: Time};

type Saved = {waiting: readonly Waiting[]; busy: number; open: boolean};

export class HoldingWorkers implements Station {
  open = true;
  readonly foretells = false;
  readonly #workers: number;
  readonly #limit: number;
  readonly #settlement: Settlement;
  #waiting: Waiting[] = [];
  /** Of `waiting`, the first one that has not been let in. */
  #next = 0;
  #busy = 0;

  constructor(workers: number, limit: number, settlement: Settlement) {
    this.#workers = workers;
    this.#limit = limit;
    this.#settlement = settlement;
  }

  present(): number {
    return this.#busy + this.#waiting.length - this.#next;
  }

  /** When its own work is done; `Infinity` while it waits for a worker. */
  admit(ticket: number, work: Time, now: Time): Leaves {
    if (!this.open) return refused;
    if (this.present() >= this.#limit) return turnedAway;
    if (this.#busy < this.#workers) {
      this.#busy++;
      return now + work;
    }
    this.#waiting.push({ticket, work, arrived: now});
    return Infinity;
  }

  expected(): Leaves {
    return Infinity;
  }

  /** Jobs alone are here, which stay what they are. */
  retag(): void {}

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
  close(): void {
    this.open = false;
    const waiting = this.#waiting.slice(this.#next);
    this.#waiting = [];
    this.#next = 0;
    this.#busy = 0;
    for (const {ticket, arrived} of waiting) this.#settlement.broken(ticket, arrived);
  }

  reopen(): void {
    this.open = true;
  }

  discard(): void {}

  save(): Saved {
    return {waiting: this.#waiting.slice(this.#next), busy: this.#busy, open: this.open};
  }

  restore(saved: unknown): void {
    const {waiting, busy, open} = saved as Saved;
    this.#waiting = [...waiting];
    this.#next = 0;
    this.#busy = busy;
    this.open = open;
  }
}
