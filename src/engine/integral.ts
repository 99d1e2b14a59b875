// The time integral of a whole-numbered step function, exact: 150,000 pods over 30 days are more
// pod-microseconds than a double can count. Values may be bytes: up to 2^52, over 2^51 microseconds
// (71 years), which makes at most 2^103.

import {ExactSum, type SavedSum} from './exact-sum.ts';
import {second, type Time} from './time.ts';

export interface SavedIntegral {
  readonly value: number;
  readonly changed: Time;
  readonly sum: SavedSum;
}

export class Integral {
  #value: number;
  #changed: Time;
  readonly #sum = new ExactSum();

  constructor(start: Time = 0, value = 0) {
    this.#changed = start;
    this.#value = value;
  }

  get value(): number {
    return this.#value;
  }

  /** From now on `delta` more. */
  add(delta: number, now: Time): void {
    this.set(this.#value + delta, now);
  }

  set(value: number, now: Time): void {
    this.#advance(now);
    this.#value = value;
  }

  /** Value times microseconds from the start until now. */
  integral(now: Time): bigint {
    this.#advance(now);
    return this.#sum.toBigInt();
  }

  /** The same in value times seconds, rounded once. */
  integralSeconds(now: Time): number {
    this.#advance(now);
    return this.#sum.toNumber() / second;
  }

  /** Over the time from `from` until now; `from` is where this began, or the value was 0 before. */
  mean(from: Time, now: Time): number | undefined {
    if (now <= from) return undefined;
    this.#advance(now);
    return this.#sum.toNumber() / (now - from);
  }

  save(): SavedIntegral {
    return {value: this.#value, changed: this.#changed, sum: this.#sum.save()};
  }

  restore({value, changed, sum}: SavedIntegral): void {
    this.#value = value;
    this.#changed = changed;
    this.#sum.restore(sum);
  }

  #advance(now: Time): void {
    if (now < this.#changed) {
      throw new RangeError(`an integral cannot go back from ${this.#changed} to ${now}`);
    }
    this.#sum.addProduct(this.#value, now - this.#changed);
    this.#changed = now;
  }
}
