// The rows of a trace as they are read, in columns; pods that ask for the same and look alike share
// a shape.

import {roomFor, trimmed} from './columns.ts';
import {isPodName, NameColumn} from './name-column.ts';
import type {Broken} from './row-report.ts';
import type {TraceRows} from './trace.ts';
import type {TracePod} from './trace-format.ts';

export type RowShape = {
  readonly look: number;
  readonly cpuMillicores: number;
  readonly memoryBytes: number;
};

/** Each is a Pod template for the whole run. */
const mostShapes = 100_000;
/** Nobody waits for 30 years: a trace that begins so late tells dates, in microseconds. */
const dates = 1e15;
/** Of all rows together. */
export const mostPods = 100_000_000;

export class RowTable {
  readonly shapes: RowShape[] = [];
  /** Of shapes, by look, cpu and memory. */
  readonly #numbers = new Map<number, Map<number, Map<number, number>>>();
  readonly #names = new NameColumn();
  #length = 0;
  #pods = 0;
  #inOrder = true;
  /** Rows say when their pods come. */
  #timed = true;
  #at = new Float64Array(256);
  #lifetime = new Float64Array(256);
  #count = new Uint32Array(256);
  #shape = new Uint32Array(256);

  add(pod: TracePod): Broken | undefined {
    const {name, count} = pod;
    if (name !== '' && !isPodName(name))
      return {why: 'expected a name that a pod may have', got: name};
    if (this.#pods + count > mostPods) return {why: `more than ${mostPods} pods before it`};
    const shape = this.#shapeOf(pod);
    if (shape === undefined) return {why: `more than ${mostShapes} different pods before it`};
    if (name !== '' && !this.#addName(name, count))
      return {why: 'a second pod of its name', got: name};
    const row = this.#length++;
    this.#makeRoom();
    this.#timed &&= !Number.isNaN(pod.at);
    this.#inOrder &&= row === 0 || pod.at >= this.#at[row - 1];
    this.#at[row] = pod.at;
    this.#lifetime[row] = pod.lifetime;
    this.#count[row] = count;
    this.#shape[row] = shape;
    this.#pods += count;
    return undefined;
  }

  rows({fromFirst}: {fromFirst: boolean}): TraceRows {
    const length = this.#length;
    const at = this.#timed ? trimmed(this.#at, length) : undefined;
    const byTime = at === undefined || this.#inOrder ? undefined : sorted(at);
    const start = at?.[byTime?.[0] ?? 0] ?? 0;
    if (at !== undefined && (fromFirst || start >= dates)) shift(at, start);
    return {
      length,
      names: this.#names.length === 0 ? undefined : this.#names.column(),
      at,
      byTime,
      lifetime: trimmed(this.#lifetime, length),
      count: this.#pods === length ? undefined : trimmed(this.#count, length),
      pods: this.#pods,
      shape: trimmed(this.#shape, length),
    };
  }

  #shapeOf({look, cpuMillicores, memoryBytes}: TracePod): number | undefined {
    const byCpu = mapIn(this.#numbers, look);
    const byMemory = mapIn(byCpu, cpuMillicores);
    const known = byMemory.get(memoryBytes);
    if (known !== undefined || this.shapes.length === mostShapes) return known;
    const number = this.shapes.push({look, cpuMillicores, memoryBytes}) - 1;
    byMemory.set(memoryBytes, number);
    return number;
  }

  /** Pods of one row are called NAME-0, NAME-1 …, which no other may be. */
  #addName(name: string, count: number): boolean {
    for (let i = 0; count > 1 && i < count; i++) {
      if (this.#names.rowOf(`${name}-${i}`) !== undefined) return false;
    }
    return !this.#isNumbered(name) && this.#names.add(name);
  }

  #isNumbered(name: string): boolean {
    if (this.#pods === this.#length) return false;
    const [, base, number] = /^(.+)-(0|[1-9]\d*)$/.exec(name) ?? [];
    const row = base === undefined ? undefined : this.#names.rowOf(base);
    return row !== undefined && this.#count[row] > Math.max(1, Number(number));
  }

  #makeRoom(): void {
    this.#at = roomFor(this.#at, this.#length);
    this.#lifetime = roomFor(this.#lifetime, this.#length);
    this.#count = roomFor(this.#count, this.#length);
    this.#shape = roomFor(this.#shape, this.#length);
  }
}

function mapIn<Inner extends Map<number, unknown>>(outer: Map<number, Inner>, key: number): Inner {
  let inner = outer.get(key);
  if (inner === undefined) {
    inner = new Map() as Inner;
    outer.set(key, inner);
  }
  return inner;
}

function sorted(at: Float64Array): Uint32Array {
  const rows = new Uint32Array(at.length);
  for (let row = 0; row < rows.length; row++) rows[row] = row;
  return rows.sort((a, b) => at[a] - at[b] || a - b);
}

function shift(at: Float64Array, by: number): void {
  for (let row = 0; row < at.length; row++) at[row] -= by;
}
