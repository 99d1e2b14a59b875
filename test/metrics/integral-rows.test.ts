import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {IntegralRows} from '../../src/metrics/integral-rows.ts';
import {fc, runs} from '../support/fast-check.ts';

const mebibytes = fc.integer({min: 0, max: 2 ** 20}).map(count => count * 2 ** 20);
const change = fc.record({
  row: fc.integer({min: 0, max: 5}),
  which: fc.integer({min: 0, max: 1}),
  to: fc.oneof(fc.integer({min: 0, max: 10}), fc.integer({min: 0, max: 2 ** 50}), mebibytes),
  wait: fc.oneof(fc.integer({min: 0, max: 1000}), fc.integer({min: 0, max: 2 ** 45})),
});

test('integrals in rows are exact, to the last byte-microsecond of years', () => {
  fc.assert(
    fc.property(fc.array(change, {maxLength: 60}), changes => {
      const integrals = new IntegralRows(2);
      const values = new Map<string, number>();
      const sums = new Map<string, bigint>();
      let now = 0;
      const wait = (time: number) => {
        for (const [key, value] of values) {
          sums.set(key, (sums.get(key) ?? 0n) + BigInt(value) * BigInt(time));
        }
        now += time;
      };
      for (const {row, which, to, wait: time} of changes) {
        wait(time);
        integrals.add(row, which, to - integrals.value(row, which), now);
        values.set(`${row} ${which}`, to);
      }
      wait(12_345);
      for (let row = 0; row <= 5; row++) {
        assert.is(integrals.integral(row, 0, now), sums.get(`${row} 0`) ?? 0n);
        assert.is(integrals.integral(row, 1, now), sums.get(`${row} 1`) ?? 0n);
      }
    }),
    {numRuns: runs(300)},
  );
});

test.run();
