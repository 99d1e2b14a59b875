// Where a pod waits, and what takes it from one place to another (kube-scheduler's scheduling_queue.go).

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {milliseconds, minutes, seconds} from '../../../src/engine/time.ts';
import {nodeAdded, QueueWorld} from '../../support/queue-world.ts';

test('higher priority comes first, equals in the order of their coming', () => {
  const world = new QueueWorld();
  for (const [name, priority] of [
    ['a', 0],
    ['b', 5],
    ['c', 0],
    ['d', 5],
  ] as const) {
    world.add(name, priority);
  }
  assert.equal(world.popAll(), ['b', 'd', 'a', 'c']);
});

test('a pod that waited longer since its last attempt comes first', () => {
  const world = new QueueWorld();
  world.refused('tried', []);
  world.at(milliseconds(1)).add('new');
  world.at(seconds(9));
  assert.equal(world.popAll(), ['tried', 'new']);
});

test('each pop counts as an attempt', () => {
  const world = new QueueWorld();
  const queued = world.refused('a');
  world.nodeAdded();
  world.popAll();
  assert.is(queued.attempts, 2);
});

test('a pod that plugins rejected waits in the pool, whatever time passes', () => {
  const world = new QueueWorld();
  const queued = world.refused('a');
  world.at(minutes(5));
  assert.is(queued.place, 'pool');
});

test('a pod in the pool is flushed at the first half minute after more than five minutes', () => {
  const world = new QueueWorld();
  world.at(seconds(30));
  const queued = world.refused('a');
  world.at(seconds(330));
  assert.is(queued.place, 'pool');
  world.at(seconds(360));
  assert.is(queued.place, 'active');
});

test('the flush leaves gated pods alone', () => {
  const world = new QueueWorld();
  world.gated.add('a');
  const queued = world.add('a');
  let gatedAgain = 0;
  world.signals.gated.watch(() => gatedAgain++);
  world.gated.delete('a');
  world.at(minutes(20));
  assert.is(queued.place, 'pool');
  assert.is(gatedAgain, 0);
});

test('an event that may help moves a pod to the backoff queue while it backs off', () => {
  const world = new QueueWorld();
  const queued = world.refused('a');
  world.nodeAdded();
  assert.is(queued.place, 'backoff');
});

test('an event that may help moves a pod to the active queue once it has backed off', () => {
  const world = new QueueWorld();
  const queued = world.refused('a');
  world.at(seconds(3)).nodeAdded();
  assert.is(queued.place, 'active');
});

test('an event that the rejecting plugin does not subscribe to moves nothing', () => {
  const world = new QueueWorld();
  const queued = world.refused('a');
  world.queue.notify({kind: 'pod-deleted', pod: world.pod('gone')});
  assert.is(queued.place, 'pool');
});

test('an event that came while the pod was being tried counts as if it came after', () => {
  const world = new QueueWorld();
  const queued = world.add('a');
  world.queue.pop();
  world.nodeAdded();
  world.queue.refused(queued, {rejectedBy: ['Picky'], pendingOn: []});
  assert.is(queued.place, 'backoff');
});

test('an event from before the attempt does not count, whoever else was being tried', () => {
  const world = new QueueWorld();
  const other = world.add('other', 1);
  const queued = world.add('a');
  world.queue.pop();
  world.nodeAdded();
  world.queue.pop();
  world.queue.refused(queued, {rejectedBy: ['Picky'], pendingOn: []});
  assert.is(queued.place, 'pool');
  world.queue.refused(other, {rejectedBy: ['Picky'], pendingOn: []});
  assert.is(other.place, 'backoff');
});

test('events are counted right after older attempts have ended', () => {
  const world = new QueueWorld();
  const [first, second] = [world.add('first', 2), world.add('second', 1)];
  world.queue.pop();
  world.nodeAdded();
  world.queue.pop();
  world.queue.chosen(first);
  world.nodeAdded();
  world.queue.refused(second, {rejectedBy: ['Picky'], pendingOn: []});
  assert.is(second.place, 'backoff');
});

test('nobody listens while no pod is in the pool or being tried', () => {
  const world = new QueueWorld();
  world.add('a');
  assert.is(world.queue.listens, false);
  world.refuse();
  assert.is(world.queue.listens, true);
});

test('a plugin that a pod was pending on moves it at once, whatever its backoff', () => {
  const world = new QueueWorld();
  const queued = world.refused('a', ['Picky'], ['Picky']);
  world.nodeAdded();
  assert.is(queued.place, 'active');
});

test('a plugin without requeueOn hears of everything', () => {
  const world = new QueueWorld({plugins: {Curious: {}}});
  const queued = world.refused('a', ['Curious']);
  world.queue.notify({kind: 'pod-updated', pod: world.pod('other')});
  assert.is(queued.place, 'backoff');
});

test('an attempt that went wrong backs off and comes back by itself', () => {
  const world = new QueueWorld();
  const queued = world.refused('a', []);
  assert.is(queued.place, 'error-backoff');
  world.at(seconds(2));
  assert.is(queued.place, 'active');
});

test('a gated pod waits in the pool, and its time does not count', () => {
  const world = new QueueWorld();
  world.gated.add('a');
  const queued = world.add('a');
  world.at(seconds(100));
  assert.equal(world.queue.counts(), {active: 0, backoff: 0, unschedulable: 0, gated: 1});
  assert.is(queued.wait(seconds(100)).latency, 0);
});

test('a pod whose gates are gone is active at once, within the very second', () => {
  const world = new QueueWorld();
  world.gated.add('a');
  const queued = world.add('a');
  world.gated.delete('a');
  world.queue.podUpdated(queued, {kind: 'pod-gates-eliminated', pod: queued.pod});
  assert.is(queued.place, 'active');
});

test('a gated pod hears only what its gate subscribes to', () => {
  const world = new QueueWorld();
  const queued = world.refused('a');
  world.gated.add('a');
  world.at(seconds(3)).nodeAdded();
  world.gated.delete('a');
  world.nodeAdded();
  assert.is(queued.place, 'pool');
});

test('up to 1.32 gates are not asked before the backoff queue', () => {
  const places = ([32, 33] as const).map(kubernetes => {
    const world = new QueueWorld({kubernetes});
    const queued = world.refused('a');
    world.gated.add('a');
    world.nodeAdded();
    return queued.place;
  });
  assert.equal(places, ['backoff', 'pool']);
});

test('an update of the pod itself while it is being tried counts too', () => {
  const world = new QueueWorld({plugins: {Picky: {requeueOn: [{on: 'pod-updated'}]}}});
  const queued = world.add('a');
  world.queue.pop();
  world.queue.podUpdated(queued, {kind: 'pod-updated', pod: queued.pod});
  world.queue.refused(queued, {rejectedBy: ['Picky'], pendingOn: []});
  assert.is(queued.place, 'backoff');
});

test('activating takes a pod from the pool or from backoff, and keeps one in flight out of the pool', () => {
  const world = new QueueWorld();
  const pooled = world.refused('pooled');
  world.queue.activate(pooled);
  assert.is(pooled.place, 'active');
  world.queue.pop();
  world.queue.activate(pooled);
  world.queue.refused(pooled, {rejectedBy: ['Picky'], pendingOn: []});
  assert.is(pooled.place, 'backoff');
  world.queue.activate(pooled);
  assert.is(pooled.place, 'active');
});

test('a pod that is removed is nowhere', () => {
  for (const reach of [
    (world: QueueWorld) => world.add('a'),
    (world: QueueWorld) => world.refused('a'),
    (world: QueueWorld) => world.refused('a', []),
  ]) {
    const world = new QueueWorld();
    world.queue.remove(reach(world));
    assert.equal(world.popAll(), []);
    assert.equal(world.queue.counts(), {active: 0, backoff: 0, unschedulable: 0, gated: 0});
  }
});

test('a pod that does not concern an event stays where it is', () => {
  const world = new QueueWorld();
  const queued = world.refused('a');
  world.queue.notify(nodeAdded('new'), () => false);
  assert.is(queued.place, 'pool');
});

test('a pod keeps its place in time when it comes back from the pool', () => {
  const world = new QueueWorld();
  world.refused('old');
  world.at(seconds(3)).add('new');
  world.nodeAdded();
  assert.equal(world.popAll(), ['old', 'new']);
});

test('before hints, any event during the attempt sends the pod to backoff', () => {
  const places = ([31, 32] as const).map(kubernetes => {
    const world = new QueueWorld({kubernetes});
    const queued = world.add('a');
    world.queue.pop();
    world.queue.notify({kind: 'pod-deleted', pod: world.pod('gone')});
    world.queue.refused(queued, {rejectedBy: ['Picky'], pendingOn: []});
    return queued.place;
  });
  assert.equal(places, ['backoff', 'pool']);
});

test.run();
