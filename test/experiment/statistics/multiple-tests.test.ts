// Adjusted p-values against a published example, and the laws that they keep.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {falseDiscovery, holm} from '../../../src/experiment/statistics/multiple-tests.ts';
import {fc} from '../../support/fast-check.ts';
import {near} from './near.ts';

// Y. Benjamini and Y. Hochberg, 1995, section 3.2: fifteen tests of treatments after infarction.
const published = [
  ...[0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344],
  ...[0.0459, 0.324, 0.4262, 0.5719, 0.6528, 0.759, 1],
];

test('of the fifteen tests, Holm rejects three and the false discovery rate four', () => {
  assert.is(holm(published).filter(p => (p ?? 1) <= 0.05).length, 3);
  assert.is(falseDiscovery(published).filter(q => (q ?? 1) <= 0.05).length, 4);
});

test('the fifteen adjusted values are their ranks times the p-values', () => {
  const adjusted = holm(published);
  for (const [i, p] of [0.0015, 0.0056, 0.0247, 0.114, 0.2211, 0.278].entries()) {
    near(adjusted[i], p, 1e-12);
  }
  const discovered = falseDiscovery(published);
  // The sixth to eighth share the least of what follows them: 15 * 0.0344 / 8.
  for (const [i, q] of [0.0015, 0.003, 0.0095, 0.035625, 0.0603].entries()) {
    near(discovered[i], q, 1e-12);
  }
  for (const i of [5, 6]) near(discovered[i], (15 * 0.0298) / 7, 1e-12);
  near(discovered[7], 0.0645, 1e-12);
});

test('a test that was not made has no value, and costs the others nothing', () => {
  assert.equal(holm([undefined, 0.01, undefined]), [undefined, 0.01, undefined]);
  assert.equal(falseDiscovery([0.5, undefined]), [0.5, undefined]);
  assert.equal(holm([]), []);
});

test('adjusted values keep the order, and lie between p and n p', () => {
  const share = fc.double({min: 0, max: 1, noNaN: true});
  fc.assert(
    fc.property(fc.array(share, {minLength: 1, maxLength: 12}), ps => {
      for (const adjust of [holm, falseDiscovery]) {
        const adjusted = adjust(ps).map(p => p ?? Number.NaN);
        ps.forEach((p, i) => {
          assert.ok(adjusted[i] >= p && adjusted[i] <= Math.min(1, p * ps.length) + 1e-12);
          for (const [j, other] of ps.entries()) assert.ok(p > other || adjusted[i] <= adjusted[j]);
        });
      }
    }),
  );
});

test.run();
