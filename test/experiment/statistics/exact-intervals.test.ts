// The exact intervals against published bounds, and where there is nothing to infer from.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {binomialShare} from '../../../src/experiment/statistics/binomial-share.ts';
import {poissonRate} from '../../../src/experiment/statistics/poisson-rate.ts';
import {studentMean} from '../../../src/experiment/statistics/student-mean.ts';
import {near} from './near.ts';

// K. Ulm, A simple method to calculate the confidence interval of a standardized mortality ratio,
// American Journal of Epidemiology 131, 1990, gives Garwood's limits.
test('a Poisson rate', () => {
  const rows: [number, number, number][] = [
    [0, 0, 3.689],
    [1, 0.0253, 5.572],
    [10, 4.795, 18.39],
    [100, 81.36, 121.63],
  ];
  for (const [events, low, high] of rows) {
    const interval = poissonRate([events, 0], [4, 6], 0.95);
    near(interval.estimate, events / 10, 1e-12);
    near(interval.low, low / 10, 0.0005);
    near(interval.high, high / 10, 0.0005);
  }
});

// C. J. Clopper and E. S. Pearson, 1934; the bounds for 0 of n are 1 - 0.025^(1/n).
test('a binomial share', () => {
  const rows: [number, number, number, number][] = [
    [0, 10, 0, 0.3085],
    [1, 10, 0.0025, 0.445],
    [5, 10, 0.1871, 0.8129],
    [10, 10, 0.6915, 1],
  ];
  for (const [successes, trials, low, high] of rows) {
    const interval = binomialShare(successes, trials, 0.95);
    near(interval.low, low, 0.00005);
    near(interval.high, high, 0.00005);
  }
});

// Student, The Probable Error of a Mean, 1908: hours of sleep that ten patients gained.
test('a mean of normal values', () => {
  const gained = [1.2, 2.4, 1.3, 1.3, 0, 1, 1.8, 0.8, 4.6, 1.4];
  const {estimate, low, high} = studentMean(gained, 0.95);
  near(estimate, 1.58, 1e-12);
  near(low, 0.7001, 0.0001);
  near(high, 2.4599, 0.0001);
});

test('nothing follows from no value, one value or values without spread', () => {
  assert.equal(studentMean([], 0.95), nothing(undefined, 'none'));
  assert.equal(studentMean([3], 0.95), nothing(3, 'single'));
  assert.equal(studentMean([0.1, 0.1, 0.1], 0.95), nothing(0.1, 'constant'));
  assert.equal(binomialShare(0, 0, 0.95), nothing(undefined, 'none'));
  assert.equal(poissonRate([], [], 0.95), nothing(undefined, 'none'));
});

function nothing(estimate: number | undefined, method: string) {
  return {estimate, low: undefined, high: undefined, method};
}

test.run();
