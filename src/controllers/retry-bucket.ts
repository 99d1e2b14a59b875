// How fast a controller retries over all its items: 10 a second, 100 after a rest
// (client-go's default BucketRateLimiter).

import {second, type Time} from '../engine/time.ts';

const perSecond = 10;
const burst = 100;

export class RetryBucket {
  #fullAt: Time = 0;
  #taken = 0;

  /** Takes a token and says how long it must be waited for. */
  delay(now: Time): Time {
    if (this.#taken * second <= (now - this.#fullAt) * perSecond) {
      this.#fullAt = now;
      this.#taken = 0;
    }
    this.#taken++;
    const owed = this.#taken - burst;
    return owed <= 0 ? 0 : Math.max(0, this.#fullAt + (owed * second) / perSecond - now);
  }

  save(): {fullAt: Time; taken: number} {
    return {fullAt: this.#fullAt, taken: this.#taken};
  }

  restore({fullAt, taken}: {fullAt: Time; taken: number}): void {
    this.#fullAt = fullAt;
    this.#taken = taken;
  }
}
