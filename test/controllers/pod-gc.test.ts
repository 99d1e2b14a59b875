// Which pods are collected, and when: podgc/gc_controller.go, with passes of 20 s.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {inSeconds, seconds, type Time} from '../../src/engine/time.ts';
import type {NodeId} from '../../src/objects/ids.ts';
import {forEachSeed} from '../support/for-each-seed.ts';
import {nodeWith, templateWith} from '../support/pods-and-nodes.ts';
import {timeUntil} from './node-lifecycle/lost-nodes.ts';
import {ControlledWorld, type WorldOptions} from './world.ts';

const at = 0 as NodeId;

function podWorld(count: number, options: WorldOptions = {}): ControlledWorld {
  const world = new ControlledWorld({nodes: [nodeWith('a'), nodeWith('b')], ...options}).start();
  for (let ordinal = 0; ordinal < count; ordinal++) {
    const template = templateWith();
    world.api.applyPod({name: `pod-${ordinal}`, template, lifetime: undefined, ordinal});
  }
  world.simulation.run(seconds(100) + 7919 * (options.seed ?? 1));
  return world;
}

const onNode = ({store}: ControlledWorld) =>
  [...store.pods.all()].filter(pod => store.pods.node(pod) === at).length;

test('pods of a node that was deleted go 40 to 80 s later', () => {
  const times = new Set<number>();
  forEachSeed(100, seed => {
    const world = podWorld(4, {seed});
    const outcomes: string[] = [];
    world.store.signals.ended.watch((_pod, outcome, reason) => outcomes.push(outcome, reason));
    world.operator.writeNode({verb: 'delete', node: at});
    const time = inSeconds(timeUntil(world, () => onNode(world) === 0));
    assert.ok(time >= 40 && time <= 80, `${time}`);
    assert.equal(outcomes, ['evicted', 'DeletionByPodGC', 'evicted', 'DeletionByPodGC']);
    times.add(Math.floor(time));
  });
  assert.ok(times.size >= 15);
});

test('a pod that names a node that is not there any more goes, too', () => {
  const world = podWorld(0);
  world.operator.writeNode({verb: 'delete', node: at});
  world.simulation.run(seconds(300));
  const template = templateWith();
  world.api.applyPod({name: 'late', template, lifetime: undefined, ordinal: 9});
  world.operator.bindPod(world.pods()[0], at);
  assert.ok(timeUntil(world, () => world.store.pods.count === 0) < seconds(80));
});

test('deleted pods of a node that is out of service go at the next pass, and only they', () => {
  forEachSeed(30, seed => {
    const world = podWorld(6, {seed});
    world.crash(at);
    world.simulation.run(seconds(200));
    const [first] = world.pods().filter(pod => world.store.pods.node(pod) === at);
    world.operator.deletePod(first);
    world.simulation.run(seconds(300));
    assert.is(onNode(world), 3, 'its kubelet does not confirm it');
    const taint = {key: 'node.kubernetes.io/out-of-service', value: '', effect: 'NoSchedule'};
    world.operator.writeNode({verb: 'update', node: at, addTaints: [taint]});
    const time = timeUntil(world, () => onNode(world) === 2);
    assert.ok(time <= seconds(20.1), `${inSeconds(time)}`);
    world.simulation.run(seconds(340));
    assert.is(onNode(world), 2);
  });
});

test('with a taint NoExecute all pods of such a node are gone 20 s later', () => {
  const world = podWorld(6);
  world.crash(at);
  world.simulation.run(seconds(200));
  const taint = {key: 'node.kubernetes.io/out-of-service', value: '', effect: 'NoExecute'};
  world.operator.writeNode({verb: 'update', node: at, addTaints: [taint]});
  assert.ok(timeUntil(world, () => onNode(world) === 0) <= seconds(25));
});

test('of ended pods only so many stay, the youngest', () => {
  const ends = () => ({after: seconds(1), phase: 'Succeeded'}) as const;
  const world = podWorld(50, {ends, flags: {terminatedPodGcThreshold: 20}});
  world.simulation.run(seconds(200));
  const names = world.pods().map(pod => world.store.pods.name(pod));
  assert.is(names.length, 20);
  assert.ok(names.every(name => Number(name.slice(4)) >= 30));
});

test('with a threshold of 0 all of them stay', () => {
  const ends = () => ({after: seconds(1), phase: 'Succeeded'}) as const;
  const world = podWorld(50, {ends, flags: {terminatedPodGcThreshold: 0}});
  world.simulation.run(seconds(200));
  assert.is(world.store.pods.count, 50);
});

test('where there is nothing to collect there is no pass', () => {
  const world = podWorld(10);
  const last: Time = world.simulation.now;
  assert.is(world.simulation.profile.get('pod-garbage-collector.pass-began'), 0, `${last}`);
});

test.run();
