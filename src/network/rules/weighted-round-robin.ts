// IPVS wrr (ip_vs_wrr.c): walks round the list, taking those whose weight is at least the current
// one, which goes down by the greatest common divisor at each lap and then back to the greatest.

export class WeightedRoundRobin {
  readonly #weights: readonly number[];
  readonly #greatest: number;
  readonly #step: number;
  #place = -1;
  #current = 0;

  constructor(weights: readonly number[]) {
    this.#weights = weights;
    this.#greatest = Math.max(...weights);
    this.#step = weights.reduce(commonDivisor);
  }

  /** A place in the list; `undefined` where nobody has any weight. */
  next(): number | undefined {
    if (this.#greatest === 0) return undefined;
    for (;;) {
      this.#place = (this.#place + 1) % this.#weights.length;
      if (this.#place === 0) {
        this.#current -= this.#step;
        if (this.#current <= 0) this.#current = this.#greatest;
      }
      if (this.#weights[this.#place] >= this.#current) return this.#place;
    }
  }

  save(): readonly [place: number, current: number] {
    return [this.#place, this.#current];
  }

  restore([place, current]: readonly [number, number]): void {
    this.#place = place;
    this.#current = current;
  }
}

function commonDivisor(one: number, other: number): number {
  return other === 0 ? one : commonDivisor(other, one % other);
}
