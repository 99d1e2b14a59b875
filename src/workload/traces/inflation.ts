// Makes a trace ask for a share of its cluster: copies of its pods, drawn uniformly with
// replacement, follow while the next one keeps what all ask for at or below that share; where they
// ask for more already, random ones are left out. So the experiments on openb are made.

import type {RandomStream} from '../../engine/random.ts';
import {mostPods} from './row-table.ts';
import type {Trace} from './trace.ts';

export type Target = {
  readonly trace: Trace;
  readonly of: 'gpu' | 'cpu' | 'memory';
  /** What all may ask for together. */
  readonly limit: number;
  readonly random: RandomStream;
};

/** The row of each pod: those given, in their order, then the copies. */
export function inflated(row: Uint32Array, target: Target): Uint32Array {
  let total = 0;
  for (const each of row) total += askOf(each, target);
  return total > target.limit ? thinned(row, total, target) : grown(row, total, target);
}

function grown(row: Uint32Array, total: number, target: Target): Uint32Array {
  const {limit, random} = target;
  const copies: number[] = [];
  // What nobody asks for can never be reached.
  while (total > 0 && row.length + copies.length < mostPods) {
    const copy = row[random.integer(0, row.length - 1)];
    total += askOf(copy, target);
    if (total > limit) break;
    copies.push(copy);
  }
  const all = new Uint32Array(row.length + copies.length);
  all.set(row);
  all.set(copies, row.length);
  return all;
}

function thinned(row: Uint32Array, total: number, target: Target): Uint32Array {
  const {limit, random} = target;
  const left = row.map((_, pod) => pod);
  let count = left.length;
  while (total > limit) {
    const drawn = random.integer(0, count - 1);
    total -= askOf(row[left[drawn]], target);
    left[drawn] = left[--count];
  }
  return left
    .slice(0, count)
    .sort()
    .map(pod => row[pod]);
}

function askOf(row: number, {trace: {rows, shapes}, of}: Target): number {
  return shapes[rows.shape[row]].asks[of];
}
