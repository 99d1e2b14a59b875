// node_lifecycle_controller_test.go, TestCalculateZoneState, and the defaults of
// nodelifecycle/config/v1alpha1: ready and lost nodes of a zone, its state and rate.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {managerOptions} from '../../../src/controllers/manager-options.ts';
import {EvictionLimiter} from '../../../src/controllers/node-lifecycle/eviction-limiter.ts';
import {evictionRate, zoneState} from '../../../src/controllers/node-lifecycle/zone-state.ts';
import {seconds} from '../../../src/engine/time.ts';

const options = managerOptions.parse({});

for (const [ready, notReady, state, rate] of [
  [3, 0, 'normal', 0.1],
  [1, 1, 'normal', 0.1],
  [1, 2, 'normal', 0.1],
  [0, 1, 'full', 0.1],
  [0, 5, 'full', 0.1],
  [2, 3, 'partial', 0],
  [3, 3, 'normal', 0.1],
  [5, 5, 'normal', 0.1],
  [4, 5, 'partial', 0],
  [23, 27, 'normal', 0.1],
  [22, 28, 'partial', 0],
  [22, 29, 'partial', 0.01],
  [450, 549, 'normal', 0.1],
  [450, 550, 'partial', 0.01],
] as const) {
  test(`a zone with ${ready} nodes ready and ${notReady} not is ${state}: ${rate} a second`, () => {
    const count = {ready, notReady};
    assert.is(zoneState(count, options), state);
    assert.is(evictionRate(state, count, options), rate);
  });
}

test('of a bucket that holds one, one is there at first and then one after each interval', () => {
  const limiter = new EvictionLimiter(0.1, 0);
  const taken = Array.from({length: 31}, (_, i) => i).filter(i => limiter.tryAccept(seconds(i)));
  assert.equal(taken, [0, 10, 20, 30]);
});

test('a new rate does not give what the old one refused', () => {
  const rates = (first: boolean): number[] => {
    const limiter = new EvictionLimiter(0.1, 0);
    if (first) limiter.tryAccept(0);
    limiter.swap(0.01, seconds(5));
    return Array.from({length: 300}, (_, i) => i).filter(i => limiter.tryAccept(seconds(i)));
  };
  assert.equal(rates(true), [105, 205]);
  assert.equal(rates(false), [5, 105, 205]);
});

test('after a time without evictions the first waits for a whole interval', () => {
  const limiter = new EvictionLimiter(0.1, 0);
  limiter.swap(0, seconds(1));
  assert.is(limiter.nextAt, undefined);
  limiter.swap(0.1, seconds(7));
  assert.is(limiter.nextAt, seconds(17));
});

test.run();
