// Quantiles against the printed tables.

import {test} from 'uvu';
import {betaCdf} from '../../../src/engine/incomplete-functions.ts';
import {
  betaQuantile,
  gammaQuantile,
  normalQuantile,
  studentOutside,
  studentQuantile,
} from '../../../src/experiment/statistics/quantiles.ts';
import {fc} from '../../support/fast-check.ts';
import {near} from './near.ts';

// Abramowitz and Stegun, Table 26.10.
test("Student's t", () => {
  const rows: [number, number, number][] = [
    [0.975, 1, 12.706],
    [0.975, 4, 2.776],
    [0.975, 9, 2.262],
    [0.975, 30, 2.042],
    [0.995, 2, 9.925],
    [0.025, 19, -2.093],
    [0.5, 7, 0],
  ];
  for (const [share, freedom, printed] of rows) {
    near(studentQuantile(share, freedom), printed, 0.0005);
    near(studentOutside(printed, freedom), 2 * Math.min(share, 1 - share), 0.0001);
  }
});

// Abramowitz and Stegun, Tables 26.5 and 26.8 (chi-square with 10 degrees is twice a gamma of 5).
test('normal and gamma quantiles', () => {
  near(normalQuantile(0.975), 1.959964, 1e-6);
  near(normalQuantile(0.0005), -3.290527, 1e-6);
  near(2 * gammaQuantile(0.95, 5), 18.307, 0.0005);
  near(2 * gammaQuantile(0.005, 5), 2.15586, 0.00001);
});

test('a quantile is where its distribution function is', () => {
  const shape = fc.double({min: 0.5, max: 200, noNaN: true});
  const share = fc.double({min: 0.0001, max: 0.9999, noNaN: true});
  fc.assert(
    fc.property(shape, shape, share, (a, b, wanted) => {
      near(betaCdf(betaQuantile(wanted, a, b), a, b), wanted, 1e-9);
    }),
  );
});

test.run();
