// First come, first served, by one worker (D. V. Lindley, 1952): a request starts when it comes or
// when the one before it leaves, so its whole stay is known as it comes. Those that are there stand
// in a ring, in the order in which they leave.

import type {Time} from '../../engine/time.ts';
import {
  type Leaves,
  type Retag,
  refused,
  type Settlement,
  type Station,
  turnedAway,
} from './station.ts';

// A row is when it arrived, started, leaves, and its ticket.
const rowBits = 2;

type Saved = {rows: Float64Array; head: number; size: number; free: Time; open: boolean};

export class SingleWorker implements Station {
  open = true;
  readonly #limit: number;
  readonly #settlement: Settlement;
  #rows = new Float64Array(8 << rowBits);
  #mask = 7;
  #head = 0;
  #size = 0;
  /** When all that are there will have left. */
  #free: Time = 0;

  constructor(limit: number, settlement: Settlement) {
    this.#limit = limit;
    this.#settlement = settlement;
  }

  present(now: Time): number {
    this.settle(now);
    return this.#size;
  }

  admit(ticket: number, work: Time, now: Time, since = now): Leaves {
    this.settle(now);
    if (!this.open) return refused;
    if (this.#size >= this.#limit) return turnedAway;
    if (this.#size > this.#mask) this.#grow();
    const rows = this.#rows;
    const started = this.#free > now ? this.#free : now;
    const row = ((this.#head + this.#size) & this.#mask) << rowBits;
    rows[row] = since;
    rows[row + 1] = started;
    rows[row + 2] = started + work;
    rows[row + 3] = ticket;
    this.#size++;
    this.#free = started + work;
    return this.#free;
  }

  expected(work: Time, now: Time): Leaves {
    return (this.#free > now ? this.#free : now) + work;
  }

  retag(now: Time, retag: Retag): void {
    this.settle(now);
    const rows = this.#rows;
    for (let i = 0; i < this.#size; i++) {
      const row = ((this.#head + i) & this.#mask) << rowBits;
      rows[row + 3] = retag(rows[row + 3], rows[row], rows[row + 2]);
    }
  }

  settle(now: Time): void {
    while (this.#size > 0) {
      const rows = this.#rows;
      const row = this.#head << rowBits;
      if (rows[row + 2] > now) return;
      this.#head = (this.#head + 1) & this.#mask;
      this.#size--;
      // Whoever waits for it may have known before.
      if (rows[row + 3] < 0 && !this.#settlement.hearsAll) continue;
      this.#settlement.left(rows[row + 3], rows[row], rows[row + 1], rows[row + 2]);
    }
  }

  close(now: Time): void {
    this.settle(now);
    this.open = false;
    // Whoever is told may send another at once, which is refused.
    const present = this.#present();
    this.#size = 0;
    this.#free = now;
    for (const [ticket, arrived] of present) this.#settlement.broken(ticket, arrived);
  }

  reopen(): void {
    this.open = true;
  }

  save(): Saved {
    const rows = this.#rows.slice();
    return {rows, head: this.#head, size: this.#size, free: this.#free, open: this.open};
  }

  restore(saved: unknown): void {
    const {rows, head, size, free, open} = saved as Saved;
    this.#rows = rows.slice();
    this.#mask = (rows.length >> rowBits) - 1;
    this.#head = head;
    this.#size = size;
    this.#free = free;
    this.open = open;
  }

  #present(): (readonly [ticket: number, arrived: Time])[] {
    return Array.from({length: this.#size}, (_, i) => {
      const row = ((this.#head + i) & this.#mask) << rowBits;
      return [this.#rows[row + 3], this.#rows[row]] as const;
    });
  }

  #grow(): void {
    const rows = new Float64Array(this.#rows.length * 2);
    const start = this.#head << rowBits;
    rows.set(this.#rows.subarray(start));
    rows.set(this.#rows.subarray(0, start), this.#rows.length - start);
    this.#rows = rows;
    this.#mask = this.#mask * 2 + 1;
    this.#head = 0;
  }
}
