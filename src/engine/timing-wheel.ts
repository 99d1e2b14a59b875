// Pending events as a hierarchical timing wheel: near-constant time however many are pending.
//
// Six levels of 1,024 buckets; a bucket of level L spans 1024^L microseconds. Times are read as
// digits to the base 1,024: an event lies in the level of the highest digit in which its time
// differs from `base`, in the bucket of that digit. So whatever lies in a lower level comes first,
// and in each level the bucket with the lowest digit. When the first bucket spans more than a
// microsecond, `base` moves to its start and its events move down, at most once per level.
//
// Order within a microsecond is first in, first out: a bucket moves down, in its order, before
// anything can be put directly below it. Therefore sequence numbers need no comparing, provided
// events come in their order. `base` never moves beyond the limit of a pop: the caller may still
// insert at any time from there on. Within the lowest level it need not move at all.

import type {EventTable} from './event-table.ts';
import type {Time} from './time.ts';

const digitBits = 10;
const bucketsPerLevel = 1 << digitBits;
const digitMask = bucketsPerLevel - 1;
const levelCount = 6;
const bucketCount = levelCount * bucketsPerLevel;
// A time is split into two halves of three digits each, so that the rest is integer arithmetic.
const half = 2 ** (3 * digitBits);
const lowMask = half - 1;

export class TimingWheel {
  readonly #table: EventTable;
  /** First and last slot of each bucket, side by side; the first is -1 where there is none. */
  readonly #ends = new Int32Array(2 * bucketCount).fill(-1);
  /** Which buckets, and which words of 32 buckets, and which levels have events. */
  readonly #bucketBits = new Int32Array(bucketCount >> 5);
  readonly #wordBits = new Int32Array(levelCount);
  #levelBits = 0;
  #baseHigh = 0;
  #baseLow = 0;

  constructor(table: EventTable) {
    this.#table = table;
  }

  /** Empties the wheel; from now on no event may be earlier than `time`. */
  startAt(time: Time): void {
    this.#ends.fill(-1);
    this.#bucketBits.fill(0);
    this.#wordBits.fill(0);
    this.#levelBits = 0;
    this.#moveBase(time);
  }

  push(slot: number): void {
    this.#append(this.#bucketOf(this.#table.time[slot]), slot);
  }

  /** Takes out the earliest event and returns its slot, or -1 if there is none up to `limit`. */
  pop(limit: Time): number {
    const {time, next} = this.#table;
    while (this.#levelBits !== 0) {
      const bucket = this.#firstBucket();
      const slot = this.#ends[bucket << 1];
      const following = next[slot];
      if (bucket < bucketsPerLevel) {
        if (time[slot] > limit) return -1;
        this.#ends[bucket << 1] = following;
        if (following < 0) this.#markEmpty(bucket);
        return slot;
      }
      // Alone in the earliest bucket: nothing is before it, it need not move down.
      if (following < 0) {
        if (time[slot] > limit) return -1;
        this.#ends[bucket << 1] = -1;
        this.#markEmpty(bucket);
        this.#moveBase(time[slot]);
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
    const {time, next} = this.#table;
    let earliest = this.#ends[this.#firstBucket() << 1];
    for (let slot = next[earliest]; slot >= 0; slot = next[slot]) {
      if (time[slot] < time[earliest]) earliest = slot;
    }
    return earliest;
  }

  /** All slots, in no particular order. */
  slots(): number[] {
    const slots: number[] = [];
    for (let bucket = 0; bucket < bucketCount; bucket++) {
      let slot = this.#ends[bucket << 1];
      for (; slot >= 0; slot = this.#table.next[slot]) slots.push(slot);
    }
    return slots;
  }

  #append(bucket: number, slot: number): void {
    const ends = this.#ends;
    const next = this.#table.next;
    next[slot] = -1;
    if (ends[bucket << 1] < 0) {
      ends[bucket << 1] = slot;
      this.#markFull(bucket);
    } else {
      next[ends[(bucket << 1) | 1]] = slot;
    }
    ends[(bucket << 1) | 1] = slot;
  }

  #moveDown(bucket: number): void {
    const {time, next} = this.#table;
    let slot = this.#ends[bucket << 1];
    this.#ends[bucket << 1] = -1;
    this.#markEmpty(bucket);
    this.#moveBase(this.#startOf(bucket));
    const toLowest = bucket < 2 * bucketsPerLevel;
    while (slot >= 0) {
      const following = next[slot];
      this.#append(toLowest ? time[slot] & digitMask : this.#bucketOf(time[slot]), slot);
      slot = following;
    }
  }

  #bucketOf(time: Time): number {
    const high = (time * (1 / half)) | 0;
    const highDifference = high ^ this.#baseHigh;
    if (highDifference === 0) {
      const low = time & lowMask;
      const difference = low ^ this.#baseLow;
      if (difference < bucketsPerLevel) return low & digitMask;
      if (difference < bucketsPerLevel * bucketsPerLevel) {
        return bucketsPerLevel | ((low >> digitBits) & digitMask);
      }
      return (2 * bucketsPerLevel) | (low >> (2 * digitBits));
    }
    const level = highDifference < bucketsPerLevel ? 0 : levelOf(highDifference);
    return ((level + 3) << digitBits) | ((high >> (level * digitBits)) & digitMask);
  }

  #firstBucket(): number {
    const level = lowestBit(this.#levelBits);
    const word = (level << (digitBits - 5)) | lowestBit(this.#wordBits[level]);
    return (word << 5) | lowestBit(this.#bucketBits[word]);
  }

  /** The first time of a bucket: the base with that digit in its level's place, then zeros. */
  #startOf(bucket: number): Time {
    const level = bucket >> digitBits;
    const digit = bucket & digitMask;
    if (level < 3) return this.#baseHigh * half + withDigit(this.#baseLow, level, digit);
    return withDigit(this.#baseHigh, level - 3, digit) * half;
  }

  #moveBase(time: Time): void {
    this.#baseHigh = (time * (1 / half)) | 0;
    this.#baseLow = time & lowMask;
  }

  #markFull(bucket: number): void {
    const word = bucket >> 5;
    const level = bucket >> digitBits;
    this.#bucketBits[word] |= 1 << (bucket & 31);
    this.#wordBits[level] |= 1 << (word & 31);
    this.#levelBits |= 1 << level;
  }

  #markEmpty(bucket: number): void {
    const word = bucket >> 5;
    const level = bucket >> digitBits;
    this.#bucketBits[word] &= ~(1 << (bucket & 31));
    if (this.#bucketBits[word] !== 0) return;
    this.#wordBits[level] &= ~(1 << (word & 31));
    if (this.#wordBits[level] === 0) this.#levelBits &= ~(1 << level);
  }
}

function levelOf(difference: number): number {
  return difference < bucketsPerLevel * bucketsPerLevel ? 1 : 2;
}

function withDigit(digits: number, level: number, digit: number): number {
  const shift = level * digitBits;
  const above = (digits >> shift) & ~digitMask;
  return (above | digit) << shift;
}

function lowestBit(bits: number): number {
  return 31 - Math.clz32(bits & -bits);
}
