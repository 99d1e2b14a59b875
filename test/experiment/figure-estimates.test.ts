// What a comparison knows of runs beside their values: which of them are the same run, that their
// values are decimals, and that no spread is no certainty.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {RandomStream} from '../../src/engine/random.ts';
import {figureDifference, figureMean} from '../../src/experiment/figure-estimates.ts';
import type {Sample} from '../../src/experiment/observed-values.ts';

const choice = {level: 0.95, random: new RandomStream('estimates')};

test('the same runs have no difference, whatever kind of figure', () => {
  for (const kind of ['level', 'count', 'trials', 'availability', 'total'] as const) {
    const runs = sample([0, 1, 0, 1, 0], 'same');
    const {estimate, low, high, p} = figureDifference(kind, [runs, runs], choice);
    assert.equal([estimate, low, high, p], [0, 0, 0, 1]);
  }
});

test('what is alike in different runs might have differed', () => {
  const [own, other] = [sample([3, 3, 3, 3, 3, 3], 'a'), sample([5, 5, 5, 5, 5, 5], 'b')];
  const {estimate, low, high, p = 1} = figureDifference('level', [own, other], choice);
  assert.equal([estimate, low, high], [-2, undefined, undefined]);
  assert.is(p, 2 ** -5);
  const none = figureDifference('level', [own, sample([3, 3, 3, 3, 3, 3], 'b')], choice);
  assert.equal([none.estimate, none.low, none.high, none.p], [0, undefined, undefined, 1]);
});

test('differences of decimals are decimals', () => {
  const own = sample([0.3, 0.4, 0.9, 1.1, 7.2, 0.8], 'a');
  const other = sample([0.1, 0.2, 0.7, 0.9, 7.0, 0.6], 'b');
  const {estimate, low, method} = figureDifference('level', [own, other], choice);
  assert.equal([estimate, low, method], [0.2, undefined, 'sign-test']);
});

test('nothing seen leaves room for something, and one run for anything', () => {
  const none = sample([0, 0, 0, 0], 'a');
  for (const kind of ['count', 'total'] as const) {
    const limited = {...choice, atMost: 3600};
    assert.ok((figureMean(kind, none, limited).high ?? 0) > 0);
    const {low = 0, high = 0} = figureDifference(kind, [none, sample([0, 0, 0, 0], 'b')], limited);
    assert.ok(low < 0 && high > 0, kind);
  }
  const {low, high} = figureMean('level', sample([7], 'a'), choice);
  assert.equal([low, high], [undefined, undefined]);
});

test('no bound is below 0, above the limit or out of all reach', () => {
  const share = {...choice, atMost: 1};
  const wide = figureMean('level', sample([0.2, 0.9], 'a'), share);
  assert.equal([wide.low, wide.high], [0, 1]);
  const {low, high} = figureMean('level', sample([0.01, 9, 0.3], 'a'), choice);
  assert.ok(low !== undefined && low >= 0);
  assert.is(high, undefined);
});

test('what cannot be exceeded anyway is no bound, far beyond all that was seen', () => {
  // Mean scheduling latencies of twenty runs of ten minutes: most find room at once.
  const times = [0.006, 0.09, 1.83, 0.15, 0.006, 0.24, 3.24, 0.006, 0.006, 0.95, 0.006, 0.58];
  const packed = [0.006, 0.006, 1.75, 0.006, 0.006, 0.04, 2.45, 0.006, 0.006, 0.006, 0.006, 0.15];
  const long = {...choice, atMost: 600};
  const [own, other] = [sample(packed, 'a'), sample(times, 'b')];
  const {low, high} = figureDifference('level', [own, other], long);
  for (const bound of [low, high, figureMean('level', other, long).high]) {
    assert.ok(Math.abs(bound ?? 0) < 600, `${bound}`);
  }
  assert.is(figureMean('level', sample([0.01, 0.3, 2], 'a'), long).high, undefined);
  assert.is(figureMean('level', sample([90, 300, 200], 'a'), long).high, 600);
});

function sample(values: readonly number[], name: string): Sample {
  return {
    values,
    samples: values.map(() => 1000),
    fingerprints: values.map((_, replication) => `${name} ${replication}`),
  };
}

test.run();
