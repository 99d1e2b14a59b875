// What counts of good and bad requests over time say of an objective: when its budget was used up,
// and when alerts on the rate at which it is would first have come (Google, The Site Reliability
// Workbook, chapter 5: windows of an hour and 5 minutes, of 6 hours and 30 minutes).
//
// It is looked at the ends of buckets. A window that begins before the first request is taken to
// have been as busy before, and without a failure: the run is a cut out of a longer life.

import {hour, minute, type Time} from '../engine/time.ts';
import type {SloCounts} from './slo-counts.ts';

export type Alert = {readonly burn: number; readonly long: Time; readonly short: Time};

export const fastBurn: Alert = {burn: 14.4, long: hour, short: 5 * minute};
export const slowBurn: Alert = {burn: 6, long: 6 * hour, short: 30 * minute};

/** Sums of a stretch of buckets. */
export type Tally = {readonly valid: number; readonly bad: number};

export class SloWindows {
  readonly #width: Time;
  /** Sums over the buckets before each, and over all as the last. */
  readonly #valid: Float64Array;
  readonly #bad: Float64Array;
  /** Of the first bucket with a request. */
  readonly #first: number;

  constructor(counts: SloCounts, end: Time) {
    this.#width = counts.width;
    const buckets = Math.max(1, Math.ceil(end / this.#width));
    this.#valid = new Float64Array(buckets + 1);
    this.#bad = new Float64Array(buckets + 1);
    for (let i = 0; i < buckets; i++) {
      this.#bad[i + 1] = this.#bad[i] + counts.bad(i);
      this.#valid[i + 1] = this.#valid[i] + counts.good(i) + counts.bad(i);
    }
    // What ended in the very last moment.
    this.#bad[buckets] += counts.bad(buckets);
    this.#valid[buckets] += counts.good(buckets) + counts.bad(buckets);
    const first = this.#valid.findIndex(valid => valid > 0);
    this.#first = first < 0 ? buckets : first - 1;
  }

  /** Of the last `window` before the end, in whole buckets. */
  last(window: Time): Tally {
    return this.#tally(this.#buckets, window);
  }

  get all(): Tally {
    return this.last(Infinity);
  }

  /**
   * When the bad requests of a window came to the share of its requests that may be. The first
   * window is judged by all of its requests, those still to come included.
   */
  exhausted(mayFail: number, window: Time): Time | undefined {
    const whole = this.#first + this.#bucketsOf(window);
    const first = this.#valid[Math.min(this.#buckets, whole)];
    for (let end = this.#first + 1; end <= this.#buckets; end++) {
      const {valid, bad} = this.#tally(end, window);
      if (bad > 0 && bad >= mayFail * (end < whole ? first : valid)) return end * this.#width;
    }
    return undefined;
  }

  firstAlert(mayFail: number, {burn, long, short}: Alert): Time | undefined {
    for (let end = this.#first + 1; end <= this.#buckets; end++) {
      const least = burn * mayFail;
      if (this.#badShare(end, long) > least && this.#badShare(end, short) > least) {
        return end * this.#width;
      }
    }
    return undefined;
  }

  get #buckets(): number {
    return this.#valid.length - 1;
  }

  #tally(end: number, window: Time): Tally {
    const start = Math.max(0, end - this.#bucketsOf(window));
    return {
      valid: this.#valid[end] - this.#valid[start],
      bad: this.#bad[end] - this.#bad[start],
    };
  }

  #bucketsOf(window: Time): number {
    return Math.max(1, Math.round(window / this.#width));
  }

  #badShare(end: number, window: Time): number {
    const {valid, bad} = this.#tally(end, window);
    if (valid === 0) return 0;
    const seen = Math.min(1, (end - this.#first) / this.#bucketsOf(window));
    return (bad / valid) * seen;
  }
}
