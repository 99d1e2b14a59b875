// When requests come, source by source: what is stated, and no other times.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {Simulation} from '../../../src/engine/simulation.ts';
import {day, hour, hours, minutes, second, seconds} from '../../../src/engine/time.ts';
import {cosineWeights, DailyCurve} from '../../../src/network/traffic/sources/daily-curve.ts';
import {openSourceOf} from '../../../src/network/traffic/sources/index.ts';
import {SourceClock} from '../../../src/network/traffic/sources/source-clock.ts';
import {type TrafficEntry, traffic} from '../../../src/network/traffic/traffic-options.ts';
import {forEachSeed} from '../../support/for-each-seed.ts';
import {mean} from '../../support/statistics.ts';

type Source = Partial<Parameters<typeof traffic.parse>[0]> & object;

function entryOf(source: object): TrafficEntry {
  return traffic.parse([{name: 'a', to: 'web', ...source}])[0];
}

/** `startTime`: in seconds since 1970. */
function timesOf(entry: TrafficEntry, until: number, {seed = 1, startTime = 0} = {}): number[] {
  const simulation = new Simulation({seed, replication: 0});
  const times: number[] = [];
  openSourceOf(entry)?.start(entry, {
    ...{simulation, clock: new SourceClock(simulation), startTime},
    random: question => simulation.random(question),
    send: () => void times.push(simulation.now / second),
  });
  simulation.run(until);
  return times;
}

const cases: readonly [string, Source, readonly number[]][] = [
  ['in step', {every: '2s', starts: '1s', ends: '7s'}, [3, 5]],
  ['all of a burst at once', {bursts: {every: '4s', size: 3}}, [4, 4, 4, 8, 8, 8]],
  ['a burst over a while', {bursts: {every: '5s', size: 2, spread: '2s'}}, [5, 6]],
  ['bursts that overlap', {bursts: {every: '2s', size: 2, spread: '6s'}}, [2, 4, 5, 6, 7, 8, 9]],
  ['constant gaps', {gaps: '3s'}, [3, 6, 9]],
];

for (const [name, source, times] of cases) {
  test(`requests come as stated: ${name}`, () => {
    assert.equal(timesOf(entryOf(source), seconds(9.5)), times);
  });
}

test('a trace is played row by row from the start of its entry on', () => {
  const entry = entryOf({trace: {file: 'a.csv'}, starts: '10s', ends: '20s'});
  const read = {times: Float64Array.of(0, 1, 1, 3, 12), counts: Float64Array.of(1, 0, 2, 1, 1)};
  const times = read.times.map(time => time * second);
  const trace = {file: 'a.csv', time: 'time', count: undefined, read: {...read, times}};
  assert.equal(timesOf({...entry, trace}, minutes(1)), [10, 11, 11, 13]);
});

test('random requests come at the stated rate, and as a Poisson process by day and night', () => {
  const curve = entryOf({daily: {mean: '900/h', amplitude: '60%', peak: '10h'}});
  const times = timesOf(curve, 20 * day, {startTime: 6 * 3600});
  const byHour = Array.from({length: 24}, () => 0);
  for (const time of times) byHour[Math.floor(time / 3600 + 6) % 24]++;
  const z = byHour.map((count, i) => {
    // The curve is straight between whole hours.
    const ends = [i, i + 1].map(at => cosineWeights(0.6)[(at + 14) % 24]);
    const expected = 20 * 900 * mean(ends);
    return (count - expected) / Math.sqrt(expected);
  });
  assert.ok(
    z.every(each => Math.abs(each) < 4.5),
    z.join(' '),
  );
  const spread = z.reduce((sum, each) => sum + each * each, 0);
  assert.ok(spread > 7 && spread < 55, `chi-square of 24: ${spread}`);
});

test('hours without weight have no requests', () => {
  const weights = Array.from({length: 24}, (_, i) => (i === 12 ? 1 : 0));
  const times = timesOf(entryOf({daily: {mean: '1/s', hours: weights}}), 2 * day);
  const wrong = times.filter(time => Math.abs(((time / 3600) % 24) - 12) > 1);
  assert.equal(wrong, []);
  assert.ok(Math.abs(times.length - 2 * 86_400) < 5 * Math.sqrt(2 * 86_400), `${times.length}`);
});

test('the integral of a daily curve from a time to where it has grown by so much is that much', () => {
  forEachSeed(200, seed => {
    const random = new Simulation({seed, replication: 0}).random('curve');
    const weights = Array.from({length: 24}, () => Math.max(0, random.uniform(-1, 3)));
    const curve = new DailyCurve({weights, mean: 1e-6, first: random.uniform(0, day)});
    const from = random.uniform(0, 3 * day);
    const amount = random.exponential(40_000);
    const to = curve.after(from, amount);
    assert.ok(to >= from);
    assert.ok(Math.abs(integral(curve, from, to) / amount - 1) < 1e-3);
  });
});

/** By trapezia, straight pieces cut at no particular places. */
function integral(curve: DailyCurve, from: number, to: number): number {
  const pieces = 20_000 + Math.ceil((to - from) / (hour / 20));
  const width = (to - from) / pieces;
  let sum = 0;
  for (let i = 0; i < pieces; i++) {
    sum += width * curve.at(from + (i + 0.5) * width);
  }
  return sum;
}

test('each source knows its own mean gap', () => {
  const sources = [
    {rate: '50/s'},
    {every: '20ms'},
    {gaps: {gamma: {shape: 2, scale: '10ms'}}},
    {bursts: {every: {exponential: {mean: '1s'}}, size: 50}},
    {daily: {mean: '50/s', amplitude: '100%'}},
  ];
  for (const source of sources) {
    const entry = entryOf(source);
    const gap = openSourceOf(entry)?.meanGap(entry) ?? 0;
    assert.is(gap, seconds(0.02));
    const until = 'daily' in source ? hours(24) : hours(2);
    const count = timesOf(entry, until).length;
    assert.ok(Math.abs((count * gap) / until - 1) < 0.04, `${JSON.stringify(source)}: ${count}`);
  }
});

test.run();
