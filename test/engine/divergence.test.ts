import * as assert from 'node:assert/strict';
import {test} from 'uvu';
import {firstDivergence, formatDivergence} from '../../src/engine/divergence.ts';
import {Simulation} from '../../src/engine/simulation.ts';
import {minute} from '../../src/engine/time.ts';
import {forEachSeed} from '../support/for-each-seed.ts';
import {randomWorld} from './random-world.ts';

test('runs that agree do not diverge', () => {
  const build = () => randomWorld(3);
  assert.equal(firstDivergence({left: build, right: build, until: minute}), undefined);
});

test('the first event that a flaw touches is named', () => {
  forEachSeed(10, seed => {
    const flaw = 30 * seed;
    const left = () => randomWorld(seed);
    const right = () => randomWorld(seed, {flaw});
    for (const stride of [1, 100, 4096]) {
      const divergence = firstDivergence({left, right, until: minute, stride});
      assert.equal(divergence?.left?.kind, 'world.arrived');
      assert.equal(divergence?.left?.a, flaw + 1);
      assert.equal(divergence?.time, divergence?.left?.time);
    }
  });
});

test('a run that ends earlier diverges where the other goes on', () => {
  const build = (times: number[]) => () => {
    const simulation = new Simulation({seed: 1});
    const rang = simulation.event('bell.rang', (_: number) => {});
    for (const time of times) rang.at(time, time * 2);
    return simulation;
  };
  const runs = {left: build([1, 2]), right: build([1, 2, 3]), until: minute};
  const divergence = firstDivergence(runs);
  assert.ok(divergence);
  assert.equal(
    formatDivergence(divergence),
    [
      'the runs agree in 2 events and differ in the next',
      '  left:  no more events',
      '  right: 0.000003s bell.rang(6, 0), event 2',
    ].join('\n'),
  );
});

test.run();
