// Which pods of a trace come, and in what order: rows taken apart into their pods, inflated to a
// share of the cluster, and put in order. Worked out when a run is built, for chance has a part in
// it; a list that is as the file has it costs nothing.

import type {RandomStream} from '../../engine/random.ts';
import {inflated} from './inflation.ts';
import {nameOf, type Trace, type TraceRows} from './trace.ts';
import type {TraceOptions} from './trace-options.ts';

export type ListWishes = Pick<TraceOptions, 'order' | 'inflate'> & {
  readonly trace: Trace;
  /** Pods come at times of the trace. */
  readonly timed: boolean;
  /** What the nodes have together of what `inflate` counts. */
  readonly capacity: number;
  readonly random: (question: string) => RandomStream;
};

/** Columns of which `undefined` stands for 0, 1, 2 … */
export type PodList = {
  readonly length: number;
  /** Of each pod its row. */
  readonly row: Uint32Array | undefined;
  /** Of each pod its number among those of its row; `undefined`: each is the only one. */
  readonly number: Uint32Array | undefined;
  /** The pods in the order in which they come. */
  readonly comer: Uint32Array | undefined;
  /** The pods in the order of their times: the first comer comes at the time of the first. */
  readonly moment: Uint32Array | undefined;
};

export function podList(wishes: ListWishes): PodList {
  const {trace, inflate, capacity, random, timed} = wishes;
  const {rows} = trace;
  let row = rows.count === undefined ? undefined : expanded(rows.count, rows.pods);
  if (inflate !== undefined) {
    const {of, to} = inflate;
    const target = {trace, of, limit: (to * capacity) / 100, random: random('inflation')};
    row = inflated(row ?? upTo(rows.length), target);
  }
  const length = row?.length ?? rows.length;
  const number = row && numbered(row, rows.length);
  const moment = timed ? byTime(row, rows, length) : undefined;
  const comer =
    timed && wishes.order === 'trace'
      ? moment
      : copiesLast(order(row, wishes, Math.min(length, rows.pods)), length);
  return {length, row, number, comer, moment};
}

/** Of the pods before the copies. */
function order(
  row: Uint32Array | undefined,
  {order, trace: {rows}, random}: ListWishes,
  length: number,
): Uint32Array | undefined {
  switch (order) {
    case 'trace':
      return byTime(row, rows, length);
    case 'name':
      return byName(row, rows, length);
    case 'shuffled':
      return shuffled(upTo(length), random('order'));
    default:
      return undefined;
  }
}

function byTime(row: Uint32Array | undefined, {at, byTime}: TraceRows, length: number) {
  if (at === undefined || row === undefined) return at && byTime;
  return upTo(length).sort((a, b) => at[row[a]] - at[row[b]] || a - b);
}

/** By characters, then as in the file. */
function byName(row: Uint32Array | undefined, {names}: TraceRows, length: number) {
  if (names === undefined) return undefined;
  const all = Array.from({length}, (_, pod) => nameOf(names, row === undefined ? pod : row[pod]));
  return upTo(length).sort((a, b) => (all[a] < all[b] ? -1 : all[a] > all[b] ? 1 : a - b));
}

function copiesLast(order: Uint32Array | undefined, length: number): Uint32Array | undefined {
  if (order === undefined || order.length === length) return order;
  const all = upTo(length);
  all.set(order);
  return all;
}

function expanded(count: Uint32Array, pods: number): Uint32Array {
  const row = new Uint32Array(pods);
  let end = 0;
  for (let i = 0; i < count.length; i++) {
    row.fill(i, end, end + count[i]);
    end += count[i];
  }
  return row;
}

function numbered(row: Uint32Array, rows: number): Uint32Array {
  const made = new Uint32Array(rows);
  return row.map(each => made[each]++);
}

function upTo(length: number): Uint32Array {
  const all = new Uint32Array(length);
  for (let i = 0; i < length; i++) all[i] = i;
  return all;
}

/** In place; every order is equally likely (Fisher and Yates). */
function shuffled(values: Uint32Array, random: RandomStream): Uint32Array {
  for (let i = values.length - 1; i > 0; i--) {
    const other = random.integer(0, i);
    const value = values[i];
    values[i] = values[other];
    values[other] = value;
  }
  return values;
}
