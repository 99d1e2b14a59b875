// Something that is done again and again at equal intervals, as an idea: nothing happens at a pass
// unless somebody asks for it. As wait.Until, but a pass takes no time.

import type {Time} from '../engine/time.ts';

export class Passes {
  readonly #period: Time;
  /** The time of one of them; all others are whole periods away. */
  #one: Time;

  constructor(period: Time, one: Time) {
    this.#period = period;
    this.#one = one;
  }

  /** The first that is not before a time. */
  next(from: Time): Time {
    const since = (from - this.#one) % this.#period;
    if (since === 0) return from;
    return from - since + (since > 0 ? this.#period : 0);
  }

  /** Whoever did it before is gone; another begins now. */
  restart(now: Time): void {
    this.#one = now;
  }

  save(): Time {
    return this.#one;
  }

  restore(one: Time): void {
    this.#one = one;
  }
}
