// The gamma function and the normal distribution function against known values.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {logGamma, normalCdf, normalDensity} from '../../src/engine/special-functions.ts';

// Abramowitz and Stegun, Handbook of Mathematical Functions, and whole numbers' factorials.
test('the gamma function', () => {
  const rows: [number, number][] = [
    [0.5, 1.772453850905516],
    [1.5, 0.886226925452758],
    [0.01, 99.43258511915059],
    [1, 1],
    [5, 24],
    [11, 3628800],
    [30, 8.841761993739702e30],
  ];
  for (const [x, expected] of rows) near(Math.exp(logGamma(x)), expected, 1e-13);
});

test('the normal distribution function', () => {
  const rows: [number, number][] = [
    [0, 0.5],
    [1, 0.8413447460685429],
    [-1.96, 0.024997895148220435],
    [3, 0.9986501019683699],
    [-5, 2.866515718791939e-7],
    [-6, 9.865876450376946e-10],
    [-10, 7.61985302416053e-24],
    [12, 1],
  ];
  for (const [z, expected] of rows) near(normalCdf(z), expected, 1e-10);
  near(normalDensity(1), 0.24197072451914337, 1e-14);
});

function near(value: number, expected: number, relative: number): void {
  assert.ok(Math.abs(value / expected - 1) < relative, `${value} for ${expected}`);
}

test.run();
