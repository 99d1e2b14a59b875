// Pending events as a hierarchical timing wheel: near-constant time however many are pending.
//
// Six levels of 1,024 buckets; a bucket of level L spans 1024^L microseconds. Times are read as
// digits to the base 1,024: an event lies in the level of the highest digit in which its time
// differs from `base`, in the bucket of that digit. So whatever lies in a lower level comes first,
// and in each level the bucket with the lowest digit. When the lowest level's first bucket is
// reached, `base` moves to its start and its events move down, at most once per level.
//
// Order within a microsecond is first in, first out: a bucket moves down, in its order, before
// anything can be put directly below it. Therefore sequence numbers need no comparing, provided
// events come in their order. `base` never moves beyond the limit of a pop: the caller may still
// insert at any time from there on.

import type {EventColumns} from './event-columns.ts';
import type {Time} from './time.ts';

const digitBits = 10;
const bucketCount = 1 << digitBits;
const digitMask = bucketCount - 1;
const levelCount = 6;
const wordsPerLevel = bucketCount >> 5;
// A time is split into two halves of three digits each, so that the rest is integer arithmetic.
const halfBits = 3 * digitBits;
const half = 2 ** halfBits;
const lowMask = half - 1;

export class TimingWheel {
  readonly #columns: EventColumns;
  readonly #first = new Int32Array(levelCount * bucketCount).fill(-1);
  readonly #last = new Int32Array(levelCount * bucketCount);
  // Which buckets, which words of 32 buckets, and which levels have events.
  readonly #bucketBits = new Int32Array(levelCount * wordsPerLevel);
  readonly #wordBits = new Int32Array(levelCount);
  #levelBits = 0;
  #baseHigh = 0;
  #baseLow = 0;

  constructor(columns: EventColumns) {
    this.#columns = columns;
  }

  /** Empties the wheel; from now on no event may be earlier than `time`. */
  startAt(time: Time): void {
    this.#first.fill(-1);
    this.#bucketBits.fill(0);
    this.#wordBits.fill(0);
    this.#levelBits = 0;
    this.#moveBase(time);
  }

  push(slot: number): void {
    const columns = this.#columns;
    const time = columns.time[slot];
    columns.next[slot] = -1;
    const bucket = this.#bucketOf(time);
    if (this.#first[bucket] < 0) {
      this.#first[bucket] = slot;
      this.#markFull(bucket);
    } else {
      columns.next[this.#last[bucket]] = slot;
    }
    this.#last[bucket] = slot;
  }

  /** Takes out the earliest event and returns its slot, or -1 if there is none up to `limit`. */
  pop(limit: Time): number {
    while (this.#levelBits !== 0) {
      const bucket = this.#firstBucket();
      const slot = this.#first[bucket];
      const next = this.#columns.next[slot];
      // Alone in the earliest bucket, or in a bucket of one microsecond: nothing is before it.
      if (next < 0 || bucket < bucketCount) {
        const time = this.#columns.time[slot];
        if (time > limit) return -1;
        this.#first[bucket] = next;
        if (next < 0) this.#markEmpty(bucket);
        this.#moveBase(time);
        return slot;
      }
      if (this.#startOf(bucket) > limit) return -1;
      this.#moveDown(bucket);
    }
    return -1;
  }

  /** The slot of the earliest event, which stays, or -1. Moves nothing, so it may cost a bucket. */
  peek(): number {
    if (this.#levelBits === 0) return -1;
    const {time, next} = this.#columns;
    let earliest = this.#first[this.#firstBucket()];
    for (let slot = next[earliest]; slot >= 0; slot = next[slot]) {
      if (time[slot] < time[earliest]) earliest = slot;
    }
    return earliest;
  }

  /** All slots, in no particular order. */
  slots(): number[] {
    const slots: number[] = [];
    for (const first of this.#first) {
      for (let slot = first; slot >= 0; slot = this.#columns.next[slot]) slots.push(slot);
    }
    return slots;
  }

  #moveDown(bucket: number): void {
    const next = this.#columns.next;
    let slot = this.#first[bucket];
    this.#first[bucket] = -1;
    this.#markEmpty(bucket);
    this.#moveBase(this.#startOf(bucket));
    while (slot >= 0) {
      const following = next[slot];
      this.push(slot);
      slot = following;
    }
  }

  #bucketOf(time: Time): number {
    const high = Math.floor(time / half);
    const low = (time - high * half) | 0;
    const highDifference = high ^ this.#baseHigh;
    if (highDifference !== 0) {
      const level = levelOf(highDifference);
      return ((level + 3) << digitBits) | ((high >> (level * digitBits)) & digitMask);
    }
    const level = levelOf(low ^ this.#baseLow);
    return (level << digitBits) | ((low >> (level * digitBits)) & digitMask);
  }

  #firstBucket(): number {
    const level = lowestBit(this.#levelBits);
    const word = level * wordsPerLevel + lowestBit(this.#wordBits[level]);
    return (word << 5) | lowestBit(this.#bucketBits[word]);
  }

  /** The first time of a bucket: the base with that digit in its level's place, then zeros. */
  #startOf(bucket: number): Time {
    const level = bucket >> digitBits;
    const digit = bucket & digitMask;
    if (level >= 3) {
      const shift = (level - 3) * digitBits;
      return (
        (((this.#baseHigh >> (shift + digitBits)) << (shift + digitBits)) | (digit << shift)) * half
      );
    }
    const shift = level * digitBits;
    const above = this.#baseLow & ~((bucketCount << shift) - 1) & lowMask;
    return this.#baseHigh * half + (above | (digit << shift));
  }

  #moveBase(time: Time): void {
    const high = Math.floor(time / half);
    this.#baseHigh = high;
    this.#baseLow = (time - high * half) | 0;
  }

  #markFull(bucket: number): void {
    const word = bucket >> 5;
    const level = bucket >> digitBits;
    this.#bucketBits[word] |= 1 << (bucket & 31);
    this.#wordBits[level] |= 1 << (word & (wordsPerLevel - 1));
    this.#levelBits |= 1 << level;
  }

  #markEmpty(bucket: number): void {
    const word = bucket >> 5;
    const level = bucket >> digitBits;
    this.#bucketBits[word] &= ~(1 << (bucket & 31));
    if (this.#bucketBits[word] !== 0) return;
    this.#wordBits[level] &= ~(1 << (word & (wordsPerLevel - 1)));
    if (this.#wordBits[level] === 0) this.#levelBits &= ~(1 << level);
  }
}

function levelOf(difference: number): number {
  if (difference < bucketCount) return 0;
  return difference < bucketCount * bucketCount ? 1 : 2;
}

function lowestBit(bits: number): number {
  return 31 - Math.clz32(bits & -bits);
}
