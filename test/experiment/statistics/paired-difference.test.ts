// Differences of pairs: a published example, what identical samples say, and what pairing is worth.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {pairedDifference} from '../../../src/experiment/statistics/paired-difference.ts';
import {varianceRatio} from '../../../src/experiment/statistics/variance-ratio.ts';
import {near} from './near.ts';

// Student, The Probable Error of a Mean, 1908: hours gained by the same patients with two drugs.
const dextro = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0, 2];
const laevo = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4];

test('two drugs on the same patients', () => {
  const {estimate, low, high, p} = pairedDifference(laevo, dextro, 0.95);
  near(estimate, 1.58, 1e-12);
  near(low, 0.7001, 0.0001);
  near(high, 2.4599, 0.0001);
  near(p, 0.00283, 0.00001);
});

test('a sample never differs from itself', () => {
  const same = {estimate: 0, low: 0, high: 0, method: 'identical', p: 1};
  for (const values of [laevo, [0.1], [5, 5, 5], [0, 0]]) {
    assert.equal(pairedDifference(values, values, 0.95), same);
  }
});

test('differences without spread count for as much as their signs', () => {
  const few = pairedDifference([3, 4, 5], [1, 2, 3], 0.95);
  assert.equal(few, {estimate: 2, low: undefined, high: undefined, method: 'sign-test', p: 0.25});
  const more = pairedDifference([3, 4, 5, 6, 7, 8], [1, 2, 3, 4, 5, 6], 0.95);
  assert.equal(more, {estimate: 2, low: 2, high: 2, method: 'sign-test', p: 1 / 32});
});

test('what pairs share does not count', () => {
  near(varianceRatio(laevo, dextro), 0.2099, 0.0005);
  assert.is(varianceRatio([1, 2, 3], [1, 2, 3]), 0);
  near(varianceRatio([1, 2, 3], [3, 2, 1]), 2, 1e-12);
  assert.is(varianceRatio([1, 1], [2, 2]), undefined);
});

test.run();
