import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {Histogram} from '../../src/engine/histogram.ts';
import {latencyFigures, meanSeconds, ratioText} from '../../src/metrics/figures.ts';
import {fc, runs} from '../support/fast-check.ts';

test('a ratio has six decimals, rounded half up, however large its parts', () => {
  assert.is(ratioText(1, 3), '0.333333');
  assert.is(ratioText(2, 3), '0.666667');
  assert.is(ratioText(1, 2_000_000), '0.000001');
  assert.is(ratioText(10n ** 30n, 10n ** 30n * 4n), '0.250000');
});

test('nothing divided by nothing is unknown, not zero', () => {
  assert.is(ratioText(0, 0), undefined);
  assert.is(meanSeconds(0n, 0), undefined);
});

test('a latency without samples has no figures', () => {
  for (const {value, samples} of latencyFigures('wait', new Histogram())) {
    assert.is(value, undefined);
    assert.is(samples, 0);
  }
});

test('a quantile stays empty until there are 10/(1-p) samples', () => {
  const times = new Histogram();
  times.record(1, 99);
  assert.is(valueIn(times, 'wait_p90'), undefined);
  times.record(1);
  assert.is(valueIn(times, 'wait_p90'), '0.000001');
  assert.is(valueIn(times, 'wait_p99'), undefined);
});

test('quantiles are the smallest value whose cumulative share reaches p, within 1 %', () => {
  const samples = fc.array(fc.integer({min: 0, max: 10 ** 10}), {minLength: 100, maxLength: 300});
  fc.assert(
    fc.property(samples, values => {
      const times = new Histogram();
      for (const value of values) times.record(value);
      const sorted = [...values].sort((one, other) => one - other);
      for (const [name, p] of [
        ['wait_p50', 0.5],
        ['wait_p90', 0.9],
      ] as const) {
        const exact = sorted[Math.ceil((p * 1000 * values.length) / 1000 - 1e-9) - 1];
        const told = Number(valueIn(times, name)) * 1e6;
        assert.ok(Math.abs(told - exact) <= exact * 0.01 + 1, `${name}: ${told}, not ${exact}`);
      }
      const sum = values.reduce((total, value) => total + value, 0);
      assert.is(valueIn(times, 'wait_mean'), ratioText(sum, values.length * 1e6));
      assert.is(Number(valueIn(times, 'wait_max')) * 1e6 - sorted[sorted.length - 1] < 0.5, true);
    }),
    {numRuns: runs(200)},
  );
});

function valueIn(times: Histogram, metric: string) {
  return latencyFigures('wait', times).find(one => one.metric === metric)?.value;
}

test.run();
