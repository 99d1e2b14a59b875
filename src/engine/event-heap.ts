// Pending events as a binary heap ordered by (time, sequence): the quickest order while few are
// pending. Lazy at the root: a pop leaves a hole there, which the next push usually fills with one
// walk down, instead of one walk for each.

import type {EventColumns} from './event-columns.ts';
import type {Time} from './time.ts';

export class EventHeap {
  readonly #columns: EventColumns;
  // Times are kept beside the slots so that comparing them stays within the heap's own memory.
  #times = new Float64Array(256);
  #slots = new Int32Array(256);
  #size = 0;
  #hole = false;

  constructor(columns: EventColumns) {
    this.#columns = columns;
  }

  push(slot: number): void {
    if (this.#hole) {
      this.#hole = false;
      this.#siftDown(this.#columns.time[slot], slot);
      return;
    }
    if (this.#size === this.#slots.length) this.#grow();
    this.#siftUp(this.#size++, this.#columns.time[slot], slot);
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
    this.#size = 0;
    this.#hole = false;
  }

  #fill(): void {
    this.#hole = false;
    const last = --this.#size;
    if (last > 0) this.#siftDown(this.#times[last], this.#slots[last]);
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
      const right = child + 1;
      if (right < size && this.#isBefore(right, child)) child = right;
      const other = times[child];
      if (time < other || (time === other && this.#isEarlier(slot, slots[child]))) break;
      times[place] = other;
      slots[place] = slots[child];
      place = child;
    }
    times[place] = time;
    slots[place] = slot;
  }

  #isBefore(place: number, other: number): boolean {
    const time = this.#times[place];
    const otherTime = this.#times[other];
    if (time !== otherTime) return time < otherTime;
    return this.#isEarlier(this.#slots[place], this.#slots[other]);
  }

  #isEarlier(slot: number, other: number): boolean {
    return this.#columns.sequence[slot] < this.#columns.sequence[other];
  }

  #grow(): void {
    const times = new Float64Array(this.#times.length * 2);
    const slots = new Int32Array(this.#slots.length * 2);
    times.set(this.#times);
    slots.set(this.#slots);
    this.#times = times;
    this.#slots = slots;
  }
}
