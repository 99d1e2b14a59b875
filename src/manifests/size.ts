// "Billion laughs": a few aliases can stand for more values than memory holds. Their number is
// computed without expanding them.

import {isMap} from '../options/is-map.ts';

export function expandsTooFar(value: unknown): boolean {
  return sizeOf(value, new Map()) > mostValues;
}

const mostValues = 1_000_000;

/** An alias inside its own anchor counts as infinite. */
function sizeOf(value: unknown, known: Map<unknown, number>): number {
  const children = Array.isArray(value) ? value : isMap(value) ? Object.values(value) : undefined;
  if (children === undefined) return 1;
  const before = known.get(value);
  if (before !== undefined) return before;
  known.set(value, Infinity);
  let size = 1;
  for (const child of children) size += sizeOf(child, known);
  known.set(value, size);
  return size;
}
