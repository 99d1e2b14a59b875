// Good and bad requests of an objective over time, in buckets by when they ended. A bucket is a
// second; a run too long for as many gets wider ones, so that memory is bounded. Which bucket a
// request is in does not depend on the order in which they are counted.

import {minute, second, type Time} from '../engine/time.ts';

const mostBuckets = 2 ** 17;

/** Each a multiple of the one before, and all of them parts of five minutes; then doubled. */
const widths = [second, 5 * second, 10 * second, minute, 5 * minute];

type Saved = {readonly width: Time; readonly good: Float64Array; readonly bad: Float64Array};

export class SloCounts {
  #width: Time = second;
  #good = new Float64Array(64);
  #bad = new Float64Array(64);

  add(good: boolean, at: Time): void {
    let bucket = Math.floor(at / this.#width);
    while (bucket >= mostBuckets) {
      this.#widen();
      bucket = Math.floor(at / this.#width);
    }
    if (bucket >= this.#good.length) this.#grow(bucket);
    if (good) this.#good[bucket]++;
    else this.#bad[bucket]++;
  }

  get width(): Time {
    return this.#width;
  }

  /** Of the bucket of that number; a bucket holds the requests that ended from its start on. */
  good(bucket: number): number {
    return this.#good[bucket] ?? 0;
  }

  bad(bucket: number): number {
    return this.#bad[bucket] ?? 0;
  }

  save(): Saved {
    return {width: this.#width, good: this.#good.slice(), bad: this.#bad.slice()};
  }

  restore({width, good, bad}: Saved): void {
    this.#width = width;
    this.#good = good.slice();
    this.#bad = bad.slice();
  }

  #widen(): void {
    const wider = widths.find(width => width > this.#width) ?? this.#width * 2;
    const factor = wider / this.#width;
    this.#good = joined(this.#good, factor);
    this.#bad = joined(this.#bad, factor);
    this.#width = wider;
  }

  #grow(bucket: number): void {
    const length = Math.min(mostBuckets, Math.max(this.#good.length * 2, bucket + 1));
    this.#good = longer(this.#good, length);
    this.#bad = longer(this.#bad, length);
  }
}

function joined(counts: Float64Array, factor: number): Float64Array<ArrayBuffer> {
  const sums = new Float64Array(Math.ceil(counts.length / factor));
  for (let i = 0; i < counts.length; i++) sums[Math.floor(i / factor)] += counts[i];
  return sums;
}

function longer(counts: Float64Array, length: number): Float64Array<ArrayBuffer> {
  const copy = new Float64Array(length);
  copy.set(counts);
  return copy;
}
