// Laws of whole runs, over many seeds, in a cluster that has too much to do.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import type {NodeId} from '../../src/objects/ids.ts';
import {type BuiltWorld, build} from '../../src/scenario/build.ts';
import type {LoadedScenario} from '../../src/scenario/loaded.ts';
import {busyScenario} from '../support/busy-scenario.ts';
import {forEachSeed} from '../support/for-each-seed.ts';

const versions = ['1.31', '1.34', '1.36'];
const base = new Map<string, LoadedScenario>();
for (const version of versions) base.set(version, await busyScenario(1, version));

function scenarioFor(seed: number): LoadedScenario {
  const scenario = base.get(versions[seed % versions.length]);
  if (scenario === undefined) throw new Error('no such version');
  return {...scenario, seed};
}

function started(scenario: LoadedScenario, plainScheduling = false): BuiltWorld {
  const world = build(scenario, {plugins: [], replication: 0, plainScheduling});
  world.start();
  return world;
}

test('a run that is saved in the middle and restored elsewhere goes on as if nothing had been', () => {
  forEachSeed(30, seed => {
    const scenario = scenarioFor(seed);
    const whole = started(scenario);
    whole.simulation.run(scenario.duration);

    const first = started(scenario);
    first.simulation.run(scenario.duration, {maxEvents: 400 + 97 * seed});
    const saved = structuredClone(first.simulation.save());
    const second = build(scenario, {plugins: [], replication: 0});
    second.simulation.restore(saved);
    second.simulation.run(scenario.duration);

    assert.is(second.simulation.eventsHandled, whole.simulation.eventsHandled);
    assert.is(second.simulation.fingerprint, whole.simulation.fingerprint);
    assert.equal(second.scheduler.queue.counts(), whole.scheduler.queue.counts());
  });
});

test('keeping answers changes no event of a run', () => {
  forEachSeed(30, seed => {
    const scenario = scenarioFor(seed);
    const kept = started(scenario);
    const plain = started(scenario, true);
    kept.simulation.run(scenario.duration);
    plain.simulation.run(scenario.duration);
    assert.is(kept.simulation.fingerprint, plain.simulation.fingerprint);
  });
});

test('a node never holds more than it has, and no pod is on two nodes or lost', () => {
  forEachSeed(20, seed => {
    const scenario = scenarioFor(seed);
    const world = started(scenario);
    const {store, scheduler} = world;
    store.signals.scheduled.watch((pod, node) => {
      assert.is(store.pods.node(pod), node);
      checkRoom(world, node);
    });
    world.simulation.run(scenario.duration);
    for (const node of scheduler.cache.nodes) {
      for (const pod of node.pods) assert.is(pod.node, node);
    }
    const waiting = [...store.pods.all()].filter(pod => store.pods.node(pod) === undefined);
    const {active, backoff, unschedulable, gated} = scheduler.queue.counts();
    const known = active + backoff + unschedulable + gated + scheduler.bindings.count;
    // One is being tried, and of one or two the scheduler has not heard yet.
    const missing = waiting.length - known;
    assert.ok(missing >= 0 && missing <= 4, `${missing} of ${waiting.length} pods are nowhere`);
  });
});

function checkRoom({store}: BuiltWorld, node: NodeId): void {
  const object = store.nodes.get(node);
  if (object === undefined) throw new Error('a pod went to a node that is not there');
  let cpu = 0;
  let count = 0;
  for (const pod of store.pods.all()) {
    if (store.pods.node(pod) !== node || store.pods.phase(pod) === 'Succeeded') continue;
    count++;
    for (const {requests} of store.pods.template(pod).spec.containers) {
      cpu += requests.get('cpu') ?? 0;
    }
  }
  assert.ok(cpu <= (object.allocatable.get('cpu') ?? 0), `${object.name} holds ${cpu}m`);
  assert.ok(count <= (object.allocatable.get('pods') ?? 0), `${object.name} holds ${count} pods`);
}

test('the busy cluster preempts, refuses and finishes pods', async () => {
  const scenario = scenarioFor(2);
  const world = started(scenario);
  let [preempted, refused, ended] = [0, 0, 0];
  world.store.signals.preempted.watch(() => preempted++);
  world.store.signals.refused.watch(() => refused++);
  world.store.signals.ended.watch(() => ended++);
  world.simulation.run(scenario.duration);
  assert.ok(preempted > 5 && refused > 50 && ended > 200, `${preempted} ${refused} ${ended}`);
  assert.is(world.scheduler.queue.counts().gated, 3);
});

test.run();
