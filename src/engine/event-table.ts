// The pending events, one slot each, in typed arrays. Knows nothing of order: that is the heap's
// and the wheel's business, who pass slots around. What ordering reads again and again lies in
// columns, what handling reads once lies in a row, so that an event costs one miss of the cache.
//
// A handle packs slot and generation into one number. A slot's generation grows when its event is
// over, so a late cancel cannot hit the slot's next tenant.

import type {Time} from './time.ts';

export type EventHandle = number & {readonly id: 'event'};

// Kind and cause share one word: the lower bits are the kind's.
const kindBits = 11;
const kindMask = 2 ** kindBits - 1;

/** Kinds there can be. */
export const kindLimit = kindMask;
/** Kind of an event that was cancelled and still waits in its place for its turn to be dropped. */
export const cancelled = kindMask;
/** Causes are numbered below this. */
export const causeLimit = 2 ** (32 - kindBits);

const slotLimit = 2 ** 26;
// A slot whose generations are used up is retired, so that no handle ever comes back.
const generationLimit = 2 ** 27 - 1;

// A row is four doubles, or eight whole numbers: sequence, a, b, and in the last kind with cause,
// and generation.
const rowBits = 2;
const aAt = 1;
const bAt = 2;
const kindAt = 6;
const generationAt = 7;

export class EventTable {
  time = new Float64Array(1024);
  /**
   * For the queue's lists and the list of free slots: the slot that comes after this one, or -1.
   */
  next = new Int32Array(1024);
  #rows = new Float64Array(1024 << rowBits);
  #wholes = new Int32Array(this.#rows.buffer);
  /** Slots ever used: those beyond have never had an event. */
  used = 0;
  firstFree = -1;

  sequence(slot: number): number {
    return this.#rows[slot << rowBits];
  }

  kind(slot: number): number {
    return this.#wholes[(slot << (rowBits + 1)) | kindAt] & kindMask;
  }

  /** What the event goes back to; 0 where nothing in particular. */
  cause(slot: number): number {
    return this.#wholes[(slot << (rowBits + 1)) | kindAt] >>> kindBits;
  }

  a(slot: number): number {
    return this.#rows[(slot << rowBits) | aAt];
  }

  b(slot: number): number {
    return this.#rows[(slot << rowBits) | bAt];
  }

  generation(slot: number): number {
    return this.#wholes[(slot << (rowBits + 1)) | generationAt];
  }

  setCancelled(slot: number): void {
    this.#wholes[(slot << (rowBits + 1)) | kindAt] |= kindMask;
  }

  setCause(slot: number, cause: number): void {
    this.#wholes[(slot << (rowBits + 1)) | kindAt] = this.kind(slot) | (cause << kindBits);
  }

  setGeneration(slot: number, generation: number): void {
    this.#wholes[(slot << (rowBits + 1)) | generationAt] = generation;
  }

  /**
   * Everything but the generation, which is the slot's; no cause. Five numbers, for want of an
   * allocation.
   */
  write(slot: number, time: Time, sequence: number, kind: number, a: number, b: number): void {
    const row = slot << rowBits;
    const rows = this.#rows;
    this.time[slot] = time;
    rows[row] = sequence;
    rows[row | aAt] = a;
    rows[row | bAt] = b;
    this.#wholes[(row << 1) | kindAt] = kind;
  }

  allocate(): number {
    const slot = this.firstFree;
    if (slot < 0) return this.#fresh();
    this.firstFree = this.next[slot];
    return slot;
  }

  /** The row stays readable until the slot is allocated again; the handle is dead at once. */
  free(slot: number): void {
    const generation = this.generation(slot) + 1;
    this.setGeneration(slot, generation);
    if (generation >= generationLimit) return;
    this.next[slot] = this.firstFree;
    this.firstFree = slot;
  }

  handle(slot: number): EventHandle {
    return (this.generation(slot) * slotLimit + slot) as EventHandle;
  }

  /** The slot of the event that this handle was given out for, or -1 if that event is over. */
  slotOf(handle: EventHandle): number {
    const generation = Math.floor(handle / slotLimit);
    const slot = handle - generation * slotLimit;
    return slot < this.used && this.generation(slot) === generation ? slot : -1;
  }

  /** Makes room for at least `count` slots. */
  reserve(count: number): void {
    let capacity = this.time.length;
    if (count <= capacity) return;
    if (count > slotLimit) throw new RangeError(`more than ${slotLimit} pending events`);
    while (capacity < count) capacity *= 2;
    this.time = enlarge(this.time, new Float64Array(capacity));
    this.next = enlarge(this.next, new Int32Array(capacity));
    this.#rows = enlarge(this.#rows, new Float64Array(capacity << rowBits));
    this.#wholes = new Int32Array(this.#rows.buffer);
  }

  #fresh(): number {
    this.reserve(this.used + 1);
    return this.used++;
  }
}

function enlarge<A extends Float64Array | Int32Array>(from: A, to: A): A {
  to.set(from);
  return to;
}
