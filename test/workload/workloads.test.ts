import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {hours, minutes, seconds} from '../../src/engine/time.ts';
import {workloadBattery} from '../batteries/workload.ts';
import {chiSquareP, kolmogorovLimit, kolmogorovSmirnov} from '../support/statistics.ts';
import {type Options, podsOf, workloadWorld} from './world.ts';

const gaps = {lognormal: {median: '10s', sigma: 1}};

workloadBattery('batch', {kind: 'batch', count: 40, every: '5m', times: 5}, minutes(10));
workloadBattery('poisson', {kind: 'poisson', every: '3s', count: 200}, minutes(5));
workloadBattery('uniform', {kind: 'uniform', over: '10m', count: 200}, minutes(5));
workloadBattery('arrivals', {kind: 'arrivals', gaps, count: 200}, minutes(10));

const times = (until: number, options: Options) => podsOf(until, options).map(({time}) => time);
const differences = (sorted: readonly number[]) =>
  sorted.slice(1).map((time, i) => (time - sorted[i]) / seconds(1));

test('a batch comes once, at its start, unless it says how often', () => {
  const once = {kind: 'batch', name: 'b', start: '2m', count: 3};
  assert.equal(times(hours(9), once), [minutes(2), minutes(2), minutes(2)]);
  const thrice = {...once, count: 2, every: '1m', times: 3};
  assert.equal(
    times(hours(9), thrice).map(time => time / minutes(1)),
    [2, 2, 3, 3, 4, 4],
  );
  assert.is(times(minutes(12), {...once, every: '1m'}).length, 33);
});

test('poisson pods come at exponential gaps of the stated mean', () => {
  const arrivals = times(hours(100), {kind: 'poisson', name: 'p', every: '3s', count: 20_000});
  const distance = kolmogorovSmirnov(differences(arrivals), x => 1 - Math.exp(-x / 3));
  assert.ok(distance < kolmogorovLimit, `Kolmogorov-Smirnov ${distance}`);
  assert.ok(arrivals[0] > 0);
});

test('uniform pods come in all, within their span, uniformly', () => {
  const options = {kind: 'uniform', name: 'u', start: '1h', over: '25h', count: 20_000};
  const arrivals = times(hours(1000), options);
  assert.is(arrivals.length, 20_000);
  const places = arrivals.map(time => (time - hours(1)) / hours(25));
  const distance = kolmogorovSmirnov(places, x => Math.min(1, Math.max(0, x)));
  assert.ok(distance < kolmogorovLimit, `Kolmogorov-Smirnov ${distance}`);
});

test('uniform moments are independent: counts in equal parts are multinomial, and gaps exponential', () => {
  const arrivals = times(hours(100), {kind: 'uniform', name: 'v', over: '20h', count: 20_000});
  const parts = new Array<number>(200).fill(0);
  for (const time of arrivals) parts[Math.min(199, Math.floor(time / minutes(6)))]++;
  const p = chiSquareP(parts, new Array<number>(200).fill(100));
  assert.ok(p > 1e-4 && p < 1 - 1e-4, `chi-square p ${p}`);
  const distance = kolmogorovSmirnov(differences(arrivals), x => 1 - Math.exp(-x / 3.6));
  assert.ok(distance < kolmogorovLimit, `Kolmogorov-Smirnov ${distance}`);
});

test('the last of a few uniform pods is as likely as the law of the largest says', () => {
  const last = Array.from({length: 3000}, (_, seed) => {
    const {simulation, made, add} = workloadWorld({seed});
    add({kind: 'uniform', name: 'w', over: '1h', count: 3});
    simulation.run(hours(1));
    return made[2].time / hours(1);
  });
  const distance = kolmogorovSmirnov(last, x => x ** 3);
  assert.ok(distance < kolmogorovLimit, `Kolmogorov-Smirnov ${distance}`);
});

test('arrivals take their gaps from the distribution, the first one after the start', () => {
  const options = {kind: 'arrivals', name: 'a', start: '1m', gaps: '10s', count: 3};
  assert.equal(
    times(hours(1), options).map(time => time / seconds(1)),
    [70, 80, 90],
  );
});

test('gaps that are always zero need a count', () => {
  const {add} = workloadWorld();
  const options = {kind: 'arrivals', name: 'a'};
  assert.throws(() => add({...options, gaps: '0s'}), /all come at once for ever/);
  assert.throws(
    () => add({...options, gaps: {uniform: {from: '0s', to: '0s'}}}),
    /all come at once/,
  );
  assert.is(times(hours(1), {...options, gaps: '0s', count: 5}).length, 5);
});

test('several batches need the time between them', () => {
  assert.throws(() => workloadWorld().add({kind: 'batch', name: 'b', count: 1, times: 2}), /every/);
});

test.run();
