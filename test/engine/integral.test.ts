import * as assert from 'node:assert/strict';
import {test} from 'uvu';
import {ExactSum} from '../../src/engine/exact-sum.ts';
import {Integral} from '../../src/engine/integral.ts';
import {days} from '../../src/engine/time.ts';
import {fc, runs} from '../support/fast-check.ts';

test('150,000 pods over 30 days are counted to the microsecond', () => {
  const pods = new Integral();
  pods.set(150_000, 1);
  pods.add(-1, days(30) - 1);
  assert.equal(pods.integral(days(30)), 150_000n * (BigInt(days(30)) - 2n) + 149_999n);
});

test('petabytes over 30 days are exact, too', () => {
  const bytes = new Integral(5, 2 ** 50 + 1);
  assert.equal(bytes.integral(days(30)), (2n ** 50n + 1n) * (BigInt(days(30)) - 5n));
});

test('any sum of products is what big integers say', () => {
  const factor = fc.oneof(fc.maxSafeInteger(), fc.integer({min: -100, max: 100})).map(n => n / 2);
  const value = factor.map(Math.trunc);
  const times = fc.oneof(
    fc.maxSafeNat().map(n => Math.floor(n / 64)),
    fc.integer({min: 0, max: 100}),
  );
  fc.assert(
    fc.property(fc.array(fc.tuple(value, times, fc.maxSafeInteger())), terms => {
      const sum = new ExactSum();
      let expected = 0n;
      for (const [one, other, single] of terms) {
        sum.addProduct(one, other);
        sum.add(single);
        expected += BigInt(one) * BigInt(other) + BigInt(single);
      }
      assert.equal(sum.toBigInt(), expected);
      assert.ok(Math.abs(sum.toNumber() - Number(expected)) <= Math.abs(Number(expected)) * 4e-16);
    }),
    {numRuns: runs(2000)},
  );
});

test('the mean is over the time since the start', () => {
  const nodes = new Integral(100, 4);
  nodes.set(8, 300);
  assert.equal(nodes.mean(100, 400), (4 * 200 + 8 * 100) / 300);
  assert.equal(nodes.mean(400, 400), undefined);
  assert.equal(nodes.integralSeconds(400), 0.0016);
});

test('an integral that goes back in time is a mistake', () => {
  const nodes = new Integral(100);
  assert.throws(() => nodes.set(1, 99), /go back from 100 to 99/);
});

test('a restored integral goes on', () => {
  const one = new Integral();
  one.set(3, 10);
  const other = new Integral();
  other.restore(structuredClone(one.save()));
  assert.equal(other.integral(20), 30n);
  assert.equal(other.value, 3);
});

test.run();
