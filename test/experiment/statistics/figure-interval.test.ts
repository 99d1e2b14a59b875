// Which interval a figure gets, and what is said where runs show nothing.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {RandomStream} from '../../../src/engine/random.ts';
import {
  type FigureSample,
  figureDifference,
  figureInterval,
} from '../../../src/experiment/statistics/figure-interval.ts';
import {fc} from '../../support/fast-check.ts';
import {near} from './near.ts';

const choice = {level: 0.95, random: new RandomStream('resampling')};

test('the method follows the kind of figure and what the runs show', () => {
  const rows: [FigureSample, string][] = [
    [level([10.2, 11.1, 9.7, 10.4, 10.9]), 'student-t'],
    [level([1, 8, 2, 30, 0.5]), 'box-cox'],
    [level([0, 0, 12, 0, 3]), 'rare-total'],
    [level([-1, -1.2, -1.1, -9, -1.3, -1]), 'skewed-t'],
    [level(Array.from({length: 25}, (_, i) => (i < 23 ? (i % 5) - 2 : 60))), 'bca'],
    [{kind: 'count', values: [0, 1, 0, 0, 2]}, 'poisson'],
    [{kind: 'count', values: [0, 0, 0, 0, 16]}, 'rare-total'],
    [{kind: 'count', values: [101, 98, 107, 95]}, 'student-t'],
    [{kind: 'trials', values: [0.9, 0.92, 0.91], trials: [100, 100, 100]}, 'clopper-pearson'],
    [{kind: 'trials', values: [0.4, 0.92, 0.7], trials: [100, 100, 100]}, 'box-cox'],
    [{kind: 'availability', values: [0.99, 1, 1, 0.97, 1]}, 'renewal-ratio rare-total'],
  ];
  for (const [sample, method] of rows) assert.is(figureInterval(sample, choice).method, method);
});

test('no event seen is not no event possible', () => {
  const none = [0, 0, 0, 0, 0];
  near(figureInterval({kind: 'count', values: none}, choice).high, 3.689 / 5, 0.0005);
  near(figureInterval({kind: 'total', values: none}, {...choice, atMost: 3600}).high, 1878.6, 0.1);
  near(figureInterval({kind: 'availability', values: [1, 1, 1, 1, 1]}, choice).low, 0.4782, 0.0001);
  const trials = {kind: 'trials', values: [1, 1], trials: [500, 500]} as const;
  near(figureInterval(trials, choice).low, 0.996318, 0.000001);
  assert.is(figureInterval(level(none), choice).high, undefined);
  assert.is(figureInterval(level([7, 7, 7]), choice).high, undefined);
});

test('two strategies without events may differ by what neither has shown', () => {
  const none = {kind: 'count', values: [0, 0, 0, 0, 0]} as const;
  const {estimate, low, high, p} = figureDifference(none, none, choice);
  assert.equal([estimate, p], [0, 1]);
  near(low, -0.738, 0.001);
  near(high, 0.738, 0.001);
  const up = {kind: 'availability', values: [1, 1, 1, 1, 1]} as const;
  assert.is(figureDifference(up, up, choice).estimate, 0);
  near(figureDifference(up, up, choice).low, -0.5218, 0.0001);
});

test('an interval holds its estimate, and scales with the unit', () => {
  const value = fc.oneof(fc.constant(0), fc.double({min: 0.01, max: 100, noNaN: true}));
  fc.assert(
    fc.property(fc.array(value, {minLength: 1, maxLength: 30}), values => {
      const {
        estimate = 0,
        low = 0,
        high = Infinity,
        method,
      } = figureInterval(level(values), choice);
      assert.ok(low <= estimate && estimate <= high, `${low} ${estimate} ${high}`);
      const scaled = figureInterval(level(values.map(each => each * 1024)), choice);
      assert.is(scaled.method, method);
      // What is resampled is drawn anew.
      if (method !== 'bca' && high < 1e9) near(scaled.high, high * 1024, high * 0.01);
    }),
  );
});

function level(values: readonly number[]): FigureSample {
  return {kind: 'level', values};
}

test.run();
