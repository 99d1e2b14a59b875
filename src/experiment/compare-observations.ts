// From what runs left behind to what is said of it: the mean of each figure of each variant, its
// difference to the baseline run by run, and how much a difference proves once all of them that
// were looked at are counted.

import type {Comparison, ComparisonRow} from './comparison.ts';
import {rowsOf} from './comparison-rows.ts';
import {warningsOf} from './comparison-warnings.ts';
import {type FigureName, isFigure} from './figure-name.ts';
import type {Observation} from './observation.ts';
import {inOrder, ObservedValues} from './observed-values.ts';
import {falseDiscovery, holm} from './statistics/multiple-tests.ts';
import {SteadyRuns} from './steady-runs.ts';

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
  const whole = observations.filter(({complete}) => complete).toSorted(inOrder);
  const steady = analysis === 'steady' ? new SteadyRuns(whole) : undefined;
  const values = new ObservedValues(steady?.observations ?? whole, variants.length);
  const rows = values.figures.flatMap(figure => rowsOf(figure, {values, steady, design, level}));
  const comparison = {
    ...{scenario, question, variants, baseline, primary, analysis, level},
    rows: adjusted(rows, primary),
  };
  const unsettled = steady?.unsettled ?? [];
  return {...comparison, warnings: warningsOf(comparison, {observations, unsettled})};
}

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
