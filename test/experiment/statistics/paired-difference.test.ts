// Differences of pairs: a published example, what identical samples say, and what pairing is worth.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {RandomStream} from '../../../src/engine/random.ts';
import {pairedDifference} from '../../../src/experiment/statistics/paired-difference.ts';
import {varianceRatio} from '../../../src/experiment/statistics/variance-ratio.ts';
import {fc} from '../../support/fast-check.ts';
import {near} from './near.ts';

const choice = {level: 0.95, random: new RandomStream('resampling')};

// Student, The Probable Error of a Mean, 1908: hours gained by the same patients with two drugs.
const dextro = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0, 2];
const laevo = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4];

test('two drugs on the same patients', () => {
  const {estimate, low, high, p} = pairedDifference(laevo, dextro, choice);
  near(estimate, 1.58, 1e-12);
  near(low, 0.7001, 0.0001);
  // The tenth patient gained far more than the others, so that there may be more such.
  assert.ok(high !== undefined && high > 2.4599);
  near(p, 0.00283, 0.00001);
});

test('p is below 0.05 exactly where the interval leaves 0 out', () => {
  const value = fc.double({min: -3, max: 10, noNaN: true});
  const seldom = fc.oneof(fc.constant(0), value);
  const values = fc.oneof(fc.array(value, {maxLength: 30}), fc.array(seldom, {maxLength: 30}));
  fc.assert(
    fc.property(values, differences => {
      const none = differences.map(() => 0);
      const {low = -1, high = 1, p = 1} = pairedDifference(differences, none, choice);
      if (Math.abs(p - 0.05) > 1e-9) assert.is(low > 0 || high < 0, p < 0.05);
      assert.ok(p >= 0 && p <= 1);
    }),
  );
});

test('a difference the other way round is the same, less its sign', () => {
  const value = fc.oneof(fc.constant(0), fc.double({min: 0.01, max: 10, noNaN: true}));
  fc.assert(
    fc.property(fc.array(fc.tuple(value, value), {minLength: 1, maxLength: 15}), pairs => {
      const [ours, theirs] = [pairs.map(([one]) => one), pairs.map(([, other]) => other)];
      const there = pairedDifference(ours, theirs, choice);
      const back = pairedDifference(theirs, ours, choice);
      if (there.p !== undefined) near(back.p, there.p, 1e-9);
      if (there.low !== undefined) near(back.high, -there.low, 1e-4 * (1 + Math.abs(there.low)));
    }),
  );
});

test('a sample never differs from itself', () => {
  const same = {estimate: 0, low: 0, high: 0, method: 'identical', p: 1};
  for (const values of [laevo, [0.1], [5, 5, 5], [0, 0]]) {
    assert.equal(pairedDifference(values, values, choice), same);
  }
});

test('differences without spread count for as much as their signs', () => {
  const few = pairedDifference([3, 4, 5], [1, 2, 3], choice);
  assert.equal(few, {estimate: 2, low: undefined, high: undefined, method: 'sign-test', p: 0.25});
  const more = pairedDifference([3, 4, 5, 6, 7, 8], [1, 2, 3, 4, 5, 6], choice);
  assert.equal(more, {estimate: 2, low: 2, high: 2, method: 'sign-test', p: 1 / 32});
});

test('what pairs share does not count', () => {
  near(varianceRatio(laevo, dextro), 0.2099, 0.0005);
  assert.is(varianceRatio([1, 2, 3], [1, 2, 3]), 0);
  near(varianceRatio([1, 2, 3], [3, 2, 1]), 2, 1e-12);
  assert.is(varianceRatio([1, 1], [2, 2]), undefined);
});

test.run();
