// How evenly strategies serve those who ask: Jain's index of what claimants got of what they asked
// for (R. Jain, D. Chiu and W. Hawe, DEC-TR-301, 1984), and dominant shares (A. Ghodsi et al.,
// Dominant Resource Fairness, NSDI 2011).

import type {Claim} from './claims.ts';
import {resources} from './pod-amounts.ts';

export type Fairness = Claim & {
  /** Of which the claimant asked the largest part of all that was there. */
  readonly dominant: (typeof resources)[number];
  /** Got of it, over asked; 1 is all. `undefined`: asked for nothing. */
  readonly satisfaction: number | undefined;
  /** Got of it, over all that was there. */
  readonly dominantShare: number | undefined;
};

/** `there`: what the cluster had, in amount times microseconds. */
export function fairnessOf(claim: Claim, there: readonly bigint[]): Fairness {
  let dominant = 0;
  for (let which = 1; which < resources.length; which++) {
    const part = share(claim.asked[which], there[which]) ?? 0;
    if (part > (share(claim.asked[dominant], there[dominant]) ?? 0)) dominant = which;
  }
  return {
    ...claim,
    dominant: resources[dominant],
    satisfaction: share(claim.got[dominant], claim.asked[dominant]),
    dominantShare: share(claim.got[dominant], there[dominant]),
  };
}

/** (Σx)² / nΣx²: 1 when all are equal, 1/n when one has all. `undefined` where nobody has any. */
export function jainIndex(values: readonly number[]): number | undefined {
  let sum = 0;
  let squares = 0;
  for (const value of values) {
    sum += value;
    squares += value * value;
  }
  return squares === 0 ? undefined : (sum * sum) / (values.length * squares);
}

function share(part: bigint, whole: bigint): number | undefined {
  return whole === 0n ? undefined : Number(part) / Number(whole);
}
