// The rows of a figure: what is told and drawn where not all is known.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import type {ComparisonRow} from '../../../src/experiment/comparison.ts';
import {comparedFigures} from '../../../src/report/html/compared-figure.ts';
import {figureTable} from '../../../src/report/html/figure-table.ts';
import {variantLabels} from '../../../src/report/html/variant-labels.ts';
import {madeUpComparison} from '../../support/made-up-comparison.ts';

const {comparison} = madeUpComparison({names: ['profile=a', 'profile=b'], figures: 1});
const [base, other] = comparison.rows;

test('a bound that is not known is not told, and nothing is drawn towards it', () => {
  const row = rowOf({difference: 1, differenceLow: undefined, differenceHigh: 50});
  assert.match(row, '<small>at most +50,000</small>');
  assert.match(row, /<path class=i d="M(\d+) 31H(\d+)"/);
  const lower = rowOf({difference: 1, differenceLow: 0.5, differenceHigh: undefined});
  assert.match(lower, '<small>at least +500</small>');
});

test('without any bound there is a mark and no interval', () => {
  const row = rowOf({difference: 1, differenceLow: undefined, differenceHigh: undefined});
  const [, , cell] = row.split('<td>').slice(2);
  assert.match(cell, 'class=m');
  assert.not.match(cell, 'class=i');
});

test('a difference that is sure has a filled mark and a line in bold', () => {
  const sure = rowOf({adjustedP: 0.01});
  assert.match(sure, ' sure">');
  assert.not.match(sure, 'class=o');
  const unsure = rowOf({adjustedP: 0.2});
  assert.not.match(unsure, ' sure">');
  assert.match(unsure, 'class=o');
});

test('ratios of variance keep two digits, and none is told as 0 that is not', () => {
  assert.match(rowOf({varianceRatio: 0.0123}), '×0.012<');
  assert.match(rowOf({varianceRatio: 8.9e-7}), '×&lt; 0.001<');
  assert.match(rowOf({varianceRatio: 1234.5}), '×1235<');
});

/** Of the second variant. */
function rowOf(change: Partial<ComparisonRow>): string {
  const changed = {...comparison, rows: [base, {...other, ...change}]};
  const [figure] = comparedFigures(changed, {of: () => [1, 2], replications: [0, 1]});
  const labels = variantLabels(changed.variants);
  const {markup} = figureTable(changed, figure, {labels, detail: 'dots'});
  return markup.slice(markup.indexOf('<th scope=row>b') - 30);
}

test.run();
