// From what runs left behind to what is said of it: the mean of each figure of each variant, its
// difference to the baseline run by run, and how much a difference proves once all of them that
// were looked at are counted.

import {RandomStream} from '../engine/random.ts';
import {knownMetric} from '../metrics/figure-kinds.ts';
import type {Comparison, ComparisonRow} from './comparison.ts';
import {warningsOf} from './comparison-warnings.ts';
import {figureDifference, figureMean} from './figure-estimates.ts';
import {type FigureName, figureText, isFigure} from './figure-name.ts';
import type {Observation} from './observation.ts';
import {type NamedFigure, ObservedValues} from './observed-values.ts';
import {falseDiscovery, holm} from './statistics/multiple-tests.ts';
import {varianceRatio} from './statistics/variance-ratio.ts';

/** All that was settled before anything was played. */
export type Design = Pick<
  Comparison,
  'scenario' | 'question' | 'variants' | 'baseline' | 'primary' | 'analysis'
> & {
  /** Resampling draws from it. */
  readonly seed: number | string;
  /** Virtual seconds of each variant's runs. */
  readonly durations: readonly number[];
};

const level = 0.95;

export function compareObservations(
  design: Design,
  observations: readonly Observation[],
): Comparison {
  const {scenario, question, variants, baseline, primary, analysis} = design;
  const whole = observations.filter(({complete}) => complete);
  const values = new ObservedValues(whole, variants.length);
  const rows = values.figures.flatMap(figure => rowsOf(figure, values, design));
  const comparison = {
    ...{scenario, question, variants, baseline, primary, analysis, level},
    rows: adjusted(rows, primary),
  };
  return {...comparison, warnings: warningsOf(comparison, observations)};
}

function rowsOf(figure: NamedFigure, values: ObservedValues, design: Design): ComparisonRow[] {
  const rows = design.variants.map(({index}) => rowOf(figure, index, values, design));
  return rows.every(({n}) => n === 0) ? [] : rows;
}

function rowOf(
  figure: NamedFigure,
  variant: number,
  values: ObservedValues,
  design: Design,
): ComparisonRow {
  const {variants, baseline, seed} = design;
  const {kind} = knownMetric(figure.metric);
  const choice = (question: string) => ({
    level,
    random: new RandomStream(
      `${seed}/compare/${figureText(figure)}/${variants[variant].name}/${question}`,
    ),
    ...limitOf(figure, variant, {values, design}),
  });
  const sample = values.sample(figure, variant);
  const {estimate, low, high, method} = figureMean(kind, sample, choice('mean'));
  const {metric, object, unit} = figure;
  const row = {variant, metric, object, unit, mean: estimate, low, high, n: sample.values.length};
  if (variant === baseline) return {...row, ...noDifference, method};
  const [own, other] = values.pairs(figure, variant, baseline);
  const difference = figureDifference(kind, [own, other], choice('difference'));
  return {
    ...row,
    difference: difference.estimate,
    differenceLow: difference.low,
    differenceHigh: difference.high,
    p: difference.p,
    adjustedP: undefined,
    varianceRatio: varianceRatio(own.values, other.values),
    method: method === difference.method ? method : `${method}; ${difference.method}`,
  };
}

/** What no value can exceed: all of it, or all the time of all objects that a sum is over. */
function limitOf(
  figure: NamedFigure,
  variant: number,
  {values, design}: {values: ObservedValues; design: Design},
): {atMost?: number} {
  const {kind, sumOver, isTime} = knownMetric(figure.metric);
  if (figure.unit === 'share') return {atMost: 1};
  if (isTime) return {atMost: design.durations[variant]};
  if (kind !== 'total') return {};
  const {samples} =
    figure.object === '' ? values.sample({metric: sumOver ?? '', object: ''}, variant) : oneObject;
  const objects = Math.max(0, ...samples.map(count => count ?? 0));
  return objects === 0 ? {} : {atMost: objects * design.durations[variant]};
}

const oneObject = {samples: [1]};

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
