// The pending events, one slot each, their fields in typed-array columns. Knows nothing of order:
// that is the heap's and the wheel's business, who pass slots around.
//
// A handle packs slot and generation into one number. A slot's generation grows when its event is
// over, so a late cancel cannot hit the slot's next tenant.

export type EventHandle = number & {readonly id: 'event'};

/** Kind of an event that was cancelled and still waits in its place for its turn to be dropped. */
export const cancelled = -1;

const slotLimit = 2 ** 26;
// A slot whose generations are used up is retired, so that no handle ever comes back.
const generationLimit = 2 ** 27 - 1;

export class EventColumns {
  time = new Float64Array(1024);
  sequence = new Float64Array(1024);
  kind = new Int32Array(1024);
  a = new Float64Array(1024);
  b = new Float64Array(1024);
  /** For the queue's lists and the list of free slots: the slot that comes after this one, or -1. */
  next = new Int32Array(1024);
  generation = new Int32Array(1024);
  /** Slots ever used: those beyond have never had an event. */
  used = 0;
  firstFree = -1;

  allocate(): number {
    const slot = this.firstFree;
    if (slot < 0) return this.#fresh();
    this.firstFree = this.next[slot];
    return slot;
  }

  free(slot: number): void {
    const generation = this.generation[slot] + 1;
    this.generation[slot] = generation;
    if (generation >= generationLimit) return;
    this.next[slot] = this.firstFree;
    this.firstFree = slot;
  }

  handle(slot: number): EventHandle {
    return (this.generation[slot] * slotLimit + slot) as EventHandle;
  }

  /** The slot of the event that this handle was given out for, or -1 if that event is over. */
  slotOf(handle: EventHandle): number {
    const generation = Math.floor(handle / slotLimit);
    const slot = handle - generation * slotLimit;
    return slot < this.used && this.generation[slot] === generation ? slot : -1;
  }

  grow(capacity: number): void {
    this.time = enlarge(this.time, new Float64Array(capacity));
    this.sequence = enlarge(this.sequence, new Float64Array(capacity));
    this.kind = enlarge(this.kind, new Int32Array(capacity));
    this.a = enlarge(this.a, new Float64Array(capacity));
    this.b = enlarge(this.b, new Float64Array(capacity));
    this.next = enlarge(this.next, new Int32Array(capacity));
    this.generation = enlarge(this.generation, new Int32Array(capacity));
  }

  #fresh(): number {
    const capacity = this.time.length;
    if (this.used === capacity) {
      if (capacity === slotLimit) throw new RangeError(`more than ${slotLimit} pending events`);
      this.grow(capacity * 2);
    }
    return this.used++;
  }
}

function enlarge<A extends Float64Array | Int32Array>(from: A, to: A): A {
  to.set(from);
  return to;
}
