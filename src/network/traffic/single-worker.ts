// First come, first served, by one worker (D. V. Lindley, 1952): a request starts when it comes or
// when the one before it leaves, so its whole stay is known as it comes. Those that are there stand
// in a ring, in the order in which they leave. All numbers of a station lie together in a block of
// an array that stations share: a head of one row, and the ring.

import type {Time} from '../../engine/time.ts';
import type {RowStore} from './row-store.ts';
import {
  type Leaves,
  type Retag,
  refused,
  type Settlement,
  type Station,
  turnedAway,
} from './station.ts';

// A row is when it arrived, started, leaves, and its ticket. The head row has when all that are
// there will have left, the first one's place, their number, and the last place.
const rowBits = 2;
const headRows = 1;
const leastRows = 8;
const free = 0;
const head = 1;
const size = 2;
const mask = 3;

type Saved = {rows: Float64Array; open: boolean};

export class SingleWorker implements Station {
  open = true;
  readonly foretells = true;
  readonly #limit: number;
  readonly #settlement: Settlement;
  readonly #store: RowStore;
  /** Where its block begins. */
  #base: number;

  constructor(limit: number, settlement: Settlement, store: RowStore) {
    this.#limit = limit;
    this.#settlement = settlement;
    this.#store = store;
    this.#base = emptyBlock(store, leastRows);
  }

  present(now: Time): number {
    this.settle(now);
    return this.#store.rows[this.#base + size];
  }

  admit(ticket: number, work: Time, now: Time, since = now): Leaves {
    if (this.#store.rows[this.#base + size] > 0) this.settle(now);
    if (!this.open) return refused;
    if (this.#store.rows[this.#base + size] >= this.#limit) return turnedAway;
    if (this.#store.rows[this.#base + size] > this.#store.rows[this.#base + mask]) this.#grow();
    const {rows} = this.#store;
    const base = this.#base;
    const present = rows[base + size];
    const started = rows[base + free] > now ? rows[base + free] : now;
    const row = base + rowOf((rows[base + head] + present) & rows[base + mask]);
    rows[row] = since;
    rows[row + 1] = started;
    rows[row + 2] = started + work;
    rows[row + 3] = ticket;
    rows[base + size] = present + 1;
    rows[base + free] = started + work;
    return started + work;
  }

  expected(work: Time, now: Time): Leaves {
    return Math.max(this.#store.rows[this.#base + free], now) + work;
  }

  retag(now: Time, retag: Retag): void {
    this.settle(now);
    for (let i = 0; i < this.#store.rows[this.#base + size]; i++) {
      const {rows} = this.#store;
      const row = this.#row(i);
      rows[row + 3] = retag(rows[row + 3], rows[row], rows[row + 2]);
    }
  }

  settle(now: Time): void {
    const base = this.#base;
    // Whoever is told sends nobody here before all are.
    for (let {rows} = this.#store; rows[base + size] > 0; rows = this.#store.rows) {
      const row = base + rowOf(rows[base + head]);
      if (rows[row + 2] > now) return;
      rows[base + head] = (rows[base + head] + 1) & rows[base + mask];
      rows[base + size]--;
      this.#settlement.left(rows[row + 3], rows[row], rows[row + 1], rows[row + 2]);
    }
  }

  close(now: Time): void {
    this.settle(now);
    this.open = false;
    // Whoever is told may send another at once, which is refused.
    const present = this.#present();
    this.#store.rows[this.#base + size] = 0;
    this.#store.rows[this.#base + free] = now;
    for (const [ticket, arrived] of present) this.#settlement.broken(ticket, arrived);
  }

  reopen(): void {
    this.open = true;
  }

  discard(): void {
    this.#store.giveBack(this.#base, this.#room);
  }

  save(): Saved {
    const start = this.#base;
    const {rows} = this.#store;
    return {rows: rows.slice(start, start + (this.#room << rowBits)), open: this.open};
  }

  restore(saved: unknown): void {
    const {rows, open} = saved as Saved;
    this.#store.giveBack(this.#base, this.#room);
    this.#base = this.#store.take(rows.length >> rowBits);
    this.#store.rows.set(rows, this.#base);
    this.open = open;
  }

  /** Of its block, in rows. */
  get #room(): number {
    return this.#store.rows[this.#base + mask] + 1 + headRows;
  }

  #row(place: number): number {
    const {rows} = this.#store;
    const base = this.#base;
    return base + rowOf((rows[base + head] + place) & rows[base + mask]);
  }

  #present(): (readonly [ticket: number, arrived: Time])[] {
    const {rows} = this.#store;
    return Array.from({length: rows[this.#base + size]}, (_, i) => {
      const row = this.#row(i);
      return [rows[row + 3], rows[row]] as const;
    });
  }

  #grow(): void {
    const [before, room] = [this.#base, this.#room];
    const after = emptyBlock(this.#store, 2 * (room - headRows));
    const {rows} = this.#store;
    const count = rows[before + size];
    for (let i = 0; i < count; i++) {
      const row = this.#row(i);
      rows.copyWithin(after + rowOf(i), row, row + (1 << rowBits));
    }
    rows[after + free] = rows[before + free];
    rows[after + size] = count;
    this.#store.giveBack(before, room);
    this.#base = after;
  }
}

function emptyBlock(store: RowStore, room: number): number {
  const base = store.take(room + headRows);
  store.rows[base + mask] = room - 1;
  return base;
}

function rowOf(place: number): number {
  return (place + headRows) << rowBits;
}
