// The engine's exact Integral for many things at once (every node of a large cluster): the same
// arithmetic, in one typed array, a cache line for each integral's numbers.

import {ExactSum} from '../engine/exact-sum.ts';
import type {Time} from '../engine/time.ts';

const stride = 4;
const [value, changed, high, low] = Array(stride).keys();
const base = 2 ** 52;
const mebi = 2 ** 20;

export class IntegralRows {
  readonly #perRow: number;
  #numbers = new Float64Array(0);

  /** Each row has `perRow` step functions, all 0 until the first `add`. */
  constructor(perRow: number) {
    this.#perRow = perRow;
  }

  get rows(): number {
    return this.#numbers.length / (this.#perRow * stride);
  }

  /** From now on `delta` more. Values are whole, from 0 to 2^52. */
  add(row: number, which: number, delta: number, now: Time): void {
    if (row >= this.rows) this.#grow(row);
    const at = (row * this.#perRow + which) * stride;
    this.#advance(at, now);
    this.#numbers[at + value] += delta;
  }

  value(row: number, which: number): number {
    if (row >= this.rows) return 0;
    return this.#numbers[(row * this.#perRow + which) * stride + value];
  }

  /** Value times microseconds until now. */
  integral(row: number, which: number, now: Time): bigint {
    if (row >= this.rows) return 0n;
    const at = (row * this.#perRow + which) * stride;
    this.#advance(at, now);
    return BigInt(this.#numbers[at + high]) * BigInt(base) + BigInt(this.#numbers[at + low]);
  }

  /** Of all rows together. */
  total(which: number, now: Time): bigint {
    let sum = 0n;
    for (let row = 0; row < this.rows; row++) sum += this.integral(row, which, now);
    return sum;
  }

  save(): Float64Array<ArrayBuffer> {
    return this.#numbers;
  }

  restore(saved: Float64Array<ArrayBuffer>): void {
    this.#numbers = saved;
  }

  #advance(at: number, now: Time): void {
    const numbers = this.#numbers;
    const span = now - numbers[at + changed];
    const area = numbers[at + value] * span;
    if (area < base) this.#addSmall(at, area);
    // Memory comes in whole mebibytes: then the product has few digits, and is exact though large.
    else if ((numbers[at + value] / mebi) % 1 === 0 && area < base * mebi) this.#addExact(at, area);
    else this.#addLarge(at, span);
    numbers[at + changed] = now;
  }

  #addSmall(at: number, area: number): void {
    const numbers = this.#numbers;
    numbers[at + low] += area;
    if (numbers[at + low] < base) return;
    numbers[at + low] -= base;
    numbers[at + high]++;
  }

  #addExact(at: number, area: number): void {
    const units = Math.floor(area / base);
    this.#numbers[at + high] += units;
    this.#addSmall(at, area - units * base);
  }

  // Too large for a double to hold each unit: as two doubles, by the engine.
  #addLarge(at: number, span: Time): void {
    const numbers = this.#numbers;
    scratch.restore({high: numbers[at + high], low: numbers[at + low]});
    scratch.addProduct(numbers[at + value], span);
    const sum = scratch.save();
    numbers[at + high] = sum.high;
    numbers[at + low] = sum.low;
  }

  #grow(row: number): void {
    const size = this.#perRow * stride;
    const wider = new Float64Array(Math.max(this.#numbers.length * 2, (row + 1) * size));
    wider.set(this.#numbers);
    this.#numbers = wider;
  }
}

const scratch = new ExactSum();
