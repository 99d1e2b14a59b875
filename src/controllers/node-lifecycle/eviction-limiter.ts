// How fast nodes of one zone lose their pods: a token bucket that holds one (client-go's
// flowcontrol with burst 1), whose rate changes with the zone's state.

import {second, type Time} from '../../engine/time.ts';

export class EvictionLimiter {
  #perSecond: number;
  #nextAt: Time;

  constructor(perSecond: number, now: Time) {
    this.#perSecond = perSecond;
    this.#nextAt = now;
  }

  /** When a token is there; `undefined`: never. */
  get nextAt(): Time | undefined {
    return this.#perSecond === 0 ? undefined : this.#nextAt;
  }

  tryAccept(now: Time): boolean {
    if (this.#perSecond === 0 || this.#nextAt > now) return false;
    this.#nextAt = now + Math.ceil(second / this.#perSecond);
    return true;
  }

  /** As RateLimitedTimedQueue.SwapLimiter: while one waits for a token, the new bucket is empty. */
  swap(perSecond: number, now: Time): void {
    if (perSecond === this.#perSecond) return;
    const empty = !this.tryAccept(now);
    this.#perSecond = perSecond;
    this.#nextAt = now;
    if (empty) this.tryAccept(now);
  }

  save() {
    return {perSecond: this.#perSecond, nextAt: this.#nextAt};
  }

  static from({perSecond, nextAt}: {perSecond: number; nextAt: Time}): EvictionLimiter {
    return new EvictionLimiter(perSecond, nextAt);
  }
}
