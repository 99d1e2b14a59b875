// Pending events as a binary heap ordered by (time, sequence): the quickest order while few are
// pending. Lazy at the root: a pop leaves a hole there, which the next push usually fills with one
// walk down, instead of one walk for each.

import type {EventTable} from './event-table.ts';
import type {Time} from './time.ts';

export class EventHeap {
  readonly #table: EventTable;
  // Times are kept beside the slots so that comparing them stays within the heap's own memory.
  // Beyond the last there is Infinity, so that a child without a sibling needs no test.
  #times = new Float64Array(256).fill(Infinity);
  #slots = new Int32Array(256);
  #size = 0;
  #hole = false;

  constructor(table: EventTable) {
    this.#table = table;
  }

  push(slot: number): void {
    if (this.#hole) {
      this.#hole = false;
      this.#siftDown(this.#table.time[slot], slot);
      return;
    }
    if (this.#size + 1 === this.#slots.length) this.#grow();
    this.#siftUp(this.#size++, this.#table.time[slot], slot);
  }

  /** Takes out the earliest event and returns its slot, or -1 if there is none up to `limit`. */
  pop(limit: Time): number {
    if (this.#hole) this.#fill();
    if (this.#size === 0 || this.#times[0] > limit) return -1;
    this.#hole = true;
    return this.#slots[0];
  }

  /** The slot of the earliest event, which stays, or -1. */
  peek(): number {
    if (this.#hole) this.#fill();
    return this.#size === 0 ? -1 : this.#slots[0];
  }

  /** All slots, in no particular order. */
  slots(): Int32Array {
    if (this.#hole) this.#fill();
    return this.#slots.slice(0, this.#size);
  }

  clear(): void {
    this.#times.fill(Infinity);
    this.#size = 0;
    this.#hole = false;
  }

  #fill(): void {
    this.#hole = false;
    const last = --this.#size;
    const time = this.#times[last];
    this.#times[last] = Infinity;
    if (last > 0) this.#siftDown(time, this.#slots[last]);
  }

  #siftUp(from: number, time: Time, slot: number): void {
    const times = this.#times;
    const slots = this.#slots;
    let place = from;
    while (place > 0) {
      const parent = (place - 1) >> 1;
      const other = times[parent];
      if (other < time || (other === time && this.#isEarlier(slots[parent], slot))) break;
      times[place] = other;
      slots[place] = slots[parent];
      place = parent;
    }
    times[place] = time;
    slots[place] = slot;
  }

  #siftDown(time: Time, slot: number): void {
    const times = this.#times;
    const slots = this.#slots;
    const size = this.#size;
    let place = 0;
    for (let child = 1; child < size; child = 2 * place + 1) {
      const left = times[child];
      const right = times[child + 1];
      // Arithmetic, not a branch: a processor guesses wrong half of the time which one is earlier.
      child += Number(right < left);
      if (left === right && this.#isEarlier(slots[child + 1], slots[child])) child++;
      const other = times[child];
      if (time < other || (time === other && this.#isEarlier(slot, slots[child]))) break;
      times[place] = other;
      slots[place] = slots[child];
      place = child;
    }
    times[place] = time;
    slots[place] = slot;
  }

  #isEarlier(slot: number, other: number): boolean {
    return this.#table.sequence(slot) < this.#table.sequence(other);
  }

  #grow(): void {
    const times = new Float64Array(this.#times.length * 2).fill(Infinity);
    const slots = new Int32Array(this.#slots.length * 2);
    times.set(this.#times);
    slots.set(this.#slots);
    this.#times = times;
    this.#slots = slots;
  }
}
