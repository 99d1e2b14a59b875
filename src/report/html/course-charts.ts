// The courses that the page's script draws: of every sampled metric one chart, in it a line and a
// band for each variant. Values become whole steps, and points are thinned out, so that a large
// comparison stays a small page.

import type {Comparison} from '../../experiment/comparison.ts';
import type {Observation} from '../../experiment/observation.ts';
import type {SteadyRuns} from '../../experiment/steady-runs.ts';
import {commonGrid, meanCourse} from './mean-course.ts';

export type CourseChart = {
  readonly metric: string;
  readonly object: string;
  readonly axis: 'time' | 'arrived';
  /** Values are in hundredths. */
  readonly percent: boolean;
  readonly x: readonly number[];
  /** In a steady analysis: what lies before is cut off. */
  readonly from: number | undefined;
  /** A drawn value is `base + step * number`. */
  readonly base: number;
  readonly step: number;
  readonly lines: readonly Line[];
};
type Steps = readonly (number | null)[];
/** The variant's index, its mean and what its band reaches to; no bounds without a band. */
type Line = readonly [variant: number, mean: Steps, low?: Steps, high?: Steps];
type Points = readonly (readonly [x: number, value: number])[];

/** Of mean, low and high of all lines of all charts together; some 5 bytes each. */
const mostNumbers = 70_000;
const mostCharts = 24;
const mostPoints = 300;
const fewestPoints = 30;
const steps = 4000;

export type CourseCharts = {readonly charts: readonly CourseChart[]; readonly left: number};

export function courseCharts(
  {variants, level, baseline}: Comparison,
  observations: readonly Observation[],
  steady?: Pick<SteadyRuns, 'startOf'>,
): CourseCharts {
  const sampled = [...byMetric(observations).values()];
  const shown = sampled.slice(0, mostCharts);
  const room = Math.floor(mostNumbers / (3 * variants.length * Math.max(1, shown.length)));
  const points = Math.max(fewestPoints, Math.min(mostPoints, room));
  return {
    charts: shown.map(series => {
      const from = series.axis === 'time' ? steady?.startOf(series) : undefined;
      return {...chart(series, {points, level, baseline}), from};
    }),
    left: sampled.length - shown.length,
  };
}

type Sampled = {
  readonly metric: string;
  readonly object: string;
  readonly axis: 'time' | 'arrived';
  readonly runs: Map<number, Points[]>;
};

function byMetric(observations: readonly Observation[]): Map<string, Sampled> {
  const sampled = new Map<string, Sampled>();
  for (const {variant, series} of observations) {
    for (const {metric, object, axis, points} of series) {
      if (points.length === 0) continue;
      const key = `${metric}\0${object}\0${axis}`;
      const one = sampled.get(key) ?? {metric, object, axis, runs: new Map<number, Points[]>()};
      sampled.set(key, one);
      one.runs.set(variant, [...(one.runs.get(variant) ?? []), points]);
    }
  }
  return sampled;
}

function chart(
  {runs, ...name}: Sampled,
  {points, level, baseline}: {points: number; level: number; baseline: number},
): Omit<CourseChart, 'from'> {
  const x = commonGrid([...runs.values()].flat(), points);
  // The baseline last, so that its dashes show where another line runs along it.
  const variants = [...runs.keys()].sort(
    (a, b) => Number(a === baseline) - Number(b === baseline) || a - b,
  );
  const courses = variants.map(variant => meanCourse(runs.get(variant) ?? [], x, level));
  // Nothing that never was below 0 has a mean there.
  const least = courses.every(({lowest}) => lowest >= 0) ? 0 : Number.NEGATIVE_INFINITY;
  const bounds = courses.map(({mean, half}) => ({
    low: mean.map((value, i) => atLeast(plus(value, half[i], -1), least)),
    high: mean.map((value, i) => plus(value, half[i], 1)),
  }));
  const percent = /(^|_)(share|availability)(_|$)/.test(name.metric);
  const {base, step} = quantum([...courses.flatMap(({mean}) => mean), ...bounds.flatMap(bothOf)]);
  const inSteps = (values: readonly (number | undefined)[]) =>
    values.map(value => (value === undefined ? null : Math.round((value - base) / step)));
  const lines = variants.map((variant, i): Line => {
    const {mean, half} = courses[i];
    if (half.every(width => width === undefined || width === 0)) return [variant, inSteps(mean)];
    return [variant, inSteps(mean), inSteps(bounds[i].low), inSteps(bounds[i].high)];
  });
  const factor = percent ? 100 : 1;
  return {...name, percent, x, base: base * factor, step: step * factor, lines};
}

type Bounds = {
  readonly low: readonly (number | undefined)[];
  readonly high: readonly (number | undefined)[];
};

function bothOf({low, high}: Bounds): (number | undefined)[] {
  return [...low, ...high];
}

function atLeast(value: number | undefined, least: number): number | undefined {
  return value === undefined ? undefined : Math.max(value, least);
}

function plus(value: number | undefined, half: number | undefined, sign: number) {
  return value === undefined || half === undefined ? undefined : value + sign * half;
}

/** Steps of a round size, of which a few thousand are the whole range. */
function quantum(values: readonly (number | undefined)[]): {base: number; step: number} {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    if (value === undefined) continue;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  if (!(high > low)) return {base: Number.isFinite(low) ? low : 0, step: 1};
  const step = Number(((high - low) / steps).toPrecision(2));
  return {base: Number((Math.floor(low / step) * step).toPrecision(12)), step};
}
