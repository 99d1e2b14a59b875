// The one sentence above the figures, for each way in which a comparison can end.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import type {Comparison, ComparisonRow} from '../../../src/experiment/comparison.ts';
import {comparedFigures} from '../../../src/report/html/compared-figure.ts';
import {verdict} from '../../../src/report/html/verdict.ts';

const metric = 'scheduling_latency_mean';
const primary = {metric, object: ''};

const base: ComparisonRow = {
  ...{variant: 0, metric, object: '', unit: 's', mean: 10, low: 9, high: 11, n: 10},
  difference: undefined,
  differenceLow: undefined,
  differenceHigh: undefined,
  p: undefined,
  adjustedP: undefined,
  varianceRatio: undefined,
  method: 'student-t',
};

function apart(variant: number, difference: number, adjustedP: number): ComparisonRow {
  const mean = 10 + difference;
  const bounds = {differenceLow: difference - 0.5, differenceHigh: difference + 0.5};
  return {...base, variant, mean, difference, ...bounds, p: adjustedP, adjustedP};
}

function verdictOf(
  rows: readonly ComparisonRow[],
  {declared}: {declared: Comparison['primary']} = {declared: primary},
) {
  const names = ['default', 'packing', 'spreading', 'random'].slice(0, rows.length);
  const comparison: Comparison = {
    ...{scenario: 'shop', question: 'Which?', baseline: 0, level: 0.95, warnings: []},
    variants: names.map((name, index) => ({index, name, settings: []})),
    primary: declared,
    analysis: 'terminating',
    rows,
  };
  const figures = comparedFigures(comparison, {of: () => [], replications: []});
  const figure = figures.find(each => each.primary);
  return verdict(comparison, figure);
}

test('one that is surely better', () => {
  assert.is(
    verdictOf([base, apart(1, -2, 0.0123)]),
    'In scheduling latency mean, packing is lower than default, better by 2.00 s (1.50 to 2.50) or 20 %, p = 0.012.',
  );
});

test('one that cannot be told apart', () => {
  assert.is(
    verdictOf([base, apart(1, 0.2, 0.4)]),
    'packing cannot be told apart from default in scheduling latency mean: the difference lies between −0.30 and 0.70 s.',
  );
});

test('several, of which some differ, to both sides', () => {
  assert.is(
    verdictOf([base, apart(1, -2, 0.01), apart(2, 3, 0.0001), apart(3, 0.1, 0.8)]),
    'Of 3 others, 2 differ from default in scheduling latency mean: lowest is packing, better by 2.00 s (1.50 to 2.50) or 20 %, p = 0.010; highest is spreading, worse by 3.00 s (2.50 to 3.50) or 30 %, p < 0.001; the other one cannot be told apart from it.',
  );
});

test('several that are all alike', () => {
  assert.match(verdictOf([base, apart(1, 0.2, 0.4), apart(2, 0.1, 0.9)]), /^None of the 2 others/);
});

test('the same in every run', () => {
  const same = {...apart(1, 0, 1), differenceLow: 0, differenceHigh: 0, method: 'identical'};
  assert.is(
    verdictOf([base, same]),
    'packing gave the same scheduling latency mean as default in every run.',
  );
});

test('nothing declared, nothing measured, nothing to compare with', () => {
  assert.match(verdictOf([base, apart(1, -2, 0.01)], {declared: undefined}), /^No primary/);
  assert.match(
    verdictOf([base], {declared: {metric: 'downtime', object: ''}}),
    'No run gave the primary figure',
  );
  assert.match(verdictOf([base]), 'There is only default');
});

test.run();
