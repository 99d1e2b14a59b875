// One figure that a run gave beside the one that theory gives.

import {mean, variance} from '../support/statistics.ts';

export type Figure = {
  readonly name: string;
  readonly expected: number;
  readonly measured: number;
  /** Of the 95 % confidence interval; 0 for a figure without chance. */
  readonly halfWidth: number;
  /** Standard errors from what is expected; `undefined` without chance, or for a rare thing. */
  readonly z: number | undefined;
  readonly right: boolean;
  /** Known only to more than one per cent. */
  readonly loose?: boolean;
};

/** A half-width may be so large a part of the figure; of a share below it, as of one as large. */
const precision = 0.01;
// A share of time of which fewer stretches were seen is known too badly for a normal law.
const fewStretches = 100;
const widest = 4;

type Estimate = {
  /** Of batches that are nearly independent. */
  readonly sample: readonly number[];
  /** How often the state was come to or left, whichever is rarer. */
  readonly stretches: number;
  /** Where all batches together say more than their mean, such as a quantile. */
  readonly measured?: number | undefined;
  /** Half-width that is still good enough, where 1 % would take unreasonably long. */
  readonly loosest?: number;
  /** What is expected is itself known only with this standard error. */
  readonly expectedError?: number;
};

export function estimated(
  name: string,
  expected: number,
  {sample, stretches, measured = mean(sample), loosest = precision, expectedError = 0}: Estimate,
): Figure {
  const error = Math.hypot(errorOfMean(sample), expectedError);
  const halfWidth = 1.96 * error;
  if (stretches < fewStretches || error === 0) {
    const allowed = Math.max(precision * Math.max(expected, precision), rareError(sample));
    const near = Math.abs(measured - expected) <= allowed;
    return {name, expected, measured, halfWidth, z: undefined, right: near};
  }
  const z = (measured - expected) / error;
  const share = halfWidth / widestHalf(expected);
  const right = Math.abs(z) <= widest && share * precision <= loosest;
  // Batches that agree so badly have no normal law between them.
  const certain = share * precision <= 0.1;
  return {name, expected, measured, halfWidth, z: certain ? z : undefined, right, loose: share > 1};
}

/**
 * Batches that follow one another may hang together: as far as the correlation of neighbours, and
 * of those further apart, is not chance, it counts (C. J. Geyer's initial sequence, 1992).
 */
function errorOfMean(sample: readonly number[]): number {
  const count = sample.length;
  const spread = variance(sample);
  const middle = mean(sample);
  const correlation = (lag: number): number => {
    let sum = 0;
    for (let i = lag; i < count; i++) sum += (sample[i] - middle) * (sample[i - lag] - middle);
    return spread === 0 ? 0 : sum / (count - 1) / spread;
  };
  let factor = 1;
  if (correlation(1) > 3 / Math.sqrt(count)) {
    for (let lag = 1; lag < count / 4; lag += 2) {
      const pair = correlation(lag) + correlation(lag + 1);
      if (pair <= 0) break;
      factor += 2 * pair;
    }
  }
  return Math.sqrt((spread * factor) / count);
}

/** How many times as long a run would be precise enough; up to 1 where it is. */
export function runsWanted({expected, halfWidth, z, loose = false}: Figure): number {
  return z === undefined && !loose ? 1 : (halfWidth / widestHalf(expected)) ** 2;
}

function widestHalf(expected: number): number {
  return precision * Math.max(expected, precision);
}

/** Without a single stretch there is no spread; one such stretch in all would not be surprising. */
function rareError(sample: readonly number[]): number {
  const error = Math.sqrt(variance(sample) / sample.length);
  return error === 0 ? 1 / sample.length : widest * error;
}

/** What a rule says, to as many digits as the file has. */
export function same(name: string, expected: number, measured: number): Figure {
  const right = Math.abs(measured - expected) <= 2e-9 * Math.abs(expected) + 1e-13;
  return {name, expected, measured, halfWidth: 0, z: undefined, right};
}

/** A figure in which chance has no part, but for delays of microseconds. */
export function exact(name: string, expected: number, measured: number): Figure {
  const right = Math.abs(measured - expected) <= precision * Math.max(expected, 1);
  return {name, expected, measured, halfWidth: 0, z: undefined, right};
}
