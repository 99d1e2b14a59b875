// The mean course of a series over replications, with a band in which the true mean lies at each
// point by Student's t. Runs are sampled at their own places, so courses are read off a common
// grid.

import {studentQuantile} from '../../experiment/statistics/quantiles.ts';

type Points = readonly (readonly [x: number, value: number])[];
export type Course = {
  readonly mean: readonly (number | undefined)[];
  /** As far as the band reaches to either side; absent with fewer than two runs. */
  readonly half: readonly (number | undefined)[];
  /** Of all values of all runs. */
  readonly lowest: number;
};

/** The runs' own places where they share them, else as many at equal distances. */
export function commonGrid(runs: readonly Points[], most: number): number[] {
  const [first, ...others] = runs;
  const shared = others.every(
    run => run.length === first.length && run.every(([x], i) => x === first[i][0]),
  );
  if (shared && first.length <= most) return first.map(([x]) => x);
  const from = Math.min(...runs.map(run => run[0][0]));
  const to = Math.max(...runs.map(run => run[run.length - 1][0]));
  if (from === to) return [from];
  return Array.from({length: most}, (_, i) => rounded(from + ((to - from) * i) / (most - 1)));
}

export function meanCourse(
  runs: readonly Points[],
  grid: readonly number[],
  level: number,
): Course {
  const courses = runs.map(run => readOff(run, grid));
  const mean: (number | undefined)[] = [];
  const half: (number | undefined)[] = [];
  for (let i = 0; i < grid.length; i++) {
    const values = courses.map(course => course[i]).filter(value => value !== undefined);
    const middle = values.reduce((sum, value) => sum + value, 0) / values.length;
    mean.push(values.length === 0 ? undefined : middle);
    half.push(values.length < 2 ? undefined : halfWidth(values, middle, level));
  }
  const lowest = Math.min(...runs.map(run => Math.min(...run.map(([, value]) => value))));
  return {mean, half, lowest};
}

function halfWidth(values: readonly number[], middle: number, level: number): number {
  const squares = values.reduce((sum, value) => sum + (value - middle) * (value - middle), 0);
  const freedom = values.length - 1;
  return quantile((1 + level) / 2, freedom) * Math.sqrt(squares / freedom / values.length);
}

const quantiles = new Map<string, number>();

function quantile(share: number, freedom: number): number {
  const key = `${share}/${freedom}`;
  const known = quantiles.get(key) ?? studentQuantile(share, freedom);
  quantiles.set(key, known);
  return known;
}

/** Straight between two points, and nothing outside of them. */
function readOff(points: Points, grid: readonly number[]): (number | undefined)[] {
  let next = 0;
  return grid.map(x => {
    while (next < points.length && points[next][0] < x) next++;
    if (next === points.length) return undefined;
    const [after, value] = points[next];
    if (after === x) return value;
    if (next === 0) return undefined;
    const [before, from] = points[next - 1];
    return from + ((value - from) * (x - before)) / (after - before);
  });
}

function rounded(x: number): number {
  return Number(x.toPrecision(9));
}
