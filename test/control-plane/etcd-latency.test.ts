// Law: reference 9.1, a commit takes the round trip to the fastest majority and the slower of the
// disks that it needs; on average as the order statistics of an exponential say.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {commitLatency} from '../../src/control-plane/etcd-latency.ts';
import {milliseconds} from '../../src/engine/time.ts';
import type {Distribution} from '../../src/options/distribution.ts';
import {master, PlaneWorld} from './plane-world.ts';

const mean = milliseconds(10);
const exponential: Distribution = {measure: 'duration', law: 'exponential', mean};
const nothing: Distribution = {measure: 'duration', law: 'constant', value: 0};

// Without disks: one of one needs no other; the faster of two others takes half the mean, the
// second of four a quarter and a third of it; of those that are left, the rest.
for (const [masters, lost, expected] of [
  [1, 0, 0],
  [3, 0, 1 / 2],
  [3, 1, 1],
  [5, 0, 1 / 4 + 1 / 3],
  [5, 1, 1 / 3 + 1 / 2],
  [5, 2, 1 / 2 + 1],
] as const) {
  test(`a commit of ${masters} members, ${lost} lost, waits for the fastest majority`, () => {
    const {plane, masters: all, simulation} = new PlaneWorld({masters});
    for (let i = 1; i <= lost; i++) all.withoutEtcd.take(master(i));
    const draw = commitLatency(
      plane.etcd,
      {fsync: nothing, roundTrip: exponential},
      simulation,
    )('tester');
    let sum = 0;
    for (let i = 0; i < 20_000; i++) sum += draw();
    assert.ok(Math.abs(sum / 20_000 / mean - expected) <= 0.02 * (expected || 1));
  });
}

test('the leader writes its own disk meanwhile', () => {
  const {plane, simulation} = new PlaneWorld({masters: 1});
  const draw = commitLatency(
    plane.etcd,
    {fsync: exponential, roundTrip: nothing},
    simulation,
  )('tester');
  let sum = 0;
  for (let i = 0; i < 20_000; i++) sum += draw();
  assert.ok(Math.abs(sum / 20_000 / mean - 1) <= 0.03);
});

test.run();
