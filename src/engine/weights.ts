// Picking one of many with given weights in constant time (A. J. Walker's alias method, built as
// by M. D. Vose, 1991): every column of equal width holds its own index and at most one other.

export class WeightTable {
  readonly #share: Float64Array;
  readonly #alias: Int32Array;

  constructor(weights: readonly number[]) {
    const count = weights.length;
    const total = totalWeight(weights);
    this.#share = Float64Array.from(weights, weight => (weight / total) * count);
    this.#alias = Int32Array.from(weights, (_, index) => index);
    this.#pair();
  }

  /** `uniform` lies in (0, 1); its upper digits choose the column, the rest the half of it. */
  pick(uniform: number): number {
    const place = uniform * this.#share.length;
    const column = Math.floor(place);
    return place - column < this.#share[column] ? column : this.#alias[column];
  }

  /** Fills up each column that is too low from one that is too high. */
  #pair(): void {
    const share = this.#share;
    const low: number[] = [];
    const high: number[] = [];
    for (let column = 0; column < share.length; column++) {
      (share[column] < 1 ? low : high).push(column);
    }
    for (let i = 0; i < low.length && high.length > 0; i++) {
      const giver = high[high.length - 1];
      this.#alias[low[i]] = giver;
      share[giver] -= 1 - share[low[i]];
      if (share[giver] < 1) low.push(high.pop() as number);
    }
    // What rounding leaves over is full: it gives nothing away.
    for (const column of high) share[column] = 1;
    for (const column of low) if (this.#alias[column] === column) share[column] = 1;
  }
}

export function totalWeight(weights: readonly number[]): number {
  let total = 0;
  for (const weight of weights) {
    if (!(weight >= 0)) throw new RangeError(`a weight is 0 or more, not ${weight}`);
    total += weight;
  }
  if (!(total > 0 && total < Infinity)) {
    throw new RangeError(`weights must sum to more than 0, not to ${total}`);
  }
  return total;
}
