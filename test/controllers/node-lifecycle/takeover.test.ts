// What a controller manager that takes over knows of lost nodes: nothing. Clocks begin anew
// (node_lifecycle_controller.go and taint_eviction.go keep all of it in memory).

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {inSeconds, seconds} from '../../../src/engine/time.ts';
import {deployment} from '../world.ts';
import {node, nodesIn, runningWorld, timeUntil} from './lost-nodes.ts';

const at = node(1);
const nodes = nodesIn('z', 4);

test('a lost node gets a whole grace period again', () => {
  const world = runningWorld({nodes});
  world.crash(at);
  world.simulation.run(seconds(130));
  world.manager.stop();
  world.simulation.run(seconds(150));
  world.manager.start();
  const time = timeUntil(world, () => world.node(at).conditions.ready === 'Unknown');
  assert.ok(time >= seconds(50) && time <= seconds(55.1), `${inSeconds(time)}`);
});

test('while nobody leads, nothing is noticed', () => {
  const world = runningWorld({nodes});
  world.manager.stop();
  world.crash(at);
  world.operator.writeNode({verb: 'update', node: node(2), unschedulable: true});
  world.simulation.run(seconds(1000));
  assert.is(world.node(at).conditions.ready, 'True');
  assert.is(world.taints(node(2)), '');
  world.manager.start();
  world.simulation.run(seconds(1060));
  assert.is(world.taints(at), 'unreachable:NoExecute unreachable:NoSchedule');
  assert.is(world.taints(node(2)), 'unschedulable:NoSchedule');
});

test('the pods of a tainted node get their whole 300 s again', () => {
  const world = runningWorld({nodes}, 0);
  world.api.applyWorkload(deployment({replicas: 8}));
  world.simulation.run(seconds(100));
  world.crash(at);
  world.simulation.run(seconds(400));
  world.manager.stop();
  world.simulation.run(seconds(430));
  world.manager.start();
  const {pods} = world.store;
  const going = () => world.pods().some(pod => pods.node(pod) === at && pods.terminating(pod));
  const time = inSeconds(timeUntil(world, going));
  assert.ok(time >= 300 && time < 300.1, `${time}`);
});

test('a node that waited for its turn waits again', () => {
  const world = runningWorld({nodes: nodesIn('z', 10), flags: {nodeEvictionRate: 0.01}});
  world.crash(node(1), node(2), node(3));
  world.simulation.run(seconds(200));
  const tainted = () => [1, 2, 3].filter(id => world.taints(node(id)).includes('NoExecute')).length;
  assert.is(tainted(), 1);
  world.manager.stop();
  world.simulation.run(seconds(210));
  world.manager.start();
  world.simulation.run(seconds(211));
  assert.is(tainted(), 2);
  world.simulation.run(seconds(400));
  assert.is(tainted(), 3);
});

test.run();
