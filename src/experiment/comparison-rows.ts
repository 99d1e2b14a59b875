// The rows of one figure: its mean in each variant, and how far that is from the baseline's.

import {RandomStream} from '../engine/random.ts';
import {knownMetric} from '../metrics/figure-kinds.ts';
import type {Design} from './compare-observations.ts';
import type {ComparisonRow} from './comparison.ts';
import {figureDifference, figureMean} from './figure-estimates.ts';
import {figureText} from './figure-name.ts';
import type {NamedFigure, ObservedValues} from './observed-values.ts';
import {batchMeans} from './statistics/batch-means.ts';
import {varianceRatio} from './statistics/variance-ratio.ts';
import type {SteadyRuns} from './steady-runs.ts';

type Context = {
  readonly design: Design;
  readonly values: ObservedValues;
  /** Of a steady analysis. */
  readonly steady: SteadyRuns | undefined;
  readonly level: number;
};

/** One a variant; none where no run has the figure. */
export function rowsOf(figure: NamedFigure, context: Context): ComparisonRow[] {
  const rows = context.design.variants.map(({index}) => rowOf(figure, index, context));
  return rows.every(({n}) => n === 0) ? [] : rows;
}

function rowOf(figure: NamedFigure, variant: number, context: Context): ComparisonRow {
  const {design, values, steady, level} = context;
  const {variants, baseline, seed} = design;
  const kind = steady === undefined ? knownMetric(figure.metric).kind : 'level';
  const choice = (question: string, limits: readonly (number | undefined)[]) => {
    const name = `${figureText(figure)}/${variants[variant].name}/${question}`;
    const random = new RandomStream(`${seed}/compare/${name}`);
    return {level, random, ...greatestOf(limits)};
  };
  const limit = limitOf(figure, variant, context);
  const sample = values.sample(figure, variant);
  const isLongRun = steady !== undefined && sample.values.length === 1;
  const {estimate, low, high, method} = isLongRun
    ? batchMeans(steady.rest(figure, variant), level)
    : figureMean(kind, sample, choice('mean', [limit]));
  const {metric, object, unit} = figure;
  const row = {variant, metric, object, unit, mean: estimate, low, high, n: sample.values.length};
  if (variant === baseline) return {...row, ...noDifference, method};
  const [own, other] = values.pairs(figure, variant, baseline);
  const limits = [limit, limitOf(figure, baseline, context)];
  const difference = figureDifference(kind, [own, other], choice('difference', limits));
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
  {values, design}: Context,
): number | undefined {
  const {kind, sumOver, isTime, isBudget} = knownMetric(figure.metric);
  if (figure.unit === 'share') return isBudget ? undefined : 1;
  if (isTime) return design.durations[variant];
  if (kind !== 'total') return undefined;
  const {samples} =
    figure.object === '' ? values.sample({metric: sumOver ?? '', object: ''}, variant) : oneObject;
  const objects = Math.max(0, ...samples.map(count => count ?? 0));
  return objects === 0 ? undefined : objects * design.durations[variant];
}

const oneObject = {samples: [1]};

function greatestOf(limits: readonly (number | undefined)[]): {atMost?: number} {
  const known = limits.filter(limit => limit !== undefined);
  return known.length < limits.length ? {} : {atMost: Math.max(...known)};
}

const noDifference = {
  difference: undefined,
  differenceLow: undefined,
  differenceHigh: undefined,
  p: undefined,
  adjustedP: undefined,
  varianceRatio: undefined,
};
