import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {remainder} from '../../src/engine/remainder.ts';
import {fc} from '../support/fast-check.ts';

const most = 2 ** 52;

test('it is what the operator says, for all whole numbers up to 2^52', () => {
  const whole = fc.maxSafeNat().map(number => Math.floor(number / 2));
  fc.assert(
    fc.property(whole, whole, (number, other) => {
      const divisor = Math.max(1, other);
      assert.is(remainder(number, divisor), number % divisor);
    }),
    {numRuns: 10_000},
  );
});

test('one short of a multiple it is the divisor less one, however large the quotient', () => {
  for (const divisor of [1, 2, 3, 7, 10, 1000, 2 ** 24, 2 ** 26 - 1, 2 ** 31 + 1, 2 ** 50 + 1]) {
    const multiple = Math.floor(most / divisor) * divisor;
    for (const number of [multiple - 1, multiple, Math.min(most, multiple + 1)]) {
      assert.is(remainder(number, divisor), number % divisor, `${number} by ${divisor}`);
    }
  }
});

test.run();
