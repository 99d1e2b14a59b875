// What a client's requests came to: how many ended in which way, and how long those that were
// answered took. Its size does not depend on their number.

import {Histogram, type SavedHistogram} from '../../engine/histogram.ts';
import type {Time} from '../../engine/time.ts';

/**
 * `rejected`: there was no room; `refused`: nobody listened; `reset`: it broke on the way;
 * `failed`: the answer was an error.
 */
export const outcomes = ['ok', 'rejected', 'refused', 'reset', 'failed'] as const;

export type Outcome = (typeof outcomes)[number];

export type RecordOptions = {
  /** Of quantiles. */
  readonly relativeError: number;
  /** Also how long requests of one attempt waited before they were worked on. */
  readonly waits: boolean;
};

export type SavedRecord = {
  readonly sent: number;
  readonly attempts: number;
  readonly counts: readonly number[];
  readonly latency: SavedHistogram;
  readonly waits: SavedHistogram | undefined;
};

export class Record {
  sent = 0;
  /** Copies and repetitions included. */
  attempts = 0;
  readonly latency: Histogram;
  readonly waits: Histogram | undefined;
  readonly #counts = outcomes.map(() => 0);

  constructor({relativeError, waits}: RecordOptions) {
    this.latency = new Histogram(relativeError);
    this.waits = waits ? new Histogram(relativeError) : undefined;
  }

  answered(latency: Time): void {
    this.#counts[0]++;
    this.latency.record(latency);
  }

  ended(outcome: Exclude<Outcome, 'ok'>): void {
    this.#counts[outcomes.indexOf(outcome)]++;
  }

  count(outcome: Outcome): number {
    return this.#counts[outcomes.indexOf(outcome)];
  }

  /** Those that have an outcome. */
  get over(): number {
    return this.#counts.reduce((sum, count) => sum + count, 0);
  }

  get underWay(): number {
    return this.sent - this.over;
  }

  save(): SavedRecord {
    return {
      sent: this.sent,
      attempts: this.attempts,
      counts: [...this.#counts],
      latency: this.latency.save(),
      waits: this.waits?.save(),
    };
  }

  restore({sent, attempts, counts, latency, waits}: SavedRecord): void {
    this.sent = sent;
    this.attempts = attempts;
    for (const [i, count] of counts.entries()) this.#counts[i] = count;
    this.latency.restore(latency);
    if (waits !== undefined) this.waits?.restore(waits);
  }
}
