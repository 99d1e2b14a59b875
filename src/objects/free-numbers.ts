// Numbers that may be given out again: those of deleted objects that no watch speaks of any more,
// unless somebody who has not heard of the deletion yet keeps them.

export class FreeNumbers<Id extends number> {
  #free: Id[] = [];
  /** Kept numbers, and whether nobody else uses them any more. */
  #kept = new Map<Id, boolean>();

  take(): Id | undefined {
    return this.#free.pop();
  }

  add(id: Id): void {
    if (this.#kept.has(id)) this.#kept.set(id, true);
    else this.#free.push(id);
  }

  /** To be called before the number is added. */
  keep(id: Id): void {
    this.#kept.set(id, false);
  }

  letGo(id: Id): void {
    if (this.#kept.get(id) === true) this.#free.push(id);
    this.#kept.delete(id);
  }

  save() {
    return {free: this.#free.slice(), kept: new Map(this.#kept)};
  }

  restore({free, kept}: SavedNumbers<Id>): void {
    this.#free = free.slice();
    this.#kept = new Map(kept);
  }
}

export type SavedNumbers<Id extends number> = {
  readonly free: readonly Id[];
  readonly kept: ReadonlyMap<Id, boolean>;
};
