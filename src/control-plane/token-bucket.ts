// The limit a component's client puts on itself. As client-go's
// flowcontrol.NewTokenBucketRateLimiter: `burst` tokens after a rest, one more every 1/qps seconds,
// waiting requests leave in order.

import {second, type Time} from '../engine/time.ts';
import type {ClientLimits} from '../objects/api-client.ts';

export class TokenBucket {
  readonly #qps: number | undefined;
  readonly #burst: number;
  /** When the bucket was last full, and how many tokens were taken since: no rounding adds up. */
  #fullAt: Time = 0;
  #taken = 0;

  constructor({qps, burst}: ClientLimits) {
    this.#qps = qps;
    this.#burst = burst;
  }

  /** Takes a token and says when it is there: the whole microsecond not before it. */
  reserve(now: Time): Time {
    if (this.#qps === undefined) return now;
    if (this.#taken * second <= (now - this.#fullAt) * this.#qps) {
      this.#fullAt = now;
      this.#taken = 0;
    }
    this.#taken++;
    const owed = this.#taken - this.#burst;
    if (owed <= 0) return now;
    return Math.max(now, this.#fullAt + Math.ceil((owed * second) / this.#qps));
  }

  save(): SavedBucket {
    return {fullAt: this.#fullAt, taken: this.#taken};
  }

  restore({fullAt, taken}: SavedBucket): void {
    this.#fullAt = fullAt;
    this.#taken = taken;
  }
}

export type SavedBucket = {readonly fullAt: Time; readonly taken: number};
