// How long a Job waits after failures before it makes another pod (pkg/controller/job,
// backoff_utils.go): 10 s, twice as long after each failure in a row. The controller remembers it
// and nobody else: the one that takes over waits for nothing.

import {minute, second, type Time} from '../engine/time.ts';
import type {GonePod} from '../objects/job-object.ts';

// The documentation says six minutes, the code ten.
const firstBackOff: Time = 10 * second;
const longestBackOff: Time = 10 * minute;

type Failures = {readonly inARow: number; readonly last: Time};

export class JobBackOff {
  /** By index for a Job that limits each index; else under this one. */
  readonly #failures: Map<number, Failures>;
  /** Serials: whose count could not be written down is counted again. */
  readonly #noted: Set<number>;

  constructor({failures, noted}: SavedBackOff = {failures: new Map(), noted: new Set()}) {
    this.#failures = new Map(failures);
    this.#noted = new Set(noted);
  }

  /** In the order of their ends. */
  note(ends: readonly GonePod[], perIndex: boolean): void {
    for (const {serial, succeeded, index, endedAt} of ends) {
      if (this.#noted.has(serial)) continue;
      this.#noted.add(serial);
      const key = keyOf(perIndex ? index : undefined);
      const inARow = (this.#failures.get(key)?.inARow ?? 0) + 1;
      if (succeeded) this.#failures.delete(key);
      else this.#failures.set(key, {inARow, last: endedAt});
    }
  }

  /** Until another pod may be made. */
  left(now: Time, index?: number): Time {
    const failures = this.#failures.get(keyOf(index));
    if (failures === undefined) return 0;
    const delay = Math.min(longestBackOff, firstBackOff * 2 ** (failures.inARow - 1));
    return Math.max(0, failures.last + delay - now);
  }

  save(): SavedBackOff {
    return {failures: this.#failures, noted: this.#noted};
  }
}

export type SavedBackOff = {
  readonly failures: ReadonlyMap<number, Failures>;
  readonly noted: ReadonlySet<number>;
};

function keyOf(index: number | undefined): number {
  return index ?? -1;
}
