// Leases that are worked out instead of played, and what kubelets say of their nodes.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {milliseconds, second, seconds} from '../../src/engine/time.ts';
import type {NodeId} from '../../src/objects/ids.ts';
import {write} from '../control-plane/world.ts';
import {forEachSeed} from '../support/for-each-seed.ts';
import {failingWorld} from './failing-world.ts';

type World = ReturnType<typeof failingWorld>;

function heard({heartbeats, simulation}: World) {
  const times: {what: 'ended' | 'resumed'; at: number}[] = [];
  heartbeats.ended.watch(() => times.push({what: 'ended', at: simulation.now}));
  heartbeats.resumed.watch(() => times.push({what: 'resumed', at: simulation.now}));
  return times;
}

function setNotReady({store, simulation}: World, node: NodeId): void {
  const known = store.nodes.get(node);
  if (known === undefined) return;
  const conditions = {...known.conditions, ready: 'Unknown' as const};
  store.nodes.replace(node, {...known, conditions}, simulation.now);
}

test('a healthy cluster beats for a year without an event', () => {
  const world = failingWorld('simple');
  const year = 365 * 86_400;
  world.simulation.run(seconds(year));
  assert.is(world.simulation.eventsHandled, 0);
  const age = seconds(year) - world.heartbeats.lastRenewal(world.node);
  assert.ok(age >= 0 && age < 10.4 * second, `${age}`);
});

test('the last renewal before a crash is up to 10.4 s old, any age as likely, over seeds', () => {
  const ages: number[] = [];
  forEachSeed(2000, seed => {
    const world = failingWorld('simple', {seed});
    world.fail('power', 100);
    assert.is(world.heartbeats.beating(world.node), false);
    world.simulation.run(seconds(200));
    ages.push((seconds(100) - world.heartbeats.lastRenewal(world.node)) / second);
  });
  assert.ok(Math.min(...ages) >= 0 && Math.max(...ages) < 10.4);
  const mean = ages.reduce((sum, age) => sum + age, 0) / ages.length;
  // Uniform up to a period of 10.2 s on average: four standard errors around 5.1 s.
  assert.ok(Math.abs(mean - 5.1) < (4 * 2.95) / Math.sqrt(2000), `${mean}`);
});

test('a kubelet renews as soon as it runs again, and says so once', () => {
  for (const [what, back] of [
    ['power', 190],
    ['kubelet', 160],
  ] as const) {
    const world = failingWorld('simple');
    const times = heard(world);
    world.fail(what, 100, 60);
    world.simulation.run(seconds(1000));
    const expected = [
      {what: 'ended', at: seconds(100)},
      {what: 'resumed', at: seconds(back)},
    ];
    assert.equal(times, expected);
    assert.is(world.heartbeats.beating(world.node), true);
  }
});

test('a kubelet whose line is back renews at its next time', () => {
  const world = failingWorld('simple');
  const times = heard(world);
  world.fail('link', 100, 60);
  world.simulation.run(seconds(1000));
  const [ended, resumed] = times;
  assert.equal([ended.at, resumed.what, times.length], [seconds(100), 'resumed', 2]);
  assert.ok(resumed.at > seconds(160) && resumed.at < seconds(170.4), `${resumed.at}`);
});

test('a renewal that is due without a line waits for the next, however often it is lost', () => {
  const world = failingWorld('simple');
  const times = heard(world);
  for (let i = 0; i < 20; i++) world.fail('link', 100 + i, 0.5);
  world.simulation.run(seconds(1000));
  const gaps = times.filter(({what}) => what === 'resumed').map(({at}) => at);
  assert.is(times.length, 2 * gaps.length);
  assert.ok(gaps.length >= 1 && gaps.length <= 3);
  assert.is(world.heartbeats.beating(world.node), true);
});

test('a node is ready within 100 ms of its kubelet, where the API says otherwise', () => {
  const world = failingWorld('simple');
  world.fail('power', 100);
  setNotReady(world, world.node);
  world.simulation.run(seconds(200));
  world.machines.withoutPower.release(world.node);
  world.simulation.run(seconds(1000));
  const {conditions} = world.store.nodes.get(world.node) ?? {};
  assert.equal([conditions?.ready, conditions?.readyReason], ['True', 'KubeletReady']);
  const wait = (conditions?.readySince ?? 0) - seconds(230);
  assert.ok(wait >= 0 && wait <= milliseconds(100) + write, `${wait}`);
});

test('a kubelet that never stopped says so at its next look, within 10 s', () => {
  for (const marked of ['before the line is back', 'after'] as const) {
    const world = failingWorld('simple');
    world.fail('link', 100);
    if (marked !== 'after') setNotReady(world, world.node);
    world.simulation.run(seconds(200));
    world.machines.withoutLink.release(world.node);
    if (marked === 'after') setNotReady(world, world.node);
    world.simulation.run(seconds(1000));
    const {conditions} = world.store.nodes.get(world.node) ?? {};
    const wait = (conditions?.readySince ?? 0) - seconds(200);
    assert.ok(conditions?.ready === 'True' && wait <= seconds(10) + write, `${wait}`);
  }
});

test('a machine that joins registers when it has booted, not ready yet', () => {
  const world = failingWorld('simple');
  const {store, simulation, machines, joiner} = world;
  const model = store.nodes.get(world.node);
  if (model === undefined) throw new Error('no node');
  const said: string[] = [];
  store.nodeSignals.changed.watch((id, before, after) => {
    if (before === undefined) machines.add(id, {zone: undefined, rack: undefined});
    const taints = after?.taints.map(({key}) => key);
    said.push(`${after?.conditions.ready} ${taints}`);
  });
  simulation.run(seconds(50));
  joiner.join({...model, name: 'node-2'});
  simulation.run(seconds(80));
  assert.is(store.nodes.id('node-2'), undefined);
  simulation.run(seconds(81));
  // The taint stays for the node controller to take off.
  assert.equal(
    said,
    ['False', 'True'].map(ready => `${ready} node.kubernetes.io/not-ready`),
  );
});

test('a node that comes later is ready as soon as its kubelet runs, and takes pods', () => {
  const world = failingWorld('simple');
  const {store, simulation, machines} = world;
  simulation.run(seconds(50));
  const model = store.nodes.get(world.node);
  if (model === undefined) throw new Error('no node');
  const conditions = {...model.conditions, ready: 'False' as const};
  const node = store.nodes.add({...model, name: 'node-2', conditions}, simulation.now);
  machines.add(node, {zone: undefined, rack: undefined});
  const pod = world.pod({nodeName: 'node-2'});
  simulation.run(seconds(60));
  assert.is(store.nodes.get(node)?.conditions.ready, 'True');
  assert.equal([store.pods.ready(pod), world.heartbeats.beating(node)], [true, true]);
});

test.run();
