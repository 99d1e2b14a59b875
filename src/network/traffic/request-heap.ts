// Requests at one station, the one with the least key first. Rows move as a whole: a key, when it
// arrived, started, and its ticket.

const rowBits = 2;

export class RequestHeap {
  #rows = new Float64Array(8 << rowBits);
  size = 0;

  /** Of the first one; there must be one. */
  get key(): number {
    return this.#rows[0];
  }

  get arrived(): number {
    return this.#rows[1];
  }

  get started(): number {
    return this.#rows[2];
  }

  get ticket(): number {
    return this.#rows[3];
  }

  push(key: number, arrived: number, started: number, ticket: number): void {
    if (this.size << rowBits === this.#rows.length) this.#grow();
    let place = this.size++;
    const rows = this.#rows;
    while (place > 0) {
      const parent = (place - 1) >> 1;
      if (rows[parent << rowBits] <= key) break;
      this.#move(parent, place);
      place = parent;
    }
    const row = place << rowBits;
    rows[row] = key;
    rows[row + 1] = arrived;
    rows[row + 2] = started;
    rows[row + 3] = ticket;
  }

  /** Takes out the first one. */
  drop(): void {
    const rows = this.#rows;
    const last = --this.size;
    const key = rows[last << rowBits];
    let place = 0;
    for (let child = 1; child < last; child = 2 * place + 1) {
      if (child + 1 < last && rows[(child + 1) << rowBits] < rows[child << rowBits]) child++;
      if (rows[child << rowBits] >= key) break;
      this.#move(child, place);
      place = child;
    }
    this.#move(last, place);
  }

  /** All that are there, and none is any more. */
  takeAll(): (readonly [ticket: number, arrived: number])[] {
    const all = Array.from({length: this.size}, (_, i) => {
      const row = i << rowBits;
      return [this.#rows[row + 3], this.#rows[row + 1]] as const;
    });
    this.size = 0;
    return all;
  }

  /** Gives all other tickets; `key` as it was pushed. */
  retag(retag: (ticket: number, arrived: number, key: number) => number): void {
    const rows = this.#rows;
    for (let row = 0; row < this.size << rowBits; row += 1 << rowBits) {
      rows[row + 3] = retag(rows[row + 3], rows[row + 1], rows[row]);
    }
  }

  save(): Float64Array {
    return this.#rows.slice(0, this.size << rowBits);
  }

  restore(saved: Float64Array): void {
    this.size = saved.length >> rowBits;
    while (this.#rows.length < saved.length) this.#grow();
    this.#rows.set(saved);
  }

  #move(from: number, to: number): void {
    const rows = this.#rows;
    const source = from << rowBits;
    const target = to << rowBits;
    rows[target] = rows[source];
    rows[target + 1] = rows[source + 1];
    rows[target + 2] = rows[source + 2];
    rows[target + 3] = rows[source + 3];
  }

  #grow(): void {
    const rows = new Float64Array(this.#rows.length * 2);
    rows.set(this.#rows);
    this.#rows = rows;
  }
}
