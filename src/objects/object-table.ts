// Objects of one kind that are few and change seldom (nodes, priority classes, services …):
// immutable values under a name, replaced whole, each change a row of the kind's log with the value
// it had.

import {Signal} from '../engine/signal.ts';
import type {Time} from '../engine/time.ts';
import {ChangeLog, type SavedLog} from './change-log.ts';

const objectChanges = ['added', 'updated', 'deleted'] as const;
export type ObjectChange = (typeof objectChanges)[number];

export class ObjectTable<Value, Id extends number = number> {
  readonly log = new ChangeLog<ObjectChange, Value>(objectChanges);
  /** Something was added or replaced. */
  readonly written = new Signal<[]>();
  #values: (Value | undefined)[] = [];
  #names: string[] = [];
  /** The row of the log that each object was changed by last. */
  #revisions: number[] = [];
  readonly #ids = new Map<string, Id>();
  readonly #nameOf: (value: Value) => string;

  /** `nameOf` gives the full name, with the namespace where the kind has one. */
  constructor(nameOf: (value: Value) => string) {
    this.#nameOf = nameOf;
  }

  /** How many numbers have been given out; those of deleted objects are not used again. */
  get length(): number {
    return this.#values.length;
  }

  /** Objects that there are now. */
  get count(): number {
    return this.#ids.size;
  }

  id(name: string): Id | undefined {
    return this.#ids.get(name);
  }

  /** The object as it is now; `undefined` once deleted. */
  get(id: Id): Value | undefined {
    return this.#values[id];
  }

  /** Another number after each change (`resourceVersion`). */
  revision(id: Id): number {
    return this.#revisions[id];
  }

  /** Its name, also after its deletion. */
  nameOf(id: Id): string {
    return this.#names[id];
  }

  *all(): Generator<[Id, Value]> {
    for (const [id, value] of this.#values.entries()) {
      if (value !== undefined) yield [id as Id, value];
    }
  }

  /** Those that are there, with their full names. */
  *byName(): Generator<[string, Value]> {
    for (const [id, value] of this.all()) yield [this.#names[id], value];
  }

  add(value: Value, now: Time): Id {
    const name = this.#nameOf(value);
    if (this.#ids.has(name)) throw new Error(`${name} exists already`);
    const id = this.#values.length as Id;
    this.#values.push(value);
    this.#names.push(name);
    this.#revisions.push(this.log.end);
    this.#ids.set(name, id);
    this.log.append(now, 'added', id, 0, value);
    this.written.emit();
    return id;
  }

  replace(id: Id, value: Value, now: Time): void {
    this.#values[id] = value;
    this.#revisions[id] = this.log.end;
    this.log.append(now, 'updated', id, 0, value);
    this.written.emit();
  }

  delete(id: Id, now: Time): void {
    const value = this.#values[id];
    if (value === undefined) return;
    this.#values[id] = undefined;
    this.#ids.delete(this.#nameOf(value));
    this.log.append(now, 'deleted', id, 0, value);
  }

  save(): SavedObjects<Value> {
    return {
      values: this.#values.slice(),
      names: this.#names.slice(),
      revisions: this.#revisions.slice(),
      log: this.log.save(),
    };
  }

  restore(saved: SavedObjects<Value>): void {
    this.#values = saved.values.slice();
    this.#names = saved.names.slice();
    this.#revisions = saved.revisions.slice();
    this.#ids.clear();
    for (const [id, value] of this.all()) this.#ids.set(this.#nameOf(value), id);
    this.log.restore(saved.log);
  }
}

export type SavedObjects<Value> = {
  values: (Value | undefined)[];
  names: string[];
  revisions: number[];
  log: SavedLog<Value>;
};
