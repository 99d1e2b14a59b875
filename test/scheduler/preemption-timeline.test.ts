// Preemption from end to end: who is nominated, who goes when, and who gets the room.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {seconds} from '../../src/engine/time.ts';
import {nodeWith} from '../support/pods-and-nodes.ts';
import {type SchedulerWishes, SchedulerWorld} from '../support/scheduler-world.ts';

const whole = {cpuMillicores: 4000};
const half = {cpuMillicores: 2000};
const graceful = (grace: number) => ({spec: {terminationGracePeriod: seconds(grace)}});

function running(wishes: SchedulerWishes = {}): SchedulerWorld {
  return new SchedulerWorld({kubelet: true, ...wishes});
}

/** Only what is said of preemption, from `at` on. */
function story({said}: SchedulerWorld): string[] {
  return said.map(line => line.replace(/: .*/, '')).slice(1);
}

test('a pod of higher priority is nominated at once and bound when its victim is gone', () => {
  const world = running();
  world.pod('low', {...whole, ...graceful(10)});
  world.at(seconds(20)).pod('high', {...whole, priority: 9});
  world.at(seconds(40));
  assert.equal(story(world), [
    // One watch and one cycle after its creation.
    '20004.000 refused high',
    '20004.000 nominated high to node-0',
    '20004.000 preempted low',
    // 5 ms to be stored, 3 ms until the kubelet knows, ten seconds of grace, 5 ms to confirm.
    '30017.000 deleted low',
    // 3 ms until the scheduler knows, 1 ms to try, 5 ms to bind.
    '30026.000 scheduled high on node-0',
  ]);
});

test('others of lower priority may not take the room that is being made', () => {
  const world = running();
  world.pod('low', {...whole, ...graceful(10)});
  world.at(seconds(20)).pod('high', {...whole, priority: 9});
  const sneaky = world.at(seconds(21)).pod('sneaky', half);
  world.at(seconds(60));
  assert.is(world.nodeOf(sneaky), undefined);
});

test('a pod of equal priority may not either, and evicts nobody twice', () => {
  const world = running({nodes: [nodeWith('node-0'), nodeWith('node-1')]});
  for (const name of ['low-0', 'low-1']) world.pod(name, {...whole, ...graceful(10)});
  world.at(seconds(20));
  for (const name of ['high-0', 'high-1']) world.pod(name, {...whole, priority: 9});
  world.at(seconds(60));
  assert.is(world.said.filter(line => line.includes('preempted')).length, 2);
  assert.is(world.said.filter(line => line.includes('scheduled high')).length, 2);
});

test('two pods that want the same victim are both placed when it is gone', () => {
  const world = running();
  world.pod('low', {...whole, ...graceful(10)});
  world.at(seconds(20));
  for (const name of ['high-0', 'high-1']) world.pod(name, {...half, priority: 9});
  world.at(seconds(60));
  assert.is(world.said.filter(line => line.includes('preempted')).length, 1);
  assert.is(world.said.filter(line => line.includes('scheduled high')).length, 2);
});

test('a pod with a higher priority still takes the nomination over', () => {
  const world = running();
  world.pod('low', {...whole, ...graceful(10)});
  const high = world.at(seconds(20)).pod('high', {...whole, priority: 9});
  const highest = world.at(seconds(25)).pod('highest', {...whole, priority: 10});
  world.at(seconds(28));
  assert.is(world.store.pods.nominatedNode(high), undefined);
  world.at(seconds(60));
  assert.is(world.nodeOf(highest), 'node-0');
  assert.is(world.nodeOf(high), undefined);
});

test('a nominated pod takes another node when that has room first', () => {
  const world = running();
  world.pod('low', {...whole, ...graceful(30)});
  const high = world.at(seconds(20)).pod('high', {...whole, priority: 9});
  world.at(seconds(25)).addNode(nodeWith('node-1'));
  world.at(seconds(26));
  assert.is(world.nodeOf(high), 'node-1');
});

test('when a nominated pod is deleted, those it kept out hear of it', () => {
  const world = running();
  world.pod('low', {...half, ...graceful(30)});
  world.pod('stays', {...half, priority: 9});
  const high = world.at(seconds(20)).pod('high', {...half, priority: 9});
  world.at(seconds(30)).pod('waiting', {cpuMillicores: 100, priority: 0});
  world.at(seconds(40)).client.deletePod(high);
  world.at(seconds(41));
  const tried = world.said.filter(line => line.includes('refused waiting'));
  assert.is(tried.length, 2);
});

test('from 1.33 on the pod is gated until its evictions are taken', () => {
  const gated = ([32, 33] as const).map(kubernetes => {
    const world = running({kubernetes, nodes: [nodeWith('node-0'), nodeWith('node-1')]});
    world.pod('low', {...whole, ...graceful(10)});
    world.pod('other', {...whole, priority: 9});
    world.at(seconds(20)).pod('high', {...whole, priority: 9});
    // Evicting takes effect 5 ms later, and is known 3 ms after that.
    world.at(seconds(20.006)).addNode(nodeWith('node-2', {cpuMillicores: 1000}));
    world.addNode(nodeWith('node-3'));
    world.at(seconds(20.0095));
    return world.said.some(line => line.includes('gated high by DefaultPreemption'));
  });
  assert.equal(gated, [false, true]);
});

test('a victim without grace is gone at once, and so is what kept the pod', () => {
  const world = running();
  world.pod('low', {...whole, ...graceful(0)});
  world.at(seconds(20)).pod('high', {...whole, priority: 9});
  world.at(seconds(21));
  assert.is(story(world).at(-1), '20018.000 scheduled high on node-0');
});

test('a pod that is on its way out already is not evicted again', () => {
  const world = running();
  const low = world.pod('low', {...whole, ...graceful(30)});
  world.at(seconds(20)).client.deletePod(low);
  world.at(seconds(21)).pod('high', {...whole, priority: 9});
  world.at(seconds(22));
  assert.equal(story(world), ['21004.000 refused high', '21004.000 nominated high to node-0']);
});

test('a nominated pod that somebody else binds keeps no room elsewhere', () => {
  const world = running();
  world.pod('low', {...whole, ...graceful(30)});
  const high = world.at(seconds(20)).pod('high', {...whole, priority: 9});
  world.at(seconds(21)).client.bindPod(high, world.addNode(nodeWith('node-1', {pods: 0})));
  world.at(seconds(22));
  assert.is(world.scheduler.cache.nominations.empty, true);
});

test('when a pod loses its nomination, those it kept out hear of it', () => {
  const world = running();
  world.pod('low', {...whole, ...graceful(30)});
  world.at(seconds(20)).pod('high', {...whole, priority: 9});
  world.at(seconds(24)).pod('waiting', half);
  world.at(seconds(28)).pod('highest', {...whole, priority: 10});
  world.at(seconds(29));
  assert.is(world.said.filter(line => line.includes('refused waiting')).length, 2);
});

test('what is evicted for a pod that has gone is no business of the next of its number', () => {
  const world = running();
  world.pod('low', {...whole, ...graceful(10)});
  const high = world.at(seconds(20)).pod('high', {...whole, priority: 9});
  // The deletion is known at 8 ms, that of the victim at 12 ms.
  world.client.deletePod(high);
  const next = world.at(seconds(20.0085)).pod('next', {cpuMillicores: 100});
  assert.is(next, high);
  world.at(seconds(21));
  assert.is(world.scheduler.informer.pod(next)?.evictionsUnderWay, 0);
});

test('a pod whose node is deleted loses no room elsewhere by its nomination', () => {
  const world = running();
  world.pod('low', {...whole, ...graceful(30)});
  const high = world.at(seconds(20)).pod('high', {...whole, priority: 9});
  world.at(seconds(21)).removeNode('node-0');
  world.at(seconds(22)).addNode(nodeWith('node-1'));
  world.at(seconds(25));
  assert.is(world.nodeOf(high), 'node-1');
  assert.is(world.scheduler.cache.nominations.empty, true);
});

test.run();
