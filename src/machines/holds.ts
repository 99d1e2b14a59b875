// A condition of machines that several things may bring about at once: a machine is without power
// while its crash, its zone's outage, or both last. Each takes hold and lets go; the condition
// holds while anybody does.

import type {Signal} from '../engine/signal.ts';

export class Holds<Id extends number> {
  #counts: number[] = [];
  readonly #began: Signal<[id: Id]>;
  readonly #ended: Signal<[id: Id]>;

  /** `began` and `ended` are told of the first that takes hold and the last that lets go. */
  constructor(began: Signal<[id: Id]>, ended: Signal<[id: Id]>) {
    this.#began = began;
    this.#ended = ended;
  }

  has(id: Id): boolean {
    return (this.#counts[id] ?? 0) > 0;
  }

  take(id: Id): void {
    const count = this.#counts[id] ?? 0;
    this.#counts[id] = count + 1;
    if (count === 0) this.#began.emit(id);
  }

  release(id: Id): void {
    const count = this.#counts[id] ?? 0;
    if (count === 0) throw new Error(`machine ${id} is let go of by one who did not hold it`);
    this.#counts[id] = count - 1;
    if (count === 1) this.#ended.emit(id);
  }

  save(): readonly number[] {
    return this.#counts.slice();
  }

  restore(saved: readonly number[]): void {
    this.#counts = saved.slice();
  }
}
