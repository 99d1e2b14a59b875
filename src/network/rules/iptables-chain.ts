// The rules by which kube-proxy's iptables mode chooses among n endpoints: each is taken with a
// chance, the first with 1/n, the next with 1/(n-1), the last for certain. The chance is written
// with ten decimals, and the kernel compares 31 random bits with it (proxier.go,
// libxt_statistic.c).

import {pow} from '../../engine/math.ts';

const randoms = 2 ** 31;

/** Of all rules but the last, which has no condition. */
export function ruleProbabilities(endpoints: number): readonly number[] {
  return Array.from({length: endpoints - 1}, (_, rule) => written(1 / (endpoints - rule)));
}

/** What the chances come to in the kernel: of 2^31 random numbers, so many take each rule. */
function thresholds(endpoints: number): readonly number[] {
  return ruleProbabilities(endpoints).map(chance => Math.floor(chance * randoms + 0.5));
}

/** The chance of each endpoint to be chosen, which is nearly the same for all. */
export function endpointShares(endpoints: number): readonly number[] {
  const shares: number[] = [];
  let reached = 1;
  for (const threshold of thresholds(endpoints)) {
    shares.push((reached * threshold) / randoms);
    reached *= 1 - threshold / randoms;
  }
  return [...shares, reached];
}

/** Whom a connection meets whose draws come to a number from 0 to 1. */
export class EndpointChain {
  /** By the number of endpoints: the shares of those before each, and 1. */
  readonly #tables = new Map<number, Float64Array>();
  #last: Float64Array = new Float64Array(0);

  taken(endpoints: number, draw: number): number {
    const before = this.#last.length === endpoints + 1 ? this.#last : this.#table(endpoints);
    let place = Math.floor(draw * endpoints);
    while (draw < before[place]) place--;
    while (draw >= before[place + 1]) place++;
    return place;
  }

  #table(endpoints: number): Float64Array {
    let table = this.#tables.get(endpoints);
    if (table === undefined) {
      // While a Service changes its nodes know a few numbers of endpoints.
      if (this.#tables.size > 7) this.#tables.clear();
      table = new Float64Array(endpoints + 1);
      const shares = endpointShares(endpoints);
      for (const [place, share] of shares.entries()) table[place + 1] = table[place] + share;
      table[endpoints] = 1;
      this.#tables.set(endpoints, table);
    }
    this.#last = table;
    return table;
  }
}

/** How many rules a new connection walks through, on average. */
export function meanRulesWalked(endpoints: number): number {
  return endpointShares(endpoints).reduce((sum, share, rule) => sum + share * (rule + 1), 0);
}

function written(chance: number): number {
  const unit = pow(10, 10);
  return Math.floor(chance * unit + 0.5) / unit;
}
