// The pending events in the order (time, sequence): a heap while few are pending, a timing wheel
// when many are. The two give the same order, so when it changes over changes nothing else.
//
// Cancelling is lazy: a cancelled event keeps its place until its turn comes. Slots are freed in
// the order of (time, sequence) alone, so a run's handles do not depend on heap, wheel or peeking.

import {EventHeap} from './event-heap.ts';
import {cancelled, type EventHandle, EventTable} from './event-table.ts';
import type {SavedEvents} from './saved-events.ts';
import {restoreColumns, saveColumns} from './saved-events.ts';
import type {Time} from './time.ts';
import {TimingWheel} from './timing-wheel.ts';

// Far apart, so that a number of events that swings does not change over again and again.
const defaultLimits = {wheelAbove: 2048, heapBelow: 256};

export class EventQueue {
  readonly table = new EventTable();
  /** Given to the events that are pushed. */
  cause = 0;
  readonly #heap = new EventHeap(this.table);
  readonly #wheel = new TimingWheel(this.table);
  readonly #limits: {readonly wheelAbove: number; readonly heapBelow: number};
  #useWheel = false;
  #sequence = 0;
  // Of all that lie in the order, and of those among them that were cancelled.
  #placed = 0;
  #dead = 0;
  // No event may come before this any more: the time of the last pop, or its limit.
  #floor: Time = 0;

  constructor(limits = defaultLimits) {
    this.#limits = limits;
  }

  /** Events that are to happen; cancelled ones do not count. */
  get size(): number {
    return this.#placed - this.#dead;
  }

  /**
   * `time` must not be earlier than the last pop's event, nor than its limit if it gave none. The
   * event's cause is `cause` as it stands.
   */
  push(time: Time, kind: number, a: number, b: number): EventHandle {
    const table = this.table;
    const slot = table.allocate();
    table.write(slot, time, this.#sequence++, kind, a, b);
    if (this.cause !== 0) table.setCause(slot, this.cause);
    this.#placed++;
    if (this.#useWheel) this.#wheel.push(slot);
    else this.#pushToHeap(slot);
    return table.handle(slot);
  }

  /**
   * Takes out the earliest event up to `limit` and returns its slot, or -1 if there is none. The
   * event can be read from the table until the next push; its handle is dead at once.
   */
  pop(limit: Time): number {
    for (;;) {
      const slot = this.#useWheel ? this.#wheel.pop(limit) : this.#heap.pop(limit);
      if (slot < 0) return this.#popNothing(limit);
      this.#placed--;
      this.table.free(slot);
      if (this.table.kind(slot) !== cancelled) {
        this.#floor = this.table.time[slot];
        if (this.#useWheel && this.#placed < this.#limits.heapBelow) this.#changeToHeap();
        return slot;
      }
      this.#dead--;
    }
  }

  /** The time of the earliest event, or Infinity. Changes nothing. */
  peek(): Time {
    if (this.size === 0) return Infinity;
    const slot = this.#useWheel ? this.#wheel.peek() : this.#heap.peek();
    if (this.table.kind(slot) !== cancelled) return this.table.time[slot];
    return this.#earliestLiving();
  }

  /** False if the event is over or was cancelled before: too late does no harm. */
  cancel(handle: EventHandle): boolean {
    const slot = this.table.slotOf(handle);
    if (slot < 0 || this.table.kind(slot) === cancelled) return false;
    this.table.setCancelled(slot);
    this.#dead++;
    if (this.#dead > 1024 && this.#dead > this.#placed / 2) this.#dropDead();
    return true;
  }

  save(kindNames: readonly string[]): SavedEvents {
    return saveColumns(this.table, this.#placedSlots(), {
      sequence: this.#sequence,
      floor: this.#floor,
      kindNames,
    });
  }

  restore(saved: SavedEvents, kindOf: (name: string) => number): void {
    const placed = restoreColumns(this.table, saved, kindOf);
    this.#sequence = saved.nextSequence;
    this.#floor = saved.floor;
    this.#placed = placed.length;
    this.#dead = placed.filter(slot => this.table.kind(slot) === cancelled).length;
    this.#useWheel = false;
    this.#heap.clear();
    for (const slot of placed) this.#heap.push(slot);
    if (this.#placed > this.#limits.wheelAbove) this.#changeToWheel();
  }

  #popNothing(limit: Time): number {
    if (limit < Infinity) this.#floor = Math.max(this.#floor, limit);
    // What was cancelled may have moved the wheel on; nothing has happened there, so back it goes.
    else if (this.#useWheel) this.#wheel.startAt(this.#floor);
    return -1;
  }

  #pushToHeap(slot: number): void {
    this.#heap.push(slot);
    if (this.#placed > this.#limits.wheelAbove) this.#changeToWheel();
  }

  #changeToWheel(): void {
    this.#wheel.startAt(this.#floor);
    for (let slot = this.#heap.pop(Infinity); slot >= 0; slot = this.#heap.pop(Infinity)) {
      this.#wheel.push(slot);
    }
    this.#heap.clear();
    this.#useWheel = true;
  }

  #changeToHeap(): void {
    const slots = this.#wheel.slots();
    this.#heap.clear();
    for (const slot of slots) this.#heap.push(slot);
    this.#useWheel = false;
  }

  #placedSlots(): readonly number[] {
    return this.#useWheel ? this.#wheel.slots() : Array.from(this.#heap.slots());
  }

  /** Timeouts are mostly cancelled long before their time; the memory must not wait for it. */
  #dropDead(): void {
    const table = this.table;
    const slots = this.#placedSlots().toSorted(
      (one, other) =>
        table.time[one] - table.time[other] || table.sequence(one) - table.sequence(other),
    );
    this.#heap.clear();
    this.#wheel.startAt(this.#floor);
    for (const slot of slots) {
      if (table.kind(slot) === cancelled) table.free(slot);
      else if (this.#useWheel) this.#wheel.push(slot);
      else this.#heap.push(slot);
    }
    this.#placed -= this.#dead;
    this.#dead = 0;
  }

  #earliestLiving(): Time {
    const table = this.table;
    let earliest = Infinity;
    for (const slot of this.#placedSlots()) {
      if (table.kind(slot) !== cancelled) earliest = Math.min(earliest, table.time[slot]);
    }
    return earliest;
  }
}
