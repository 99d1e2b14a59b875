// A comparison's rows, figure by figure, with what the page needs to know of each: whether anything
// differs, and in which unit it is told.

import type {Comparison, ComparisonRow} from '../../experiment/comparison.ts';
import {type FigureName, isFigure} from '../../experiment/figure-name.ts';
import type {Better} from '../../metrics/figure-kinds.ts';
import type {FigureValues} from './figure-values.ts';
import {type Measure, measureOf} from './measure.ts';

export type ComparedFigure = {
  readonly metric: string;
  readonly object: string;
  readonly primary: boolean;
  /** In the order of the variants. */
  readonly rows: readonly ComparisonRow[];
  /** Beside the rows: what each replication gave. */
  readonly values: readonly (readonly (number | undefined)[])[];
  readonly measure: Measure;
  /** The one value of all runs of all variants, where there is but one. */
  readonly constant: number | undefined;
};

export function comparedFigures(comparison: Comparison, values: FigureValues): ComparedFigure[] {
  const figures = new Map<string, ComparisonRow[]>();
  for (const row of comparison.rows) {
    const key = `${row.metric}\0${row.object}`;
    const rows = figures.get(key);
    if (rows === undefined) figures.set(key, [row]);
    else rows.push(row);
  }
  return [...figures.values()].map(rows => comparedFigure(comparison, rows, values));
}

function comparedFigure(
  {primary}: Comparison,
  unordered: readonly ComparisonRow[],
  values: FigureValues,
): ComparedFigure {
  const rows = [...unordered].sort((a, b) => a.variant - b.variant);
  const {metric, object, unit} = rows[0];
  const ofRows = rows.map(({variant}) => values.of({metric, object}, variant));
  const all = ofRows.flat();
  return {
    metric,
    object,
    primary: isFigure({metric, object}, primary),
    rows,
    values: ofRows,
    measure: measureOf(
      unit,
      rows.map(({mean}) => mean),
    ),
    constant: all.length > 0 && all.every(value => value === all[0]) ? all[0] : undefined,
  };
}

/** From the least mean to the greatest; variants without one last. */
export function byMean(figure: ComparedFigure): ComparedFigure {
  const order = figure.rows
    .map((row, place) => ({place, mean: row.mean ?? Number.POSITIVE_INFINITY}))
    .sort((a, b) => (a.mean === b.mean ? a.place - b.place : a.mean - b.mean))
    .map(({place}) => place);
  return {
    ...figure,
    rows: order.map(place => figure.rows[place]),
    values: order.map(place => figure.values[place]),
  };
}

/** Whether chance alone would seldom bring such a difference, all tests together considered. */
export function differs(row: ComparisonRow, {level}: Comparison): boolean {
  return row.adjustedP !== undefined && row.adjustedP < 1 - level + 1e-12;
}

/** A difference of a metric that has a better side. */
export function judgedAs(
  {difference = 0}: ComparisonRow,
  better: Better,
): 'better' | 'worse' | undefined {
  if (better === undefined || difference === 0) return undefined;
  return difference < 0 === (better === 'less') ? 'better' : 'worse';
}

/** `scheduling latency mean · batch` */
export function spokenFigure({metric, object}: FigureName): string {
  const words = metric.replaceAll('_', ' ');
  return object === '' ? words : `${words} · ${object}`;
}

/** `0.012`, `< 0.001` */
export function spokenChance(p: number | undefined): string {
  if (p === undefined) return '–';
  if (p < 0.001) return '< 0.001';
  return p >= 0.995 ? '1' : p.toFixed(p < 0.0995 ? 3 : 2);
}
