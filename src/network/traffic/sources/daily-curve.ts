// A rate that goes up and down with the hours of the day, a straight line from each hour to the
// next. The time at which its integral has grown by so much has a closed form within an hour, so
// that a Poisson process with this rate is drawn exactly, without a draw for nothing.

import {hour, type Time} from '../../../engine/time.ts';

const day = 24 * hour;

export class DailyCurve {
  /** Per microsecond, at each of its hours. */
  readonly #rates: readonly number[];
  /** Its first hour, after midnight. */
  readonly #first: Time;

  /** `weights`: of the rate at 24 hours; their mean stands for `mean`, a rate per microsecond. */
  constructor({weights, mean, first}: {weights: readonly number[]; mean: number; first: Time}) {
    const sum = weights.reduce((total, weight) => total + weight, 0);
    this.#rates = weights.map(weight => (mean * weights.length * weight) / sum);
    this.#first = first;
  }

  at(clock: Time): number {
    const {number, since} = this.#placeOf(clock);
    const {from, slope} = this.#hour(number);
    return from + slope * since;
  }

  /** When so much has come, by the clock that shows `clock` now. */
  after(clock: Time, amount: number): Time {
    let left = amount;
    let time = clock;
    let {number, since} = this.#placeOf(clock);
    for (;;) {
      const {from, slope} = this.#hour(number);
      const rate = from + slope * since;
      const rest = hour - since;
      const coming = (rate + 0.5 * slope * rest) * rest;
      if (coming > left) {
        return time + (2 * left) / (rate + Math.sqrt(rate * rate + 2 * slope * left));
      }
      left -= coming;
      time += rest;
      number = (number + 1) % 24;
      since = 0;
    }
  }

  #placeOf(clock: Time): {number: number; since: Time} {
    const time = (((clock - this.#first) % day) + day) % day;
    const number = Math.min(23, Math.floor(time / hour));
    return {number, since: time - number * hour};
  }

  #hour(number: number): {from: number; slope: number} {
    const from = this.#rates[number];
    return {from, slope: (this.#rates[(number + 1) % 24] - from) / hour};
  }
}

/** Of the cosine, from its peak on, an hour an eighth of a quarter turn and a half. */
export function cosineWeights(amplitude: number): readonly number[] {
  return quarterTurns.map(cosine => 1 + amplitude * cosine);
}

const [root2, root3, root6] = [Math.sqrt(2), Math.sqrt(3), Math.sqrt(6)];
const falling = [1, (root6 + root2) / 4, root3 / 2, root2 / 2, 0.5, (root6 - root2) / 4];
const rising = falling.slice(1).toReversed();
const negative = falling.map(cosine => -cosine);
const quarterTurns = [
  ...[...falling, 0],
  ...rising.map(cosine => -cosine),
  ...[...negative, 0],
  ...rising,
];
