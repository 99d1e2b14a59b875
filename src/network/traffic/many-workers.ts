// First come, first served, by several workers (J. Kiefer and J. Wolfowitz, 1955): a request starts
// when the worker who is free first has time. So its stay is known as it comes; it leaves, however,
// in another order than it came.

import type {Time} from '../../engine/time.ts';
import {RequestHeap} from './request-heap.ts';
import {
  type Leaves,
  type Retag,
  refused,
  type Settlement,
  type Station,
  turnedAway,
} from './station.ts';

type Saved = {requests: Float64Array; free: Float64Array; open: boolean};

export class ManyWorkers implements Station {
  open = true;
  readonly foretells = true;
  readonly #limit: number;
  readonly #settlement: Settlement;
  /** By when they leave. */
  readonly #requests = new RequestHeap();
  /** When each worker is free, the first one at the top of a heap; none where all may work. */
  readonly #free: Float64Array;

  constructor(workers: number, limit: number, settlement: Settlement) {
    this.#limit = limit;
    this.#settlement = settlement;
    this.#free = new Float64Array(workers >= limit ? 0 : workers);
  }

  present(now: Time): number {
    this.settle(now);
    return this.#requests.size;
  }

  admit(ticket: number, work: Time, now: Time, since = now): Leaves {
    this.settle(now);
    if (!this.open) return refused;
    if (this.#requests.size >= this.#limit) return turnedAway;
    const free = this.#free;
    const started = free.length > 0 && free[0] > now ? free[0] : now;
    const leaves = started + work;
    if (free.length > 0) this.#occupyFirst(leaves);
    this.#requests.push(leaves, since, started, ticket);
    return leaves;
  }

  expected(work: Time, now: Time): Leaves {
    const free = this.#free;
    return (free.length > 0 && free[0] > now ? free[0] : now) + work;
  }

  retag(now: Time, retag: Retag): void {
    this.settle(now);
    this.#requests.retag(retag);
  }

  settle(now: Time): void {
    const requests = this.#requests;
    while (requests.size > 0 && requests.key <= now) {
      const {ticket, arrived, started, key} = requests;
      requests.drop();
      this.#settlement.left(ticket, arrived, started, key);
    }
  }

  close(now: Time): void {
    this.settle(now);
    this.open = false;
    this.#free.fill(now);
    for (const [ticket, arrived] of this.#requests.takeAll()) {
      this.#settlement.broken(ticket, arrived);
    }
  }

  reopen(): void {
    this.open = true;
  }

  discard(): void {}

  save(): Saved {
    return {requests: this.#requests.save(), free: this.#free.slice(), open: this.open};
  }

  restore(saved: unknown): void {
    const {requests, free, open} = saved as Saved;
    this.#requests.restore(requests);
    this.#free.set(free);
    this.open = open;
  }

  #occupyFirst(until: Time): void {
    const free = this.#free;
    let place = 0;
    for (let child = 1; child < free.length; child = 2 * place + 1) {
      if (child + 1 < free.length && free[child + 1] < free[child]) child++;
      if (free[child] >= until) break;
      free[place] = free[child];
      place = child;
    }
    free[place] = until;
  }
}
