// The pending events as a value that can be kept, sent to a worker and restored elsewhere. Slots
// and generations stay what they are, so handles that others have saved stay good. Kinds go by
// name: their numbers depend on the order of declaration.

import {cancelled, type EventColumns} from './event-columns.ts';
import type {Time} from './time.ts';

export interface SavedEvents {
  readonly nextSequence: number;
  readonly floor: Time;
  readonly kindNames: readonly string[];
  readonly slot: Int32Array;
  readonly time: Float64Array;
  readonly sequence: Float64Array;
  /** Index into `kindNames`, or -1 for an event that was cancelled. */
  readonly kind: Int32Array;
  readonly a: Float64Array;
  readonly b: Float64Array;
  readonly generation: Int32Array;
  readonly freeSlots: Int32Array;
}

interface Counters {
  readonly sequence: number;
  readonly floor: Time;
  readonly kindNames: readonly string[];
}

export function saveColumns(
  columns: EventColumns,
  placed: readonly number[],
  {sequence, floor, kindNames}: Counters,
): SavedEvents {
  // In their order, so that equal states give equal values, whatever the queue's inner order is.
  const slot = Int32Array.from(placed).sort(
    (one, other) => columns.sequence[one] - columns.sequence[other],
  );
  return {
    nextSequence: sequence,
    floor,
    kindNames: [...kindNames],
    slot,
    time: Float64Array.from(slot, index => columns.time[index]),
    sequence: Float64Array.from(slot, index => columns.sequence[index]),
    kind: Int32Array.from(slot, index => columns.kind[index]),
    a: Float64Array.from(slot, index => columns.a[index]),
    b: Float64Array.from(slot, index => columns.b[index]),
    generation: columns.generation.slice(0, columns.used),
    freeSlots: freeSlots(columns),
  };
}

/** Returns the slots that are to be put in order again. */
export function restoreColumns(
  columns: EventColumns,
  saved: SavedEvents,
  kindOf: (name: string) => number,
): number[] {
  const kinds = new Int32Array(saved.kindNames.length);
  for (const kind of new Set(saved.kind)) {
    if (kind !== cancelled) kinds[kind] = kindOf(saved.kindNames[kind]);
  }
  let capacity = columns.time.length;
  while (capacity < saved.generation.length) capacity *= 2;
  if (capacity > columns.time.length) columns.grow(capacity);
  columns.used = saved.generation.length;
  columns.generation.set(saved.generation);
  restoreFreeSlots(columns, saved.freeSlots);
  saved.slot.forEach((slot, index) => {
    const kind = saved.kind[index];
    columns.time[slot] = saved.time[index];
    columns.sequence[slot] = saved.sequence[index];
    columns.kind[slot] = kind === cancelled ? cancelled : kinds[kind];
    columns.a[slot] = saved.a[index];
    columns.b[slot] = saved.b[index];
  });
  return [...saved.slot];
}

function freeSlots(columns: EventColumns): Int32Array {
  const slots: number[] = [];
  for (let slot = columns.firstFree; slot >= 0; slot = columns.next[slot]) slots.push(slot);
  return Int32Array.from(slots);
}

function restoreFreeSlots(columns: EventColumns, slots: Int32Array): void {
  columns.firstFree = -1;
  for (const slot of slots.toReversed()) {
    columns.next[slot] = columns.firstFree;
    columns.firstFree = slot;
  }
}
