// What looks at the state periodically. The run loop calls it between events: a sample takes no
// slot, no sequence number and no draw, so sampling cannot change a run.

import type {Time} from './time.ts';

interface Sampler {
  readonly period: Time;
  readonly sample: (now: Time) => void;
  next: Time;
}

export class Samplers {
  readonly #samplers: Sampler[] = [];
  /** When the next sample is due. */
  due: Time = Infinity;

  add(period: Time, now: Time, sample: (now: Time) => void): void {
    if (!Number.isSafeInteger(period) || period <= 0) {
      throw new RangeError(`a sampling period is a whole number of microseconds, not ${period}`);
    }
    this.#samplers.push({period, sample, next: now + period});
    this.#settle();
  }

  /** Takes the samples that are due; those due at the same time in the order of their coming. */
  take(): void {
    const now = this.due;
    for (const sampler of this.#samplers) {
      if (sampler.next !== now) continue;
      sampler.next += sampler.period;
      sampler.sample(now);
    }
    this.#settle();
  }

  save(): Time[] {
    return this.#samplers.map(({next}) => next);
  }

  /** A run may be continued with other samplers; those then start afresh. */
  restore(saved: readonly Time[], now: Time): void {
    const same = saved.length === this.#samplers.length;
    this.#samplers.forEach((sampler, index) => {
      sampler.next = same ? saved[index] : now + sampler.period;
    });
    this.#settle();
  }

  #settle(): void {
    this.due = this.#samplers.reduce((least, {next}) => Math.min(least, next), Infinity);
  }
}
