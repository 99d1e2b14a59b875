// Quotas and controllers, against pkg/controller/resourcequota: what is given back, and when the
// next pod comes.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {minutes, seconds} from '../../src/engine/time.ts';
import {forEachSeed} from '../support/for-each-seed.ts';
import {serviceWith} from '../support/services.ts';
import {ControlledWorld, deployment} from './world.ts';

function quotaWorld(pods: number, replicas: number, seed = 1): ControlledWorld {
  const world = new ControlledWorld({seed}).start();
  const hard = new Map([['pods', pods]]);
  world.api.applyObject({
    kind: 'quota',
    value: {namespace: 'default', name: 'q', hard, scopes: []},
  });
  world.api.applyWorkload(deployment({replicas}));
  return world;
}

const used = ({store}: ControlledWorld) => store.quotas.get(0)?.used.get('pods');

test('a ReplicaSet gets as many pods as its namespace may have, and tries on, ever later', () => {
  const world = quotaWorld(4, 10);
  world.simulation.run(minutes(1));
  assert.equal([world.pods().length, used(world)], [4, 4]);
  const before = world.simulation.eventsHandled;
  world.simulation.run(minutes(60));
  // Doubled from 5 ms to 1000 s: few tries an hour.
  assert.ok(world.simulation.eventsHandled - before < 200);
});

test('a pod that is gone makes room for the next, which comes with the next try', () => {
  const world = quotaWorld(4, 10);
  world.simulation.run(minutes(1));
  world.operator.deletePod(world.pods()[0]);
  world.simulation.run(minutes(1) + seconds(4));
  assert.is(used(world), 3);
  world.simulation.run(minutes(4));
  assert.equal([world.pods().length, used(world)], [4, 4]);
});

test('objects are counted by their kind, and what goes is given back', () => {
  const world = new ControlledWorld().start();
  const hard = new Map([
    ['count/deployments.apps', 1],
    ['services', 1],
  ]);
  world.api.applyObject({
    kind: 'quota',
    value: {namespace: 'default', name: 'q', hard, scopes: []},
  });
  const answers: string[] = [];
  const client = world.api.connect({
    name: 'tester',
    limits: {qps: undefined, burst: 1},
    replies: {answered: (_, outcome) => answers.push(outcome)},
  });
  const create = (name: string): void =>
    client.writeWorkload({verb: 'create', object: deployment({}, name)}, 0);
  const serve = (name: string): void => {
    const value = serviceWith(name, {selector: undefined});
    client.writeObject({verb: 'apply', object: {kind: 'service', value}}, 0);
  };
  for (const name of ['a', 'b']) create(name);
  for (const name of ['a', 'a', 'b']) serve(name);
  world.simulation.run(seconds(1));
  assert.equal(answers.splice(0), ['ok', 'forbidden', 'ok', 'ok', 'forbidden']);
  const workload = world.id('Deployment', 'a');
  client.writeWorkload({verb: 'delete', workload, propagation: 'background'}, 0);
  world.simulation.run(seconds(2));
  create('b');
  world.simulation.run(seconds(3));
  assert.equal(answers, ['ok', 'ok']);
});

test('whatever goes, no namespace ever has more than it may, and the status is right in the end', () => {
  forEachSeed(20, seed => {
    const world = quotaWorld(6, 12, seed);
    const {simulation, store, operator} = world;
    store.signals.created.watch(() => assert.ok(world.pods().length <= 6));
    const dice = simulation.random('test/deletions');
    for (let round = 0; round < 30; round++) {
      simulation.run(simulation.now + seconds(dice.uniform(0, 20)));
      const pods = world.pods();
      operator.deletePod(pods[dice.integer(0, pods.length - 1)]);
    }
    world.settle();
    assert.equal([world.pods().length, used(world)], [6, 6]);
  });
});

test.run();
