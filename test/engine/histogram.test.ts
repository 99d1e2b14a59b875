import * as assert from 'node:assert/strict';
import {test} from 'uvu';
import {Histogram, quantileRank} from '../../src/engine/histogram.ts';
import {RandomStream} from '../../src/engine/random.ts';
import {fc} from '../support/fast-check.ts';

test('a quantile is within the stated error of the exact one', () => {
  const values = fc.array(fc.oneof(fc.nat(300), fc.nat(), fc.maxSafeNat()), {
    minLength: 30,
    maxLength: 300,
  });
  for (const relativeError of [0.1, 0.01, 0.001]) {
    fc.assert(
      fc.property(values, fc.constantFrom(0.1, 0.5, 0.66), (sample, p) => {
        const histogram = new Histogram(relativeError);
        for (const value of sample) histogram.record(value);
        const sorted = sample.toSorted((one, other) => one - other);
        const exact = sorted[(quantileRank(p, sample.length) ?? 0) - 1];
        const found = histogram.quantile(p) ?? Number.NaN;
        assert.ok(Math.abs(found - exact) <= relativeError * exact, `${found}, exactly ${exact}`);
      }),
    );
  }
});

test('values of few bits are exact', () => {
  const histogram = new Histogram();
  for (let value = 0; value < 100; value++) histogram.record(value);
  assert.equal(histogram.quantile(0.5), 49);
  assert.equal(histogram.quantile(0.01), 0);
  assert.equal(histogram.quantile(0.9), 89);
});

test('the rank of a quantile is the smallest whose share reaches it', () => {
  const rows: [number, number, number | undefined][] = [
    [0.5, 20, 10],
    [0.5, 21, 11],
    [0.5, 19, undefined],
    [0.07, 100, 7],
    [0.9, 99, undefined],
    [0.9, 100, 90],
    [0.99, 999, undefined],
    [0.99, 1000, 990],
    [0.999, 10_000, 9990],
    [0.9999, 100_000, 99_990],
    [0.001, 11, 1],
  ];
  for (const [p, count, rank] of rows) {
    assert.equal(quantileRank(p, count), rank, `quantile ${p} of ${count}`);
  }
});

test('without samples there are no figures', () => {
  const {count, mean, min, max, sum} = new Histogram();
  assert.deepEqual([count, mean, min, max, sum], [0, undefined, undefined, undefined, 0n]);
  assert.equal(new Histogram().quantile(0.5), undefined);
});

test('count, sum, mean and extremes are exact', () => {
  const histogram = new Histogram();
  histogram.record(2 ** 52, 3);
  histogram.record(1);
  assert.equal(histogram.count, 4);
  assert.equal(histogram.sum, 3n * 2n ** 52n + 1n);
  assert.equal(histogram.min, 1);
  assert.equal(histogram.max, 2 ** 52);
});

test('merged histograms are one that saw both, in either order', () => {
  const stream = new RandomStream('merge');
  const [left, right, both] = [new Histogram(), new Histogram(), new Histogram()];
  for (let i = 0; i < 2000; i++) {
    const value = Math.floor(stream.lognormal({median: 1000, sigma: 3}));
    (i % 3 === 0 ? left : right).record(value);
    both.record(value);
  }
  const other = new Histogram();
  other.restore(structuredClone(right.save()));
  other.merge(left);
  left.merge(right);
  for (const merged of [left, other]) {
    assert.equal(merged.sum, both.sum);
    for (const p of [0.1, 0.5, 0.9, 0.99]) assert.equal(merged.quantile(p), both.quantile(p));
  }
});

test('what cannot be counted is refused', () => {
  const histogram = new Histogram();
  for (const value of [-1, 0.5, Number.NaN, Infinity]) {
    assert.throws(() => histogram.record(value), RangeError);
  }
  assert.throws(() => new Histogram(0), RangeError);
  assert.throws(() => histogram.quantile(1), RangeError);
  assert.throws(() => histogram.merge(new Histogram(0.1)), RangeError);
});

test.run();
