// The row of a trace that is being read, by the names of its columns. The first cell that is not
// what it should be makes the row a broken one; its value then means nothing.

import type {Broken} from './row-report.ts';

export type NumberRange = {
  readonly from?: number;
  readonly to?: number;
  readonly whole?: boolean;
};

export class Cells {
  broken: Broken | undefined;
  readonly width: number;
  readonly #columns: ReadonlyMap<string, number>;
  #row: readonly string[] = [];

  constructor(header: readonly string[]) {
    this.width = header.length;
    this.#columns = new Map(header.map((name, i) => [name, i]));
  }

  take(row: readonly string[]): void {
    this.#row = row;
    this.broken = undefined;
  }

  has(column: string): boolean {
    return this.#columns.has(column);
  }

  /** Empty where there is no such column. */
  text(column: string): string {
    const at = this.#columns.get(column);
    return at === undefined ? '' : this.#row[at];
  }

  number(column: string, {from = 0, to = 2 ** 53, whole = false}: NumberRange = {}): number {
    const text = this.text(column);
    const value = plainNumber.test(text) ? Number(text) : Number.NaN;
    if (value >= from && value <= to && (!whole || Number.isInteger(value))) return value;
    const end = to < 2 ** 53 ? ` to ${to}` : '';
    this.refuse(`expected ${column} as a ${whole ? 'whole ' : ''}number from ${from}${end}`, text);
    return Number.NaN;
  }

  refuse(why: string, got?: string): void {
    this.broken ??= {why, got};
  }
}

const plainNumber = /^-?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
