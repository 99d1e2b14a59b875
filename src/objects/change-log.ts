// What was stored, in order: one row per change of one kind of object. Watches read it with a
// cursor each; rows that every watch has passed are dropped, and only then may a deleted object's
// number be used again.

import type {Time} from '../engine/time.ts';

/** A bit for each kind. */
export type KindSet = number & {readonly set: 'kinds'};

export class ChangeLog<Kind extends string, Value = undefined> {
  /** Number of the next row; rows are numbered from 0 and never renumbered (a resource version). */
  end = 0;

  /** Whose cause each row bears. */
  source: {readonly cause: number} = {cause: 0};

  readonly #kinds: readonly Kind[];
  #first = 0;
  #times = new Float64Array(64);
  #kindOf = new Uint8Array(64);
  #ids = new Int32Array(64);
  #operands = new Int32Array(64);
  #causes = new Int32Array(64);
  #values: (Value | undefined)[] = new Array(64);
  readonly #cursors: Cursor[] = [];
  readonly #listeners: (() => void)[] = [];
  #dropped: ((kind: Kind, id: number) => void) | undefined;

  constructor(kinds: readonly Kind[]) {
    if (kinds.length > 32) throw new RangeError(`a log has at most 32 kinds, not ${kinds.length}`);
    this.#kinds = kinds;
  }

  /** Is told of each row that no watch can ask for any more. */
  onDropped(dropped: (kind: Kind, id: number) => void): void {
    this.#dropped = dropped;
  }

  append(time: Time, kind: Kind, id: number, operand = 0, value?: Value): void {
    if (this.end - this.#first === this.#times.length) this.#makeRoom();
    const row = this.end++ & (this.#times.length - 1);
    this.#times[row] = time;
    this.#kindOf[row] = this.#kinds.indexOf(kind);
    this.#ids[row] = id;
    this.#operands[row] = operand;
    this.#causes[row] = this.source.cause;
    this.#values[row] = value;
    for (const listener of this.#listeners) listener();
  }

  /** A reader that starts after the newest row. `appended` is called at each append. */
  cursor(appended: () => void): Cursor {
    const cursor = new Cursor(this.end);
    this.#cursors.push(cursor);
    this.#listeners.push(appended);
    return cursor;
  }

  time(row: number): Time {
    return this.#times[row & (this.#times.length - 1)];
  }

  kind(row: number): Kind {
    return this.#kinds[this.#kindOf[row & (this.#times.length - 1)]];
  }

  /** All of them where none are named. */
  kindSet(kinds: readonly Kind[] = this.#kinds): KindSet {
    let set = 0;
    for (const kind of kinds) set |= 1 << this.#kinds.indexOf(kind);
    return set as KindSet;
  }

  isOfKind(row: number, set: KindSet): boolean {
    return ((set >>> this.#kindOf[row & (this.#times.length - 1)]) & 1) === 1;
  }

  id(row: number): number {
    return this.#ids[row & (this.#times.length - 1)];
  }

  operand(row: number): number {
    return this.#operands[row & (this.#times.length - 1)];
  }

  /** What the change goes back to (`Simulation.cause`). */
  cause(row: number): number {
    return this.#causes[row & (this.#times.length - 1)];
  }

  value(row: number): Value | undefined {
    return this.#values[row & (this.#times.length - 1)];
  }

  /** Drops what all cursors have passed. */
  trim(): void {
    let slowest = this.end;
    for (const cursor of this.#cursors) slowest = Math.min(slowest, cursor.next);
    while (this.#first < slowest) {
      const row = this.#first++;
      this.#dropped?.(this.kind(row), this.id(row));
      this.#values[row & (this.#times.length - 1)] = undefined;
    }
  }

  save(): SavedLog<Value> {
    const rows: SavedRow<Value>[] = [];
    for (let row = this.#first; row < this.end; row++) {
      const at = row & (this.#times.length - 1);
      rows.push([
        this.#times[at],
        this.#kindOf[at],
        this.#ids[at],
        this.#operands[at],
        this.#causes[at],
        this.#values[at],
      ]);
    }
    return {first: this.#first, rows, cursors: this.#cursors.map(({next}) => next)};
  }

  restore(saved: SavedLog<Value>): void {
    this.#first = saved.first;
    this.end = saved.first;
    for (const [time, kind, id, operand, cause, value] of saved.rows) {
      if (this.end - this.#first === this.#times.length) this.#makeRoom();
      const at = this.end++ & (this.#times.length - 1);
      this.#times[at] = time;
      this.#kindOf[at] = kind;
      this.#ids[at] = id;
      this.#operands[at] = operand;
      this.#causes[at] = cause;
      this.#values[at] = value;
    }
    for (const [index, cursor] of this.#cursors.entries()) cursor.next = saved.cursors[index];
  }

  // A power of two, so that a row's place is a mask away.
  #makeRoom(): void {
    const old = this.#times.length;
    const order = Array.from({length: old}, (_, i) => (this.#first + i) & (old - 1));
    const times = new Float64Array(old * 2);
    const kinds = new Uint8Array(old * 2);
    const ids = new Int32Array(old * 2);
    const operands = new Int32Array(old * 2);
    const causes = new Int32Array(old * 2);
    const values = new Array<Value | undefined>(old * 2);
    for (const [i, from] of order.entries()) {
      const to = (this.#first + i) & (old * 2 - 1);
      times[to] = this.#times[from];
      kinds[to] = this.#kindOf[from];
      ids[to] = this.#ids[from];
      operands[to] = this.#operands[from];
      causes[to] = this.#causes[from];
      values[to] = this.#values[from];
    }
    this.#times = times;
    this.#kindOf = kinds;
    this.#ids = ids;
    this.#operands = operands;
    this.#causes = causes;
    this.#values = values;
  }
}

export class Cursor {
  /** The first row not yet read. */
  next: number;

  constructor(next: number) {
    this.next = next;
  }
}

type SavedRow<Value> = [
  time: Time,
  kind: number,
  id: number,
  operand: number,
  cause: number,
  value: Value | undefined,
];
export type SavedLog<Value> = {first: number; rows: SavedRow<Value>[]; cursors: number[]};
