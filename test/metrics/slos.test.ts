// Detection times: an outage of everything uses 0.1 % of an hour 14.4 times as fast as may be after
// 0.0144 h (Google, The Site Reliability Workbook, chapter 5).

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {Simulation} from '../../src/engine/simulation.ts';
import {days, hours, milliseconds, minutes, seconds, type Time} from '../../src/engine/time.ts';
import {type Slo, Slos} from '../../src/metrics/slos.ts';
import {forEachSeed} from '../support/for-each-seed.ts';
import {bookOf, FakeRecord} from './fake-requests.ts';
import {FakeWorld} from './fake-world.ts';

test('a request is good that was answered well, and soon enough', () => {
  const row = judged({within: milliseconds(300)}, record => {
    record.end('ok', {latency: milliseconds(300), times: 7});
    record.end('ok', {latency: milliseconds(301), times: 2});
    record.end('error', {latency: milliseconds(1)});
  });
  assert.equal([row.good, row.valid, row.ratio], [7, 10, '0.700000']);
});

test('an objective is about its own Service and caller', () => {
  const service = {namespace: 'default', name: 'web'};
  const mine = new FakeRecord('web', 'shoppers');
  const records = [mine, new FakeRecord('web', 'robots'), new FakeRecord('cart', 'shoppers')];
  const valid = (slo: Partial<Slo>) => {
    const slos = slosOf([slo], records);
    for (const record of records) record.end('ok');
    return rowsOf(slos, seconds(10))[0].valid;
  };
  assert.is(valid({service, from: 'shoppers'}), 1);
  assert.is(valid({service, from: undefined}), 2);
  assert.is(valid({service: undefined, from: 'shoppers'}), 2);
});

test('two objectives of the same requests are judged each by itself', () => {
  const record = new FakeRecord('web', 'shoppers');
  const slos = slosOf([{}, {within: 10}], [record]);
  record.end('ok', {latency: 11});
  assert.equal(
    rowsOf(slos, seconds(10)).map(({good}) => good),
    [1, 0],
  );
});

test('the budget is the share of requests that may be bad', () => {
  const row = judged({objective: 0.9}, record => {
    record.end('ok', {times: 97});
    record.end('reset', {times: 3});
  });
  assert.equal([row.budget, row.budget_spent, row.exhausted], ['10.000000', '0.300000', undefined]);
});

test('the budget of the first window is exhausted by its last bad request that may be', () => {
  // 1,000 requests in 1,000 s, of which 10 may be bad: those of the 300th second to the 309th.
  const row = judged({objective: 0.99, end: seconds(1000)}, record => {
    for (let i = 0; i < 1000; i++) {
      record.end(i >= 300 && i < 320 ? 'refused' : 'ok', {at: seconds(i)});
    }
  });
  assert.equal([row.exhausted, row.budget_spent], ['310.000000', '2.000000']);
});

test('what is older than the window is no longer in the budget', () => {
  const row = judged({objective: 0.5, window: minutes(10), end: minutes(60)}, record => {
    for (let i = 0; i < 3600; i++) record.end(i < 120 ? 'refused' : 'ok', {at: seconds(i)});
  });
  // 300 of the first 600 may be bad, and 120 were; the last window has none.
  assert.equal(
    [row.budget, row.budget_spent, row.exhausted],
    ['300.000000', '0.000000', undefined],
  );
});

for (const start of [seconds(0), hours(2)]) {
  test(`an outage of everything from ${start} on is told in the 52nd second`, () => {
    const row = outage({start, of: 1, end: start + hours(2)});
    assert.is(Number(row.fast_burn), start / 1e6 + 52);
    // 0.6 % of six hours.
    assert.is(Number(row.slow_burn), start / 1e6 + 130);
  });
}

test('an outage of a tenth takes ten times as long to be told', () => {
  const row = outage({start: hours(2), of: 10, end: hours(4)});
  assert.ok(Math.abs(Number(row.fast_burn) - 7200 - 520) <= 10);
  assert.ok(Math.abs(Number(row.slow_burn) - 7200 - 1300) <= 10);
});

test('five times too many failures alert nobody', () => {
  const row = outage({start: hours(0), of: 200, end: hours(12)});
  assert.equal([row.fast_burn, row.slow_burn], [undefined, undefined]);
});

test('a run of a year is judged by wider stretches of time', () => {
  const row = judged({objective: 0.999, window: days(30), end: days(365)}, record => {
    for (let day = 0; day < 365; day++) {
      record.end(day < 100 ? 'ok' : 'timeout', {at: days(day)});
    }
  });
  assert.equal([row.resolution, row.good, row.valid], ['300.000000', 100, 365]);
  assert.is(row.exhausted, '8640300.000000');
});

test('the order in which ends are told is of no importance', () => {
  forEachSeed(20, seed => {
    const dice = new Simulation({seed}).random('dice');
    const ends = Array.from({length: 300}, () => {
      return {at: dice.integer(0, days(60)), ok: dice.integer(0, 9) > 0};
    });
    const told = (order: typeof ends) =>
      judged({end: days(60)}, record => {
        for (const {at, ok} of order) record.end(ok ? 'ok' : 'error', {at});
      });
    assert.equal(told(ends), told(ends.toReversed()));
  });
});

test('counts go on after a restore', () => {
  const [one, other] = [new FakeRecord('web', 'shoppers'), new FakeRecord('web', 'shoppers')];
  const [saved, restored] = [slosOf([{}], [one]), slosOf([{}], [other])];
  one.end('ok', {at: days(40)}).end('reset');
  restored.restore(structuredClone(saved.save()));
  one.end('ok');
  other.end('ok');
  assert.equal(rowsOf(restored, days(41)), rowsOf(saved, days(41)));
});

/** One request a second, of which from `start` on every so manieth is lost. */
function outage({start, of, end}: {start: Time; of: number; end: Time}) {
  return judged({objective: 0.999, end}, record => {
    for (let at = 0; at < end; at += seconds(1)) {
      record.end(at >= start && (at / seconds(1)) % of === 0 ? 'connect-timeout' : 'ok', {at});
    }
  });
}

function judged(
  {end = minutes(10), ...slo}: Partial<Slo> & {end?: Time},
  play: (record: FakeRecord) => void,
) {
  const record = new FakeRecord('web', 'shoppers');
  const slos = slosOf([slo], [record]);
  play(record);
  return rowsOf(slos, end)[0];
}

function slosOf(slos: readonly Partial<Slo>[], records: FakeRecord[]): Slos {
  const world = new FakeWorld({seed: 1});
  return new Slos(
    world,
    slos.map(slo => ({...plain, ...slo})),
    bookOf(...records),
  );
}

const plain: Slo = {
  ...{name: 'answers', service: undefined, from: undefined, within: undefined},
  ...{objective: 0.999, window: days(30)},
};

function rowsOf(slos: Slos, end: Time) {
  const {columns, rows} = slos.table(end);
  return [...rows()].map(cells => Object.fromEntries(columns.map((key, i) => [key, cells[i]])));
}

test.run();
