// From what runs left behind to what is said of it: the mean of each figure of each variant, its
// difference to the baseline run by run, and how much a difference proves once all of them that
// were looked at are counted.

import {knownMetric} from '../metrics/figure-kinds.ts';
import type {Comparison, ComparisonRow} from './comparison.ts';
import {warningsOf} from './comparison-warnings.ts';
import {figureDifference, figureMean} from './figure-estimates.ts';
import {type FigureName, isFigure} from './figure-name.ts';
import type {Observation} from './observation.ts';
import {type NamedFigure, ObservedValues} from './observed-values.ts';
import {falseDiscovery, holm} from './statistics/multiple-tests.ts';
import {varianceRatio} from './statistics/variance-ratio.ts';

/** All that was settled before anything was played. */
export type Design = Pick<
  Comparison,
  'scenario' | 'question' | 'variants' | 'baseline' | 'primary' | 'analysis'
>;

const level = 0.95;

export function compareObservations(
  design: Design,
  observations: readonly Observation[],
): Comparison {
  const {variants, primary} = design;
  const whole = observations.filter(({complete}) => complete);
  const values = new ObservedValues(whole, variants.length);
  const rows = values.figures.flatMap(figure => rowsOf(figure, values, design));
  const comparison = {...design, level, rows: adjusted(rows, primary)};
  return {...comparison, warnings: warningsOf(comparison, observations)};
}

function rowsOf(figure: NamedFigure, values: ObservedValues, design: Design): ComparisonRow[] {
  const {variants, baseline} = design;
  const rows = variants.map(({index}) => rowOf(figure, index, values, baseline));
  return rows.every(({n}) => n === 0) ? [] : rows;
}

function rowOf(
  figure: NamedFigure,
  variant: number,
  values: ObservedValues,
  baseline: number,
): ComparisonRow {
  const metric = knownMetric(figure.metric);
  const sample = values.sample(figure, variant);
  const {estimate, low, high, method} = figureMean(metric, sample, level);
  const {metric: name, object, unit} = figure;
  const row = {variant, metric: name, object, unit, mean: estimate, low, high};
  const n = sample.values.length;
  if (variant === baseline) return {...row, n, ...noDifference, method};
  const [own, other] = values.pairs(figure, variant, baseline);
  const difference = figureDifference(metric, own, other, level);
  return {
    ...{...row, n},
    difference: difference.estimate,
    differenceLow: difference.low,
    differenceHigh: difference.high,
    p: difference.p,
    adjustedP: undefined,
    varianceRatio: varianceRatio(own.values, other.values),
    method: method === difference.method ? method : `${method}; ${difference.method}`,
  };
}

const noDifference = {
  difference: undefined,
  differenceLow: undefined,
  differenceHigh: undefined,
  p: undefined,
  adjustedP: undefined,
  varianceRatio: undefined,
};

/** The primary figure was declared alone, so only its variants are counted against it. */
function adjusted(rows: readonly ComparisonRow[], primary: FigureName | undefined) {
  const first = rows.filter(row => isFigure(row, primary));
  const rest = rows.filter(row => !isFigure(row, primary));
  const byRow = new Map<ComparisonRow, number | undefined>();
  const [ps, qs] = [holm(first.map(({p}) => p)), falseDiscovery(rest.map(({p}) => p))];
  for (const [i, row] of first.entries()) byRow.set(row, ps[i]);
  for (const [i, row] of rest.entries()) byRow.set(row, qs[i]);
  return rows.map(row => ({...row, adjustedP: byRow.get(row)}));
}
