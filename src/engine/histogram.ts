// How often values occurred, in buckets whose width grows with the value, so that a quantile is
// wrong by at most a stated share of itself (1 % unless told otherwise). Values are whole numbers
// from 0 to 2^53: times, counts, bytes. Count, sum, least and greatest are exact.
//
// A bucket's number is the exponent and the first bits of the mantissa, read off the double: no
// logarithm, so the same on every platform. Values of few bits have a bucket each.

import {ExactSum, type SavedSum} from './exact-sum.ts';

const float = new Float64Array(1);
const words = new Int32Array(float.buffer);
const highWord = new Uint8Array(new Int32Array([1]).buffer)[0] === 1 ? 1 : 0;
const exponentBias = 1023;

export interface SavedHistogram {
  readonly precision: number;
  readonly counts: Float64Array;
  readonly zeros: number;
  readonly count: number;
  readonly sum: SavedSum;
  readonly min: number;
  readonly max: number;
}

export class Histogram {
  // Bits of the mantissa that choose the bucket.
  readonly #precision: number;
  #counts = new Float64Array(64);
  #zeros = 0;
  #count = 0;
  #min = Infinity;
  #max = -Infinity;
  readonly #sum = new ExactSum();

  constructor(relativeError = 0.01) {
    if (!(relativeError >= 2 ** -18 && relativeError <= 0.25)) {
      throw new RangeError(`a relative error lies between 2^-18 and 0.25, not at ${relativeError}`);
    }
    // The middle of a bucket is off by at most half its width, 2^-(precision + 1) of the value.
    let precision = 1;
    while (2 ** -(precision + 1) > relativeError) precision++;
    this.#precision = precision;
  }

  record(value: number, count = 1): void {
    if (!(value >= 0 && value <= Number.MAX_SAFE_INTEGER) || Math.floor(value) !== value) {
      throw new RangeError(`a histogram takes whole numbers from 0 to 2^53, not ${value}`);
    }
    this.#count += count;
    this.#sum.addProduct(count, value);
    if (value < this.#min) this.#min = value;
    if (value > this.#max) this.#max = value;
    if (value === 0) {
      this.#zeros += count;
      return;
    }
    const bucket = this.#bucketOf(value);
    if (bucket >= this.#counts.length) this.#grow(bucket);
    this.#counts[bucket] += count;
  }

  get count(): number {
    return this.#count;
  }

  get min(): number | undefined {
    return this.#count === 0 ? undefined : this.#min;
  }

  get max(): number | undefined {
    return this.#count === 0 ? undefined : this.#max;
  }

  get sum(): bigint {
    return this.#sum.toBigInt();
  }

  get mean(): number | undefined {
    return this.#count === 0 ? undefined : this.#sum.toNumber() / this.#count;
  }

  /**
   * The smallest value whose cumulative share reaches p, or undefined where samples are too few.
   */
  quantile(p: number): number | undefined {
    const rank = quantileRank(p, this.#count);
    return rank === undefined ? undefined : this.#valueOfRank(rank);
  }

  /** An empty one of the same relative error. */
  alike(): Histogram {
    return new Histogram(2 ** -(this.#precision + 1));
  }

  /** Adds what another histogram of the same relative error has recorded. */
  merge(other: Histogram): void {
    if (other.#precision !== this.#precision) {
      throw new RangeError('histograms of different relative errors cannot be merged');
    }
    if (other.#counts.length > this.#counts.length) this.#grow(other.#counts.length - 1);
    for (let i = 0; i < other.#counts.length; i++) this.#counts[i] += other.#counts[i];
    this.#zeros += other.#zeros;
    this.#count += other.#count;
    this.#min = Math.min(this.#min, other.#min);
    this.#max = Math.max(this.#max, other.#max);
    this.#sum.addSum(other.#sum);
  }

  save(): SavedHistogram {
    return {
      precision: this.#precision,
      counts: this.#counts.slice(),
      zeros: this.#zeros,
      count: this.#count,
      sum: this.#sum.save(),
      min: this.#min,
      max: this.#max,
    };
  }

  restore(saved: SavedHistogram): void {
    if (saved.precision !== this.#precision) {
      throw new RangeError('a histogram of another relative error cannot be restored');
    }
    this.#counts = saved.counts.slice();
    this.#zeros = saved.zeros;
    this.#count = saved.count;
    this.#sum.restore(saved.sum);
    this.#min = saved.min;
    this.#max = saved.max;
  }

  #valueOfRank(rank: number): number {
    let seen = this.#zeros;
    if (seen >= rank) return 0;
    for (let bucket = 0; bucket < this.#counts.length; bucket++) {
      seen += this.#counts[bucket];
      if (seen >= rank) return this.#middleOf(bucket);
    }
    return this.#max;
  }

  #bucketOf(value: number): number {
    float[0] = value;
    const shift = 20 - this.#precision;
    return (words[highWord] >> shift) - (exponentBias << this.#precision);
  }

  /** Of the whole numbers in a bucket the middle one, but never outside of what was recorded. */
  #middleOf(bucket: number): number {
    const low = this.#lowEndOf(bucket);
    const high = Math.max(low, Math.ceil(this.#lowEndOf(bucket + 1)) - 1);
    const middle = Math.floor((Math.ceil(low) + high) / 2);
    return Math.min(this.#max, Math.max(this.#min, middle));
  }

  #lowEndOf(bucket: number): number {
    const steps = 2 ** this.#precision;
    const exponent = Math.floor(bucket / steps);
    return 2 ** exponent * (1 + (bucket % steps) / steps);
  }

  #grow(bucket: number): void {
    const counts = new Float64Array(Math.max(this.#counts.length * 2, bucket + 1));
    counts.set(this.#counts);
    this.#counts = counts;
  }
}

/**
 * The rank, from 1, of quantile p among `count` samples: the smallest whose share reaches p.
 * Undefined with fewer than 10/(1 - p) samples, when it would be mostly luck.
 */
export function quantileRank(p: number, count: number): number | undefined {
  if (!(p > 0 && p < 1)) throw new RangeError(`a quantile lies between 0 and 1, not at ${p}`);
  // 0.07 * 100 is a little over 7 in doubles, and 10 / (1 - 0.99) a little over 1,000.
  const tolerance = count * 2 ** -51;
  if (count * (1 - p) < 10 - tolerance) return undefined;
  return Math.max(1, Math.ceil(p * count - tolerance));
}
