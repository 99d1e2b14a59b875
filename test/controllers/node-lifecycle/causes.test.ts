// What follows from a node's loss goes back to it, whatever happens beside it.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {seconds} from '../../../src/engine/time.ts';
import type {CauseId} from '../../../src/objects/causes.ts';
import type {NodeId} from '../../../src/objects/ids.ts';
import {type ControlledWorld, deployment} from '../world.ts';
import {node, nodesIn, runningWorld} from './lost-nodes.ts';

function crash(world: ControlledWorld, lost: NodeId): CauseId {
  const target = `node/${world.node(lost).name}`;
  const cause = world.store.causes.begin({origin: 'fault', kind: 'node-crash', target});
  world.crash(lost);
  world.simulation.cause = 0;
  return cause;
}

test('marks, taints, evictions and new pods bear the cause of the crash of their node', () => {
  const world = runningWorld({nodes: nodesIn('z', 6)}, 0);
  const {simulation, store} = world;
  world.api.applyWorkload(deployment({replicas: 18}));
  simulation.run(seconds(100));
  const causes = new Map([node(1), node(2)].map(lost => [lost, crash(world, lost)]));
  const told: string[] = [];
  const tell = (what: string, lost: NodeId | undefined) => {
    assert.is(simulation.cause, lost && causes.get(lost), what);
    told.push(what);
  };
  store.nodeSignals.changed.watch(lost => tell('node', lost));
  store.signals.unready.watch(pod => tell('unready', store.pods.node(pod)));
  store.signals.terminating.watch(pod => tell('terminating', store.pods.node(pod)));
  store.signals.created.watch(pod => {
    assert.ok([...causes.values()].includes(store.pods.cause(pod)));
    told.push('created');
  });
  simulation.run(seconds(500));
  const numberOf = (what: string) => told.filter(each => each === what).length;
  assert.equal(['node', 'unready', 'terminating', 'created'].map(numberOf), [6, 6, 6, 6]);
});

test('so do they after another controller manager has taken over', () => {
  const world = runningWorld({nodes: nodesIn('z', 6)}, 0);
  const {simulation, store} = world;
  world.api.applyWorkload(deployment({replicas: 18}));
  simulation.run(seconds(100));
  const cause = crash(world, node(1));
  simulation.run(seconds(200));
  store.causes.begin({origin: 'fault', kind: 'leader-crash', target: 'kube-controller-manager'});
  world.manager.stop();
  world.manager.start();
  simulation.cause = 0;
  let evicted = 0;
  store.signals.terminating.watch(() => {
    assert.is(simulation.cause, cause);
    evicted++;
  });
  simulation.run(seconds(600));
  assert.is(evicted, 3);
});

test.run();
