// Runs as a steady analysis sees them: of each time series the mean of what is left when the
// warming up is cut off, at the same place in all runs of all variants, or they would not be alike.

import {seriesUnits} from '../metrics/timeseries.ts';
import {type FigureName, figureText} from './figure-name.ts';
import type {Observation, ObservedSeries} from './observation.ts';
import {mean} from './statistics/moments.ts';
import {mser5} from './statistics/mser5.ts';

export class SteadyRuns {
  /** With those means as their figures. */
  readonly observations: readonly Observation[];
  /** Figures that still change in the second half of the run. */
  readonly unsettled: readonly string[];
  /** By figure: so many points are cut off. */
  readonly #cuts = new Map<string, number>();

  constructor(runs: readonly Observation[]) {
    const unsettled: string[] = [];
    for (const [name, byVariant] of meanSeries(runs)) {
      const {points, settled} = mser5(byVariant);
      this.#cuts.set(name, points);
      if (!settled) unsettled.push(name);
    }
    this.unsettled = unsettled;
    this.observations = runs.map(run => ({...run, figures: run.series.flatMap(this.#figures)}));
  }

  /** What is left of a series, where only one run has it. */
  rest(figure: FigureName, variant: number): readonly number[] {
    const [run] = this.observations.filter(each => each.variant === variant);
    const series = run?.series.find(each => figureText(each) === figureText(figure));
    return series === undefined ? [] : this.#rest(series);
  }

  /** Of a series from where on it counts. */
  startOf(figure: FigureName): number | undefined {
    const cut = this.#cuts.get(figureText(figure));
    if (cut === undefined) return undefined;
    const all = this.observations.flatMap(({series}) => series);
    return all.find(each => figureText(each) === figureText(figure))?.points[cut]?.[0];
  }

  #rest(series: ObservedSeries): number[] {
    return series.points.slice(this.#cuts.get(figureText(series))).map(([, value]) => value);
  }

  readonly #figures = (series: ObservedSeries) => {
    const {metric, object} = series;
    const unit = seriesUnits.get(metric);
    const rest = unit === undefined || series.axis !== 'time' ? [] : this.#rest(series);
    if (unit === undefined || rest.length === 0) return [];
    return [{metric, object, value: mean(rest), unit, samples: rest.length}];
  };
}

/** By figure: of each variant the mean over its runs, point by point, which is less noisy. */
function meanSeries(runs: readonly Observation[]): Map<string, number[][]> {
  const all = new Map<string, Map<number, ObservedSeries[]>>();
  for (const {variant, series} of runs) {
    for (const each of series) {
      if (each.axis !== 'time' || !seriesUnits.has(each.metric)) continue;
      const byVariant = all.get(figureText(each)) ?? new Map<number, ObservedSeries[]>();
      all.set(figureText(each), byVariant);
      byVariant.set(variant, [...(byVariant.get(variant) ?? []), each]);
    }
  }
  return new Map(
    [...all].map(([name, byVariant]) => [name, [...byVariant.values()].map(meanOfEach)]),
  );
}

function meanOfEach(series: readonly ObservedSeries[]): number[] {
  const length = Math.min(...series.map(({points}) => points.length));
  return Array.from({length}, (_, i) => mean(series.map(({points}) => points[i][1])));
}
