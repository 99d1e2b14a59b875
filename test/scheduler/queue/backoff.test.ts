// How long a pod waits after failed attempts, by version (kube-scheduler's backoff_queue.go).

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {milliseconds, seconds, type Time} from '../../../src/engine/time.ts';
import type {KubernetesMinor} from '../../../src/objects/version.ts';
import {QueueWorld} from '../../support/queue-world.ts';

/** When a pod that fails at each of these times, an error each, is active again after the last. */
function backAfter(kubernetes: KubernetesMinor, failedAt: Time, failures = 1): Time {
  const world = new QueueWorld({kubernetes});
  const queued = world.add('a');
  for (let i = 0; i < failures; i++) {
    world.at(seconds(60) * i + failedAt);
    world.refuse([]);
  }
  while (queued.place !== 'active') world.at(world.simulation.now + milliseconds(100));
  return world.simulation.now - seconds(60) * (failures - 1);
}

test('up to 1.32 a pod is back at the first whole second after its wait', () => {
  assert.is(backAfter(32, seconds(1.7)), seconds(3));
  assert.is(backAfter(32, seconds(2)), seconds(3));
});

test('from 1.33 on a wait is cut to a whole second that must have passed', () => {
  assert.is(backAfter(33, seconds(1.7)), seconds(3));
  assert.is(backAfter(33, seconds(2)), seconds(4));
});

test('the wait doubles with each failure, up to ten seconds', () => {
  const waits = [1, 2, 3, 4, 5, 6].map(failures => backAfter(32, 0, failures));
  assert.equal(waits, [1, 2, 4, 8, 10, 10].map(seconds));
});

test('a maximum of nothing turns backoff off', () => {
  const world = new QueueWorld({maxBackoff: 0});
  assert.is(world.refused('a', []).place, 'active');
});

test('up to 1.33 errors and rejections count alike, from 1.34 on a rejection ends a row of errors', () => {
  const backing = ([33, 34] as const).map(kubernetes => {
    const world = new QueueWorld({kubernetes});
    const queued = world.refused('a', []);
    for (const rejectedBy of [[], [], ['Picky']]) {
      world.at(world.simulation.now + seconds(60));
      world.refuse(rejectedBy);
    }
    // One rejection: one second; four attempts: eight.
    world.at(world.simulation.now + seconds(3)).nodeAdded();
    return queued.place;
  });
  assert.equal(backing, ['backoff', 'active']);
});

test('from 1.33 on an idle scheduler pops a rejected pod from backoff, but not one that erred', () => {
  const popped = ([32, 33] as const).map(kubernetes => {
    const world = new QueueWorld({kubernetes});
    world.refused('rejected');
    world.nodeAdded();
    world.refused('erred', []);
    return world.popAll();
  });
  assert.equal(popped, [[], ['rejected']]);
});

test('the active queue is emptied before anything is popped from backoff', () => {
  const world = new QueueWorld();
  world.refused('early');
  world.nodeAdded();
  world.add('active');
  assert.equal(world.popAll(), ['active', 'early']);
});

test('the pod whose wait ends first is popped from backoff first', () => {
  const world = new QueueWorld();
  world.refused('twice');
  world.at(seconds(5)).nodeAdded();
  world.refuse();
  world.refused('once');
  world.nodeAdded();
  assert.equal(world.popAll(), ['once', 'twice']);
});

test.run();
