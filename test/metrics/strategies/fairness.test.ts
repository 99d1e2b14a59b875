import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {fairnessOf, jainIndex} from '../../../src/metrics/strategies/fairness.ts';
import {gpuAsked, gpuClass} from '../../../src/metrics/strategies/gpu-asked.ts';
import {template} from '../fake-world.ts';

// R. Jain, D. Chiu and W. Hawe, DEC-TR-301: all alike, one of four has all, and a share of users.
test('Jain’s index is 1 for equals and 1/n where one has all', () => {
  assert.is(jainIndex([3, 3, 3]), 1);
  assert.is(jainIndex([0, 0, 0, 8]), 0.25);
  assert.is(jainIndex([1, 1, 0, 0, 0]), 0.4);
  assert.is(jainIndex([]), undefined);
  assert.is(jainIndex([0, 0]), undefined);
});

// A. Ghodsi et al., NSDI 2011, section 4.1: 9 CPUs, 18 GB; A runs 3 tasks of 1 CPU and 4 GB, B 2
// tasks of 3 CPUs and 1 GB; both have a dominant share of two thirds.
test('dominant shares are those of the example in the paper', () => {
  const there = [9n, 18n, 0n];
  const a = fairnessOf({name: 'a', asked: [3n, 12n, 0n], got: [3n, 12n, 0n]}, there);
  const b = fairnessOf({name: 'b', asked: [6n, 2n, 0n], got: [6n, 2n, 0n]}, there);
  assert.equal([a.dominant, a.dominantShare], ['memory', 2 / 3]);
  assert.equal([b.dominant, b.dominantShare], ['cpu', 2 / 3]);
});

test('who asked for nothing is neither satisfied nor not', () => {
  const {satisfaction} = fairnessOf({name: 'x', asked: [0n, 0n, 0n], got: [0n, 0n, 0n]}, [
    9n,
    9n,
    0n,
  ]);
  assert.is(satisfaction, undefined);
});

test('pods are classed by the devices they ask for', () => {
  const cases: [number, number, string][] = [
    [1, 460, 'share'],
    [1, 1000, '1'],
    [8, 1000, '8'],
  ];
  for (const [count, milli, expected] of cases) {
    const gpu = {count, milli, models: []};
    assert.is(gpuClass(gpuAsked({...template(100, 1).spec, gpu})), expected);
  }
  assert.is(gpuClass(gpuAsked(template(100, 1).spec)), 'none');
});

test.run();
