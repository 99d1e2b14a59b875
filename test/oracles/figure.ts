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
};

/** A half-width may be so large a part of the figure; of a share below it, as of one as large. */
const precision = 0.01;
// A share of time of which fewer stretches were seen is known too badly for a normal law.
const fewStretches = 100;
const widest = 4;

/** `stretches`: how often the state was come to or left, whichever is rarer. */
export function estimated(
  name: string,
  expected: number,
  {sample, stretches}: {sample: readonly number[]; stretches: number},
): Figure {
  const measured = mean(sample);
  const error = Math.sqrt(variance(sample) / sample.length);
  const halfWidth = 1.96 * error;
  if (stretches < fewStretches) {
    const near = Math.abs(measured - expected) <= Math.max(precision * expected, rareError(sample));
    return {name, expected, measured, halfWidth, z: undefined, right: near};
  }
  const z = (measured - expected) / error;
  const right = Math.abs(z) <= widest && isPrecise({expected, halfWidth});
  return {name, expected, measured, halfWidth, z, right};
}

/** How many times as long a run would be precise enough; up to 1 where it is. */
export function runsWanted({expected, halfWidth, z}: Figure): number {
  return z === undefined ? 1 : (halfWidth / widestHalf(expected)) ** 2;
}

function isPrecise({expected, halfWidth}: Pick<Figure, 'expected' | 'halfWidth'>): boolean {
  return halfWidth <= widestHalf(expected);
}

function widestHalf(expected: number): number {
  return precision * Math.max(expected, precision);
}

/** Without a single stretch there is no spread; one such stretch in all would not be surprising. */
function rareError(sample: readonly number[]): number {
  const error = Math.sqrt(variance(sample) / sample.length);
  return error === 0 ? 1 / sample.length : widest * error;
}

/** A figure in which chance has no part, but for delays of microseconds. */
export function exact(name: string, expected: number, measured: number): Figure {
  const right = Math.abs(measured - expected) <= precision * Math.max(expected, 1);
  return {name, expected, measured, halfWidth: 0, z: undefined, right};
}
