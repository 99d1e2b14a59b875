// A stream of chance: answers one question of the model, again and again, from its own seed.
//
// The generator is Alea (Johannes Baagøe), seeded by the package `seedrandom`. Its recurrence is
// four operations, repeated here so that a draw needs no calls; a test holds it to the package's.
// A uniform takes two draws of 32 bits: 53 make the number, 11 are left over for the ziggurats.

import seedrandom from 'seedrandom';
import {exp, log, pow} from './math.ts';
import {remainder} from './remainder.ts';
import {totalWeight, WeightTable} from './weights.ts';
import {exponentialLayers, normalLayers} from './ziggurat.ts';

/** Alea's state: a carry, and three numbers of 32 bits below 1. */
export interface SavedStream {
  readonly c: number;
  readonly s0: number;
  readonly s1: number;
  readonly s2: number;
}

export interface Empirical<T> {
  readonly values: readonly T[];
  readonly weights: readonly number[];
}

const two32 = 2 ** 32;
// The same for every stream and every run, so sharing them shares no state.
const tables = new WeakMap<object, WeightTable>();

export class RandomStream {
  #c = 0;
  #s0 = 0.5;
  #s1 = 0.5;
  #s2 = 0.5;
  /** The eleven bits that the last uniform left over. */
  #spare = 0;

  constructor(seed: string) {
    this.restore(seedrandom.alea(seed, {state: true}).state() as SavedStream);
  }

  /** Strictly between 0 and 1 (or the given bounds), with 53 bits. */
  uniform(from = 0, to = 1): number {
    return from + (to - from) * this.#unit();
  }

  exponential(mean: number): number {
    return mean * this.#standardExponential();
  }

  normal(mean: number, sd: number): number {
    return mean + sd * this.#standardNormal();
  }

  /** exp of a normal; `sigma` is the standard deviation of the logarithm. */
  lognormal({median, sigma}: {median: number; sigma: number}): number {
    return median * exp(sigma * this.#standardNormal());
  }

  /** P(X > x) = exp(-(x/scale)^shape), so X = scale E^(1/shape) with E exponential of mean 1. */
  weibull({shape, scale}: {shape: number; scale: number}): number {
    return scale * pow(this.#standardExponential(), 1 / shape);
  }

  /** P(X > x) = (scale/x)^shape from `scale` on; with `max`, given that X <= max. By inversion. */
  pareto({shape, scale, max}: {shape: number; scale: number; max?: number}): number {
    const u = this.#unit();
    if (max === undefined) return scale * pow(u, -1 / shape);
    const beyond = pow(scale / max, shape);
    return Math.min(max, scale * pow(u + (1 - u) * beyond, -1 / shape));
  }

  /** The sum of `shape` exponentials; `mean` is the mean of the sum. */
  erlang({shape, mean}: {shape: number; mean: number}): number {
    return this.gamma({shape, scale: mean / shape});
  }

  /**
   * Density proportional to x^(shape-1) exp(-x/scale). G. Marsaglia and W. W. Tsang, A Simple
   * Method for Generating Gamma Variables, 2000; below shape 1 by their boost U^(1/shape).
   */
  gamma({shape, scale}: {shape: number; scale: number}): number {
    if (shape < 1) {
      const boost = pow(this.#unit(), 1 / shape);
      return boost * scale * this.#standardGamma(shape + 1);
    }
    return scale * this.#standardGamma(shape);
  }

  /** One of the values, by weight. Prepared at the first draw: the object must not change later. */
  empirical<T>(distribution: Empirical<T>): T {
    let table = tables.get(distribution);
    if (table === undefined) {
      table = new WeightTable(distribution.weights);
      tables.set(distribution, table);
    }
    return distribution.values[table.pick(this.#unit())];
  }

  /** A whole number from `from` to `to`, both included, each exactly as likely as the others. */
  integer(from: number, to: number): number {
    const count = to - from + 1;
    if (!(count >= 1 && count <= Number.MAX_SAFE_INTEGER)) {
      throw new RangeError(`no whole number to draw from ${from} to ${to}`);
    }
    // Numbers beyond the last full multiple of `count` would favour the first values.
    if (count <= two32) {
      const end = two32 - remainder(two32, count);
      for (;;) {
        const draw = this.#next() * two32;
        if (draw < end) return from + remainder(draw, count);
      }
    }
    const end = 2 ** 53 - (2 ** 53 % count);
    for (;;) {
      const draw = this.#unit() * 2 ** 53;
      if (draw < end) return from + (draw % count);
    }
  }

  choice<T>(values: readonly T[]): T {
    if (values.length === 0) throw new RangeError('there is nothing to choose from');
    return values[this.integer(0, values.length - 1)];
  }

  /** For weights that change between draws; takes time in proportion to their number. */
  weightedChoice<T>(values: readonly T[], weights: readonly number[]): T {
    let rest = this.#unit() * totalWeight(weights);
    let chosen = 0;
    for (let i = 0; i < values.length; i++) {
      if (weights[i] === 0) continue;
      chosen = i;
      rest -= weights[i];
      if (rest < 0) break;
    }
    return values[chosen];
  }

  /** In place; every order is equally likely (Fisher and Yates). */
  shuffle<T>(values: T[]): T[] {
    for (let i = values.length - 1; i > 0; i--) {
      const other = this.integer(0, i);
      const value = values[i];
      values[i] = values[other];
      values[other] = value;
    }
    return values;
  }

  save(): SavedStream {
    return {c: this.#c, s0: this.#s0, s1: this.#s1, s2: this.#s2};
  }

  restore({c, s0, s1, s2}: SavedStream): void {
    this.#c = c;
    this.#s0 = s0;
    this.#s1 = s1;
    this.#s2 = s2;
  }

  /** Alea's step: 32 bits as a number below 1. */
  #next(): number {
    const t = 2091639 * this.#s0 + this.#c * 2.3283064365386963e-10;
    this.#s0 = this.#s1;
    this.#s1 = this.#s2;
    this.#c = t | 0;
    this.#s2 = t - this.#c;
    return this.#s2;
  }

  #unit(): number {
    const high = this.#next();
    const low = this.#next() * two32;
    const unit = high + Math.floor(low / 2048) * 2 ** -53;
    this.#spare = low & 2047;
    return unit > 0 ? unit : this.#unit();
  }

  #standardExponential(): number {
    const {x, f, r} = exponentialLayers;
    for (;;) {
      const u = this.#unit();
      const layer = this.#spare & 255;
      const value = u * x[layer];
      if (value < x[layer + 1]) return value;
      // Beyond r an exponential looks as it does from 0.
      if (layer === 0) return r - log(this.#unit());
      if (f[layer] + this.#unit() * (f[layer + 1] - f[layer]) < exp(-value)) return value;
    }
  }

  #standardNormal(): number {
    const {x, f} = normalLayers;
    for (;;) {
      const u = this.#unit();
      const layer = this.#spare & 255;
      const negative = this.#spare > 1023;
      const value = u * x[layer];
      if (value < x[layer + 1]) return negative ? -value : value;
      if (layer === 0) return negative ? -this.#normalTail() : this.#normalTail();
      const height = f[layer] + this.#unit() * (f[layer + 1] - f[layer]);
      if (height < exp(-0.5 * value * value)) return negative ? -value : value;
    }
  }

  /** G. Marsaglia, Generating a Variable from the Tail of the Normal Distribution, 1964. */
  #normalTail(): number {
    const {r} = normalLayers;
    for (;;) {
      const beyond = -log(this.#unit()) / r;
      if (-2 * log(this.#unit()) > beyond * beyond) return r + beyond;
    }
  }

  #standardGamma(shape: number): number {
    const d = shape - 1 / 3;
    const c = 1 / Math.sqrt(9 * d);
    for (;;) {
      const normal = this.#standardNormal();
      const root = 1 + c * normal;
      if (root <= 0) continue;
      const v = root * root * root;
      if (log(this.#unit()) < 0.5 * normal * normal + d - d * v + d * log(v)) return d * v;
    }
  }
}
