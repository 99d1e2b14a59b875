// The difference of two counts that are mostly 0: what the pairs have in common cancels; gains and
// losses are left, two Poisson numbers, each exactly bounded (Garwood), then both together (G. Y.
// Zou and A. Donner, Construction of Confidence Limits about Effect Measures, 2008).

import type {Difference} from './interval.ts';
import {poissonBounds} from './poisson-rate.ts';

export function countDifference(
  values: readonly number[],
  baseline: readonly number[],
  level: number,
): Difference {
  const runs = values.length;
  const differences = values.map((value, i) => value - baseline[i]);
  const silent = differences.every(each => each === 0);
  const bounds = (at: number) => boundsOf(differences, at);
  const {low, high} = bounds(level);
  return {
    estimate: differences.reduce((sum, each) => sum + each, 0) / runs,
    low,
    high,
    // Where no pair differs none has been seen to, which is less than that none would.
    method: silent ? 'no-events' : 'paired-poisson',
    p: silent ? 1 : widestWithoutZero(bounds),
  };
}

function boundsOf(differences: readonly number[], level: number): {low: number; high: number} {
  let [gained, lost, squares] = [0, 0, 0];
  for (const each of differences) {
    if (each > 0) gained += each;
    else lost -= each;
    squares += each * each;
  }
  // Events that come and go in groups are fewer: as many as their squares say (quasi-Poisson).
  const group = gained + lost === 0 ? 1 : squares / (gained + lost);
  const [more, less] = [poissonBounds(gained / group, level), poissonBounds(lost / group, level)];
  const middle = (gained - lost) / group;
  const down = distance(gained / group - more.low, less.high - lost / group);
  const up = distance(more.high - gained / group, lost / group - less.low);
  const scale = group / differences.length;
  return {low: (middle - down) * scale, high: (middle + up) * scale};
}

/** p: what is outside the widest interval that leaves 0 out. */
function widestWithoutZero(bounds: (level: number) => {low: number; high: number}): number {
  let [inside, outside] = [1, 0];
  for (let step = 0; step < 40; step++) {
    const level = (inside + outside) / 2;
    const {low, high} = bounds(level);
    if (low > 0 || high < 0) outside = level;
    else inside = level;
  }
  return 1 - outside;
}

function distance(one: number, other: number): number {
  return Math.sqrt(one * one + other * other);
}
