// What became of a trace's rows: how many were read, and why some were skipped. The first few of a
// kind are told with their lines, the others counted, however many there are.

import {show} from '../../options/show.ts';

/** Why a row is skipped: what was expected, and what the row has instead. */
export type Broken = {
  readonly why: string;
  readonly got?: string | undefined;
  /** What is told of this row, where that is more than these two. */
  readonly told?: string | undefined;
};

export type SkippedRow = {readonly line: number; readonly message: string};

export type SkippedKind = {
  readonly why: string;
  readonly rows: number;
  /** The first of them. */
  readonly first: readonly SkippedRow[];
};

export type RowReport = {
  readonly read: number;
  readonly used: number;
  /** In the order in which a kind was first met. */
  readonly skipped: readonly SkippedKind[];
};

const toldOfAKind = 3;
const mostKinds = 100;

export class RowCounts {
  read = 0;
  #skipped = 0;
  readonly #kinds = new Map<string, {rows: number; first: SkippedRow[]}>();

  get used(): number {
    return this.read - this.#skipped;
  }

  skip({why, got, told}: Broken, line: number): void {
    this.#skipped++;
    const kind = this.#kind(why);
    kind.rows++;
    if (kind.first.length >= toldOfAKind) return;
    const message = told ?? (got === undefined ? why : `${why}, got ${show(got)}`);
    kind.first.push({line, message});
  }

  /** Formats have few kinds; the rest is for those that tell of names. */
  #kind(why: string): {rows: number; first: SkippedRow[]} {
    const name = this.#kinds.has(why) || this.#kinds.size < mostKinds ? why : 'other mistakes';
    let kind = this.#kinds.get(name);
    if (kind === undefined) {
      kind = {rows: 0, first: []};
      this.#kinds.set(name, kind);
    }
    return kind;
  }

  report(): RowReport {
    const skipped = [...this.#kinds].map(([why, kind]) => ({why, ...kind}));
    return {read: this.read, used: this.used, skipped};
  }
}
