// Owners and what they own, against pkg/controller/garbagecollector.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {seconds} from '../../src/engine/time.ts';
import {ControlledWorld, deployment} from './world.ts';

function deleted(propagation: 'background' | 'foreground' | 'orphan') {
  const world = new ControlledWorld().start();
  world.api.applyWorkload(deployment());
  world.settle();
  const from = world.simulation.now;
  const log: string[] = [];
  world.store.workloadSignals.deleted.watch(id => {
    log.push(world.store.workloads.nameOf(id).split('/')[0]);
  });
  world.store.signals.deleted.watch(() => log.push('Pod'));
  const workload = world.id('Deployment', 'web');
  world.operator.writeWorkload({verb: 'delete', workload, propagation});
  world.settle();
  return {world, log, from};
}

test('in the background the Deployment goes first, then its ReplicaSet, then the pods', () => {
  const {log} = deleted('background');
  assert.equal(log, ['Deployment', 'ReplicaSet', ...new Array(10).fill('Pod')]);
});

test('in the foreground the pods go first and the Deployment last', () => {
  const {log} = deleted('foreground');
  assert.equal(log, [...new Array(10).fill('Pod'), 'ReplicaSet', 'Deployment']);
});

test('orphans stay, owned by nobody', () => {
  const {world, log} = deleted('orphan');
  assert.equal(log, ['Deployment']);
  const [set] = world.replicaSets();
  assert.is(set.owner, undefined);
  assert.is(world.pods().length, 10);
  const workload = world.id('ReplicaSet', set.name);
  world.operator.writeWorkload({verb: 'delete', workload, propagation: 'orphan'});
  world.settle();
  assert.equal(log, ['Deployment', 'ReplicaSet']);
  assert.ok(world.pods().every(pod => world.store.pods.owner(pod) === undefined));
});

test('a pod made while its owner goes does not stay', () => {
  const world = new ControlledWorld().start();
  world.api.applyWorkload(deployment({replicas: 60}));
  world.simulation.run(seconds(1));
  const workload = world.id('Deployment', 'web');
  world.operator.writeWorkload({verb: 'delete', workload, propagation: 'background'});
  world.settle();
  assert.is(world.pods().length, 0);
  assert.is(world.simulation.eventsPending, 0);
});

test.run();
