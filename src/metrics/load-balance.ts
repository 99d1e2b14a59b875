// How evenly requests fell on endpoints: the greatest load over the mean, the coefficient of
// variation, and Jain's index (R. Jain, 1984: 1 where all got the same, 1/n where one got all).

import {ratioText} from './figures.ts';

export type LoadBalance = {
  readonly endpoints: number;
  /** `undefined` where nobody got anything. */
  readonly maxOverMean: string | undefined;
  readonly variation: string | undefined;
  readonly jain: string | undefined;
};

export function loadBalance(loads: Iterable<number>): LoadBalance {
  let [endpoints, sum, squares, most] = [0n, 0n, 0n, 0n];
  for (const load of loads) {
    const exact = BigInt(load);
    endpoints++;
    sum += exact;
    squares += exact * exact;
    if (exact > most) most = exact;
  }
  return {
    endpoints: Number(endpoints),
    maxOverMean: ratioText(most * endpoints, sum),
    variation: variationText(endpoints * squares - sum * sum, sum),
    jain: ratioText(sum * sum, endpoints * squares),
  };
}

function variationText(spread: bigint, sum: bigint): string | undefined {
  return sum === 0n ? undefined : (Math.sqrt(Number(spread)) / Number(sum)).toFixed(6);
}
