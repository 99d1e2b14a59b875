// One array for the rows, of four numbers, of many stations: what lies close together costs fewer
// misses of the cache than an array for each.

const rowBits = 2;

export class RowStore {
  rows = new Float64Array(1 << 12);
  #used = 0;
  /** Blocks that were given back, by their size. */
  readonly #free = new Map<number, number[]>();

  /** Where the block begins; all of it is 0. */
  take(size: number): number {
    const free = this.#free.get(size)?.pop();
    if (free !== undefined) return free;
    const start = this.#used;
    this.#used += size << rowBits;
    if (this.#used > this.rows.length) this.#grow();
    return start;
  }

  giveBack(start: number, size: number): void {
    this.rows.fill(0, start, start + (size << rowBits));
    const free = this.#free.get(size);
    if (free === undefined) this.#free.set(size, [start]);
    else free.push(start);
  }

  #grow(): void {
    const rows = new Float64Array(2 * Math.max(this.rows.length, this.#used));
    rows.set(this.rows);
    this.rows = rows;
  }
}
