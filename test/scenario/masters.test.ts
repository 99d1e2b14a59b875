// Which masters a scenario has.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {controlPlane} from '../../src/scenario/control-plane-schema.ts';
import {loadedControlPlane} from '../../src/scenario/loaded-control-plane.ts';
import {nodeWith} from '../support/pods-and-nodes.ts';

const nodes = ['a', 'b'].map(name => nodeWith(name));

function load(written: object) {
  return loadedControlPlane(controlPlane.parse(written), nodes);
}

// What is written, and each master as name, node and zone.
for (const [what, written, expected] of [
  ['nothing', {}, ['master-0 - -', 'master-1 - -', 'master-2 - -']],
  ['a number', {masters: 1}, ['master-0 - -']],
  [
    'zones',
    {masters: {count: 3, zones: ['x', 'y']}},
    ['master-0 - x', 'master-1 - y', 'master-2 - x'],
  ],
  ['nodes', {on: ['b']}, ['master-0 1 -']],
  ['nodes for some', {masters: 2, on: ['b']}, ['master-0 1 -', 'master-1 - -']],
] as const) {
  test(`the masters of a scenario that says ${what}`, () => {
    const masters = load(written).masters.map(
      ({name, node, zone}) => `${name} ${node ?? '-'} ${zone ?? '-'}`,
    );
    assert.equal(masters, expected);
  });
}

test('latency none takes every delay of the control plane away', () => {
  const {writeLatency, watchLatency, members, timing} = load({latency: 'none'});
  assert.equal([writeLatency, watchLatency, members], [0, 0, undefined]);
  const times = Object.values(timing).flatMap(time =>
    typeof time === 'number' ? [time] : Object.values(time).flat(),
  );
  assert.ok(times.every(time => time === 0));
});

test('a latency that is always the same is a number, any other a distribution', () => {
  const {writeLatency, watchLatency} = load({
    latency: {write: '3ms', watch: {exponential: {mean: '1ms'}}},
  });
  assert.is(writeLatency, 3000);
  assert.equal(watchLatency, {measure: 'duration', law: 'exponential', mean: 1000});
});

test.run();
