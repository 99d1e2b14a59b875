// One kind of object as a copy of etcd has it, and the return to that: what came since goes, what
// went comes back under a new number, what changed is as it was.

import type {Time} from '../engine/time.ts';
import type {ObjectTable} from '../objects/object-table.ts';

export type CopiedTable<Value> = readonly {
  readonly id: number;
  readonly name: string;
  readonly revision: number;
  readonly value: Value;
}[];

/** Of those that came back: the number that each has now, by the one that it had. */
export type Renumbered = ReadonlyMap<number, number>;

export type Rewinding<Value> = {
  /** What is written of a copied object; `current`: what is in its place now. */
  readonly written?: (copied: Value, current: Value | undefined, renumbered: Renumbered) => Value;
  /** Nothing of it changed, but what it refers to has another number now. */
  readonly isStale?: (copied: Value, renumbered: Renumbered) => boolean;
  readonly added?: (id: number, value: Value) => void;
  readonly replaced?: (id: number, before: Value, after: Value) => void;
  /** Told before it goes; without this, what came since the copy stays. */
  readonly deleting?: (id: number, value: Value) => void;
};

export function copyTable<Value>(table: ObjectTable<Value>): CopiedTable<Value> {
  return [...table.all()].map(([id, value]) => {
    return {id, name: table.nameOf(id), revision: table.revision(id), value};
  });
}

export function rewindTable<Value>(
  table: ObjectTable<Value>,
  copy: CopiedTable<Value>,
  now: Time,
  rewinding: Rewinding<Value>,
): Renumbered {
  const {written = copied => copied, isStale, added, replaced, deleting} = rewinding;
  const copied = new Set(copy.map(({id}) => id));
  for (const [id, value] of [...table.all()]) {
    if (copied.has(id) || deleting === undefined) continue;
    deleting(id, value);
    table.delete(id, now);
  }
  const renumbered = new Map<number, number>();
  // Owners have lower numbers than what they own, so theirs are known by then.
  for (const {id, name, revision, value} of copy) {
    const current = table.get(id);
    if (current === undefined && table.id(name) === undefined) {
      const after = written(value, undefined, renumbered);
      const number = table.add(after, now);
      renumbered.set(id, number);
      added?.(number, after);
    } else if (current !== undefined) {
      if (table.revision(id) === revision && isStale?.(value, renumbered) !== true) continue;
      const after = written(value, current, renumbered);
      table.replace(id, after, now);
      replaced?.(id, current, after);
    }
  }
  return renumbered;
}
