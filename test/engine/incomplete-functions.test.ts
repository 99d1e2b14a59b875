// The incomplete gamma and beta functions against closed forms.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {betaCdf, gammaCdf} from '../../src/engine/incomplete-functions.ts';

test('a gamma of whole shape is what a Poisson number leaves over', () => {
  for (const x of [0.01, 0.7, 3, 11, 40]) {
    for (const shape of [1, 2, 5, 20]) {
      let term = Math.exp(-x);
      let below = 0;
      for (let k = 0; k < shape; k++, term *= x / k) below += term;
      near(1 - gammaCdf(x, shape), below, 1e-12);
    }
  }
});

test('a beta of whole shapes is what a binomial number leaves over', () => {
  for (const x of [0.003, 0.2, 0.5, 0.81, 0.99]) {
    near(betaCdf(x, 1, 1), x, 1e-13);
    near(betaCdf(x, 3, 2), 4 * x ** 3 - 3 * x ** 4, 1e-12);
    near(betaCdf(x, 7, 1), x ** 7, 1e-12);
  }
});

test('both go from 0 to 1, and a beta is its own mirror image', () => {
  assert.is(gammaCdf(0, 2), 0);
  assert.is(gammaCdf(Infinity, 2), 1);
  assert.is(betaCdf(0, 2, 3), 0);
  assert.is(betaCdf(1, 2, 3), 1);
  for (const x of [0.1, 0.4, 0.77]) near(betaCdf(x, 60, 41.5), 1 - betaCdf(1 - x, 41.5, 60), 1e-11);
});

function near(value: number, expected: number, relative: number): void {
  const off = Math.abs(value - expected);
  assert.ok(off <= relative * Math.abs(expected) + 1e-15, `${value} for ${expected}`);
}

test.run();
