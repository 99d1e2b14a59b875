// The pending events as a value that can be kept, sent to a worker and restored elsewhere. Slots
// and generations stay what they are, so handles that others have saved stay good. Kinds go by
// name: their numbers depend on the order of declaration.

import {cancelled, type EventTable} from './event-table.ts';
import type {Time} from './time.ts';

export interface SavedEvents {
  readonly nextSequence: number;
  readonly floor: Time;
  readonly kindNames: readonly string[];
  readonly slot: Int32Array;
  readonly time: Float64Array;
  readonly sequence: Float64Array;
  /** Index into `kindNames`, or `cancelled` for an event that was. */
  readonly kind: Int32Array;
  readonly cause: Uint32Array;
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
  table: EventTable,
  placed: readonly number[],
  {sequence, floor, kindNames}: Counters,
): SavedEvents {
  // In their order, so that equal states give equal values, whatever the queue's inner order is.
  const slot = Int32Array.from(placed).sort(
    (one, other) => table.sequence(one) - table.sequence(other),
  );
  return {
    nextSequence: sequence,
    floor,
    kindNames: [...kindNames],
    slot,
    time: Float64Array.from(slot, index => table.time[index]),
    sequence: Float64Array.from(slot, index => table.sequence(index)),
    kind: Int32Array.from(slot, index => table.kind(index)),
    cause: Uint32Array.from(slot, index => table.cause(index)),
    a: Float64Array.from(slot, index => table.a(index)),
    b: Float64Array.from(slot, index => table.b(index)),
    generation: Int32Array.from({length: table.used}, (_, index) => table.generation(index)),
    freeSlots: freeSlots(table),
  };
}

/** Returns the slots that are to be put in order again. */
export function restoreColumns(
  table: EventTable,
  saved: SavedEvents,
  kindOf: (name: string) => number,
): number[] {
  const kinds = new Int32Array(saved.kindNames.length);
  for (const kind of new Set(saved.kind)) {
    if (kind !== cancelled) kinds[kind] = kindOf(saved.kindNames[kind]);
  }
  table.reserve(saved.generation.length);
  table.used = saved.generation.length;
  saved.generation.forEach((generation, slot) => {
    table.setGeneration(slot, generation);
  });
  restoreFreeSlots(table, saved.freeSlots);
  saved.slot.forEach((slot, index) => {
    const kind = saved.kind[index];
    const own = kind === cancelled ? cancelled : kinds[kind];
    table.write(
      slot,
      saved.time[index],
      saved.sequence[index],
      own,
      saved.a[index],
      saved.b[index],
    );
    table.setCause(slot, saved.cause[index]);
  });
  return [...saved.slot];
}

function freeSlots(table: EventTable): Int32Array {
  const slots: number[] = [];
  for (let slot = table.firstFree; slot >= 0; slot = table.next[slot]) slots.push(slot);
  return Int32Array.from(slots);
}

function restoreFreeSlots(table: EventTable, slots: Int32Array): void {
  table.firstFree = -1;
  for (const slot of slots.toReversed()) {
    table.next[slot] = table.firstFree;
    table.firstFree = slot;
  }
}
