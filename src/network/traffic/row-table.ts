// Rows of numbers in one typed array, taken and given back: what is under way, and so as large as
// the most that ever was at once. A ticket names a row and its tenancy in one number below 0.

const rowLimit = 2 ** 26;
// Then they begin anew: nobody holds a ticket for so long.
const tenancyLimit = 2 ** 25;

type Saved = {values: Float64Array; tenancy: Float64Array; free: readonly number[]; used: number};

export class RowTable {
  readonly #width: number;
  #values: Float64Array;
  #tenancy: Float64Array;
  #free: number[] = [];
  #used = 0;

  constructor(width: number) {
    this.#width = width;
    this.#values = new Float64Array(64 * width);
    this.#tenancy = new Float64Array(64);
  }

  /** All its values are 0. */
  take(): number {
    const row = this.#free.pop() ?? this.#used++;
    if (row === this.#tenancy.length) this.#grow();
    return row;
  }

  giveBack(row: number): void {
    this.#tenancy[row] = (this.#tenancy[row] + 1) % tenancyLimit;
    this.#values.fill(0, row * this.#width, (row + 1) * this.#width);
    this.#free.push(row);
  }

  /** Rows ever used; those that were given back begin with a 0. */
  get used(): number {
    return this.#used;
  }

  get(row: number, column: number): number {
    return this.#values[row * this.#width + column];
  }

  set(row: number, column: number, value: number): void {
    this.#values[row * this.#width + column] = value;
  }

  ticket(row: number): number {
    return -1 - row - this.#tenancy[row] * rowLimit;
  }

  /** `undefined` where its tenant has gone. */
  rowOf(ticket: number): number | undefined {
    const number = -1 - ticket;
    const row = number % rowLimit;
    return this.#tenancy[row] === (number - row) / rowLimit ? row : undefined;
  }

  save(): Saved {
    return {
      values: this.#values.slice(),
      tenancy: this.#tenancy.slice(),
      free: [...this.#free],
      used: this.#used,
    };
  }

  restore({values, tenancy, free, used}: Saved): void {
    this.#values = values.slice();
    this.#tenancy = tenancy.slice();
    this.#free = [...free];
    this.#used = used;
  }

  #grow(): void {
    const values = new Float64Array(this.#values.length * 2);
    values.set(this.#values);
    this.#values = values;
    const tenancy = new Float64Array(this.#tenancy.length * 2);
    tenancy.set(this.#tenancy);
    this.#tenancy = tenancy;
  }
}
