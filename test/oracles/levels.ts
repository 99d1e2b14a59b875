// How long some things were up in which number, batch by batch: the whole time is cut into batches
// of one length, whose shares are nearly independent, so that their spread says how sure the mean
// is.

import type {Time} from '../../src/engine/time.ts';

export class Levels {
  readonly #batch: Time;
  readonly #things: number;
  /** By batch, then by the number that is up. */
  readonly #times: Float64Array[] = [];
  /** How often that number was come to. */
  readonly entries: Float64Array;
  #level: number;
  #since: Time = 0;

  constructor(options: {things: number; level: number; batch: Time}) {
    this.#things = options.things;
    this.#level = options.level;
    this.#batch = options.batch;
    this.entries = new Float64Array(options.things + 1);
  }

  get level(): number {
    return this.#level;
  }

  change(by: number, now: Time): void {
    this.#passTo(now);
    this.#level += by;
    this.entries[this.#level]++;
  }

  /** Of each batch that is over: the shares of time with each number up. */
  shares(end: Time): readonly Float64Array[] {
    this.#passTo(end);
    const whole = Math.floor(end / this.#batch);
    return this.#times.slice(0, whole).map(times => times.map(time => time / this.#batch));
  }

  #passTo(now: Time): void {
    while (this.#since < now) {
      const index = Math.floor(this.#since / this.#batch);
      const until = Math.min(now, (index + 1) * this.#batch);
      while (this.#times.length <= index) this.#times.push(new Float64Array(this.#things + 1));
      this.#times[index][this.#level] += until - this.#since;
      this.#since = until;
    }
  }
}
