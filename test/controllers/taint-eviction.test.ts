// Which pods leave a node with taints NoExecute, and when: tainteviction/taint_eviction.go and its
// test, TestCreatePod and TestUpdateNode. Tolerations as key=seconds, `=` alone for ever.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {inSeconds, seconds, type Time} from '../../src/engine/time.ts';
import type {NodeId} from '../../src/objects/ids.ts';
import type {NodeChange} from '../../src/objects/node-request.ts';
import type {Toleration} from '../../src/objects/pod-spec.ts';
import {nodeWith, templateWith} from '../support/pods-and-nodes.ts';
import {ControlledWorld, type WorldOptions} from './world.ts';

const at = 0 as NodeId;
const notReady = 'node.kubernetes.io/not-ready';
const unreachable = 'node.kubernetes.io/unreachable';

function toleration(text: string): Toleration {
  const [key, after] = text.split('=');
  const tolerationSeconds = after === '' ? undefined : Number(after);
  return {key, operator: 'Exists', value: '', effect: 'NoExecute', tolerationSeconds};
}

/** A pod on each of two nodes, which are ready. */
function podWorld(tolerations: string, options: WorldOptions = {}) {
  const world = new ControlledWorld({nodes: [nodeWith('a'), nodeWith('b')], ...options}).start();
  const spec = {tolerations: tolerations === '' ? [] : tolerations.split(' ').map(toleration)};
  const template = templateWith({spec});
  for (const ordinal of [0, 1]) {
    world.api.applyPod({name: `pod-${ordinal}`, template, lifetime: undefined, ordinal});
  }
  world.simulation.run(seconds(100));
  const taint = (add: string, remove?: string) => change(world, add, remove);
  return {world, taint};
}

function change({operator}: ControlledWorld, add: string, remove?: string): void {
  const addTaints = add === '' ? [] : [{key: add, value: '', effect: 'NoExecute'}];
  const removeTaints = remove === undefined ? [] : [{key: remove, effect: 'NoExecute'}];
  const taints: NodeChange = {addTaints, removeTaints};
  operator.writeNode({verb: 'update', node: at, ...taints});
}

/** Seconds until the pod of the first node is deleted; `undefined`: it never is. */
function departure(world: ControlledWorld): number | undefined {
  const from = world.simulation.now;
  let after: Time | undefined;
  world.store.signals.terminating.watch(pod => {
    assert.is(world.store.pods.node(pod), at, 'only from the node that is tainted');
    assert.is(world.store.pods.disruption(pod), 'DeletionByTaintManager');
    after ??= world.simulation.now - from;
  });
  world.simulation.run(from + seconds(5000));
  return after === undefined ? undefined : Math.round(inSeconds(after) * 10) / 10;
}

for (const [tolerations, after] of [
  ['', 0],
  ['other=', 0],
  ['special=', undefined],
  ['special=100', 100],
  ['special=0', 0],
  ['special=-7', 0],
  ['special=100 special=', 100],
  ['special= special=100', undefined],
] as const) {
  const when = after === undefined ? 'never leaves' : `leaves after ${after} s`;
  test(`a pod that tolerates [${tolerations}] ${when}`, () => {
    const {world, taint} = podWorld(tolerations);
    taint('special');
    assert.is(departure(world), after);
  });
}

test('of several taints the shortest toleration counts', () => {
  const {world, taint} = podWorld('special=100 other=30');
  taint('special');
  taint('other');
  assert.is(departure(world), 100, 'but a time that runs is not begun anew');
  const {world: both} = podWorld('special=100 other=30');
  const taints = ['special', 'other'].map(key => ({key, value: '', effect: 'NoExecute'}));
  both.operator.writeNode({verb: 'update', node: at, addTaints: taints});
  assert.is(departure(both), 30);
});

test('a taint that goes in time leaves the pod alone, and the next begins anew', () => {
  const {world, taint} = podWorld('special=100');
  taint('special');
  world.simulation.run(seconds(190));
  taint('', 'special');
  world.simulation.run(seconds(300));
  assert.is(world.store.pods.count, 2);
  taint('special');
  assert.is(departure(world), 100);
});

test('another taint in place of the first keeps the time that runs', () => {
  const {world, taint} = podWorld(`${notReady}=300 ${unreachable}=300`);
  world.operator.writeNode({verb: 'update-status', node: at, conditions: {ready: 'False'}});
  world.simulation.run(seconds(110));
  assert.ok(world.taints(at).includes('not-ready:NoExecute'));
  taint('', 'none');
  const from = world.simulation.now;
  world.operator.writeNode({verb: 'update-status', node: at, conditions: {ready: 'Unknown'}});
  const rest = departure(world);
  assert.ok(rest !== undefined && inSeconds(from) + rest < 406 && inSeconds(from) + rest > 399);
});

test('a pod that comes to a tainted node leaves it again', () => {
  const {world, taint} = podWorld('special=');
  taint('special');
  world.simulation.run(seconds(200));
  const spec = {nodeName: 'a', tolerations: [toleration('special=50')]};
  const template = templateWith({spec});
  world.api.applyPod({name: 'late', template, lifetime: undefined, ordinal: 2});
  assert.is(departure(world), 50);
});

test('pods without a toleration of their own put up with a lost node for 300 s', () => {
  const {world} = podWorld('');
  world.crash(at);
  let tainted: Time | undefined;
  world.store.nodeSignals.changed.watch((_node, _before, after) => {
    if (after?.taints.some(({effect}) => effect === 'NoExecute')) tainted ??= world.simulation.now;
  });
  const from = world.simulation.now;
  const after = departure(world) ?? 0;
  assert.is(Math.round((after - inSeconds((tainted ?? 0) - from)) * 10) / 10, 300);
  assert.ok(after >= 339.5 && after <= 355.5, `${after}`);
});

test('a node costs one event for all its pods, and its pods go at 20 requests a second', () => {
  const world = new ControlledWorld({nodes: [nodeWith('a')]}).start();
  const template = templateWith({spec: {tolerations: [toleration('special=100')]}});
  for (let ordinal = 0; ordinal < 110; ordinal++) {
    world.api.applyPod({name: `pod-${ordinal}`, template, lifetime: undefined, ordinal});
  }
  world.simulation.run(seconds(100));
  change(world, 'special');
  const times: Time[] = [];
  world.store.signals.terminating.watch(() => times.push(world.simulation.now));
  world.simulation.run(seconds(300));
  assert.is(world.simulation.profile.get('taint-eviction-controller.time-over'), 1);
  assert.is(times.length, 110);
  // Three requests a pod, of which 30 go at once.
  assert.is(Math.round(inSeconds(times[109] - times[0])), Math.round((330 - 30) / 20));
});

test.run();
