// The taints and the status that follow from a node's condition:
// pkg/controller/nodelifecycle/node_lifecycle_controller.go.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {inSeconds, seconds} from '../../../src/engine/time.ts';
import type {NodeConditions} from '../../../src/objects/node-spec.ts';
import {forEachSeed} from '../../support/for-each-seed.ts';
import {nodeWith} from '../../support/pods-and-nodes.ts';
import {deployment} from '../world.ts';
import {node, nodesIn, runningWorld, timeUntil} from './lost-nodes.ts';

const nodes = nodesIn('z', 4);
const at = node(1);

for (const [conditions, unschedulable, taints] of [
  [{}, false, ''],
  [{ready: 'False'}, false, 'not-ready:NoExecute not-ready:NoSchedule'],
  [{ready: 'Unknown'}, false, 'unreachable:NoExecute unreachable:NoSchedule'],
  [{memoryPressure: true}, false, 'memory-pressure:NoSchedule'],
  [{diskPressure: true}, true, 'disk-pressure:NoSchedule unschedulable:NoSchedule'],
  [{}, true, 'unschedulable:NoSchedule'],
] as [Partial<NodeConditions>, boolean, string][]) {
  test(`${JSON.stringify(conditions)}, cordoned ${unschedulable}: [${taints}]`, () => {
    const world = runningWorld({nodes});
    world.operator.writeNode({verb: 'update-status', node: at, conditions});
    if (unschedulable) world.operator.writeNode({verb: 'update', node: at, unschedulable});
    world.simulation.run(seconds(120));
    assert.is(world.taints(at), taints);
    world.operator.writeNode({verb: 'update', node: at, unschedulable: false});
    world.operator.writeNode({
      ...{verb: 'update-status', node: at},
      conditions: {ready: 'True', memoryPressure: false, diskPressure: false},
    });
    world.simulation.run(seconds(126));
    assert.is(world.taints(at), '');
  });
}

test('a cordoned node is closed at once', () => {
  const world = runningWorld({nodes});
  world.operator.writeNode({verb: 'update', node: at, unschedulable: true});
  const time = timeUntil(world, () => world.taints(at) === 'unschedulable:NoSchedule');
  assert.ok(time < seconds(0.05));
});

test('a lost node is closed at once and loses its pods 0 to 0.2 s later', () => {
  forEachSeed(100, seed => {
    const world = runningWorld({seed, nodes});
    world.crash(at);
    timeUntil(world, () => world.node(at).conditions.ready === 'Unknown');
    const closed = timeUntil(world, () => world.taints(at).includes('NoSchedule'));
    const driven = timeUntil(world, () => world.taints(at).includes('NoExecute'));
    assert.ok(closed < seconds(0.05) && closed + driven <= seconds(0.2), `${closed} ${driven}`);
    assert.is(world.taints(at), 'unreachable:NoExecute unreachable:NoSchedule');
    assert.is(world.node(at).conditions.readyReason, 'NodeStatusUnknown');
  });
});

test('when its kubelet reports again, the taints go at once and at the next pass', () => {
  forEachSeed(100, seed => {
    const world = runningWorld({seed, nodes});
    world.crash(at);
    world.simulation.run(seconds(200));
    world.recover(at);
    const open = timeUntil(world, () => !world.taints(at).includes('NoSchedule'));
    const clean = timeUntil(world, () => world.taints(at) === '');
    assert.ok(open < seconds(0.05) && open + clean <= seconds(5.02), `${inSeconds(clean)}`);
  });
});

test('one reason takes the place of the other at the next pass, whatever the rate', () => {
  const world = runningWorld({nodes, flags: {nodeEvictionRate: 0.001}});
  const post = (ready: 'False' | 'Unknown') =>
    world.operator.writeNode({verb: 'update-status', node: at, conditions: {ready}});
  post('False');
  world.simulation.run(seconds(110));
  assert.is(world.taints(at), 'not-ready:NoExecute not-ready:NoSchedule');
  post('Unknown');
  world.simulation.run(seconds(116));
  assert.is(world.taints(at), 'unreachable:NoExecute unreachable:NoSchedule');
  post('False');
  world.simulation.run(seconds(122));
  assert.is(world.taints(at), 'not-ready:NoExecute not-ready:NoSchedule');
});

test('the pods of a lost node are unready as soon as it is lost, those of others stay ready', () => {
  const world = runningWorld({nodes}, 0);
  world.api.applyWorkload(deployment({replicas: 40}));
  world.simulation.run(seconds(100));
  world.crash(at);
  timeUntil(world, () => world.node(at).conditions.ready === 'Unknown');
  world.simulation.run(world.simulation.now + seconds(1));
  const {pods} = world.store;
  for (const pod of world.pods()) assert.is(pods.ready(pod), pods.node(pod) !== at);
});

test('its pods are marked one after the other, at most 20 a second after the first', () => {
  const world = runningWorld({nodes: nodesIn('z', 4)}, 0);
  world.api.applyWorkload(deployment({replicas: 240}));
  world.simulation.run(seconds(100));
  world.crash(at);
  timeUntil(world, () => world.node(at).conditions.ready === 'Unknown');
  const {pods} = world.store;
  const left = () => world.pods().filter(pod => pods.node(pod) === at && pods.ready(pod)).length;
  const time = inSeconds(timeUntil(world, () => left() === 0));
  // 60 pods, the status and two taints, of which 30 go at once.
  assert.ok(time > 1.3 && time < 2, `${time}`);
});

test('a node that is there from the start and never beats counts as lost, too', () => {
  const world = runningWorld({nodes: [...nodes, nodeWith('late')]}, 0);
  world.crash(node(4));
  world.simulation.run(seconds(56));
  assert.is(world.node(node(4)).conditions.ready, 'Unknown');
});

test('a node that has not become ready yet has 60 s to do so', () => {
  const conditions = {...nodes[0].conditions, ready: 'False'} as const;
  const world = runningWorld({nodes});
  world.heartbeats.lose(node(4));
  world.store.nodes.add(nodeWith('new', {conditions}), world.simulation.now);
  const time = timeUntil(world, () => world.node(node(4)).conditions.ready === 'Unknown');
  assert.ok(time >= seconds(60) && time <= seconds(65.02), `${inSeconds(time)}`);
});

test.run();
