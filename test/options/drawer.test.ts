// A parsed distribution draws what the stream itself would draw, and times are whole microseconds.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {RandomStream} from '../../src/engine/random.ts';
import {second, toTime} from '../../src/engine/time.ts';
import {distribution} from '../../src/options/distribution.ts';
import {drawer} from '../../src/options/drawer.ts';

test('every law draws as the stream does', () => {
  const cases: [object, (stream: RandomStream) => number][] = [
    [{exponential: {mean: 2}}, stream => stream.exponential(2)],
    [{lognormal: {median: 2, sigma: 1}}, stream => stream.lognormal({median: 2, sigma: 1})],
    [{weibull: {shape: 0.5, scale: 2}}, stream => stream.weibull({shape: 0.5, scale: 2})],
    [{normal: {mean: 2, sd: 1}}, stream => stream.normal(2, 1)],
    [{uniform: {from: 2, to: 3}}, stream => stream.uniform(2, 3)],
    [{erlang: {shape: 2, mean: 2}}, stream => stream.erlang({shape: 2, mean: 2})],
    [{gamma: {shape: 0.5, scale: 2}}, stream => stream.gamma({shape: 0.5, scale: 2})],
    [{pareto: {shape: 2, scale: 2}}, stream => stream.pareto({shape: 2, scale: 2})],
    [{pareto: {shape: 2, scale: 2, max: 9}}, stream => stream.pareto({shape: 2, scale: 2, max: 9})],
    [
      {empirical: {values: [1, 7], weights: [1, 3]}},
      stream => stream.empirical({values: [1, 7], weights: [1, 3]}),
    ],
  ];
  for (const [written, expected] of cases) {
    const law = distribution('number').parse(written);
    const draw = drawer(law, new RandomStream('a'));
    assert.is(draw(), expected(new RandomStream('a')), law.law);
  }
});

test('a constant uses no chance', () => {
  const draw = drawer(distribution().parse('2s'), new RandomStream('a'));
  assert.equal([draw(), draw()], [2 * second, 2 * second]);
});

test('times are whole and never negative', () => {
  const law = distribution().parse({normal: {mean: '0s', sd: '1s'}});
  const draw = drawer(law, new RandomStream('a'));
  const draws = Array.from({length: 200}, draw);
  assert.ok(draws.every(time => time >= 0 && time === toTime(time)));
  assert.ok(draws.some(time => time === 0) && draws.some(time => time > 0));
});

test('a heavy tail ends where time ends', () => {
  const law = distribution().parse({pareto: {shape: 0.001, scale: '1d'}});
  const draw = drawer(law, new RandomStream('a'));
  assert.ok(Array.from({length: 100}, draw).every(Number.isSafeInteger));
});

test.run();
