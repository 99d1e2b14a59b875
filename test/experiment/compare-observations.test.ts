// What a comparison says of runs whose figures are known.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {compareObservations} from '../../src/experiment/compare-observations.ts';
import type {Comparison, ComparisonRow} from '../../src/experiment/comparison.ts';
import {designOf, observationsOf} from '../support/observations.ts';

test('means and paired differences are those of the textbook', () => {
  // Student: Biometrika 6, 1908, the table of the additional sleep gained by two soporifics.
  const one = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0];
  const other = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4];
  const runs = [{sleep_gained: one}, {sleep_gained: other}];
  const comparison = compareObservations(designOf(['a', 'b']), observationsOf(runs));
  const row = rowOf(comparison, 1, 'sleep_gained');
  near(row.mean, 2.33);
  near(row.difference, 1.58);
  near(row.differenceLow, 0.7001);
  near(row.differenceHigh, 2.4599);
  near(row.p, 0.002833);
});

function rowOf({rows}: Comparison, variant: number, metric: string): ComparisonRow {
  const found = rows.find(row => row.variant === variant && row.metric === metric);
  if (found === undefined) throw new Error(`no row of ${metric}`);
  return found;
}

function near(actual: number | undefined, expected: number): void {
  assert.ok(Math.abs((actual ?? NaN) - expected) < 1e-4, `${actual} is not ${expected}`);
}

test.run();
