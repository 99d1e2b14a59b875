// IPVS wrr (ip_vs_wrr.c): walks round the list, taking those whose weight is at least the current
// one, which goes down by the greatest common divisor at each lap and then back to the greatest.

export type WheelState = readonly [place: number, current: number];

export class WeightedRoundRobin {
  #weights: readonly number[] = [];
  #most = 0;
  #step = 0;
  #place = -1;
  #current = 0;

  constructor(weights: readonly number[]) {
    this.change(weights);
  }

  /** From another list it takes the first again; the current weight stays if some have it. */
  change(weights: readonly number[]): void {
    this.#weights = weights;
    this.#place = -1;
    this.#step = weights.reduce(commonDivisor, 0);
    const greatest = weights.reduce((one, other) => Math.max(one, other), 0);
    this.#most = Math.max(0, greatest - (this.#step - 1));
    const kept = this.#current > 0 && this.#current <= this.#most;
    if (!kept) this.#current = this.#most;
    else if (this.#step > 1) this.#current -= (this.#current % this.#step) - 1;
  }

  /** A place in the list; `undefined` where nobody has any weight. */
  next(): number | undefined {
    if (this.#step === 0) return undefined;
    for (;;) {
      while (++this.#place < this.#weights.length) {
        if (this.#weights[this.#place] >= this.#current) return this.#place;
      }
      this.#place = -1;
      this.#current -= this.#step;
      if (this.#current <= 0) this.#current = this.#most;
    }
  }

  save(): WheelState {
    return [this.#place, this.#current];
  }

  restore([place, current]: WheelState): void {
    this.#place = place;
    this.#current = current;
  }
}

function commonDivisor(one: number, other: number): number {
  return other === 0 ? one : commonDivisor(other, one % other);
}
