// Deletion of namespaces against pkg/controller/namespace and the admission plugin
// NamespaceLifecycle.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {milliseconds, minutes, seconds} from '../../src/engine/time.ts';
import type {ApiOutcome} from '../../src/objects/api-client.ts';
import {templateWith} from '../support/pods-and-nodes.ts';
import {serviceWith} from '../support/services.ts';
import {ControlledWorld, deployment} from './world.ts';

/** Five pods of a Deployment, a Service and a bare pod in `shop`. */
function shopWorld() {
  const world = new ControlledWorld().start();
  const {api, simulation, store} = world;
  const value = {name: 'shop', labels: new Map(), terminating: false};
  api.applyObject({kind: 'namespace', value});
  const service = serviceWith('web', {namespace: 'shop', selector: undefined});
  api.applyObject({kind: 'service', value: service});
  const namespace = 'shop';
  const template = templateWith({namespace, labels: {app: 'web'}});
  api.applyWorkload({...deployment({replicas: 5, template}), namespace});
  const wish = {template: templateWith({namespace}), lifetime: undefined, ordinal: 0};
  api.applyPod({...wish, name: 'bare'});
  simulation.run(minutes(1));
  const answers: ApiOutcome[] = [];
  const client = api.connect({
    name: 'tester',
    limits: {qps: undefined, burst: 1},
    replies: {answered: (_, outcome) => answers.push(outcome)},
  });
  const remove = (name: string): void =>
    client.writeObject({verb: 'delete', kind: 'namespace', name}, 0);
  const left = () => [
    store.pods.count,
    [...store.workloads.all()].length,
    [...store.services.all()].length,
  ];
  return {world, store, simulation, client, answers, remove, left, wish, start: simulation.now};
}

test('five seconds after its deletion the pods go, then all else, then the namespace', () => {
  const {store, simulation, remove, left, start} = shopWorld();
  remove('shop');
  simulation.run(start + milliseconds(4990));
  assert.equal(left(), [6, 2, 1]);
  assert.is(store.namespaces.get(0)?.terminating, true);
  simulation.run(start + seconds(7));
  // Half of a grace of 30 s and a second later it looks again.
  assert.equal(left(), [0, 2, 1]);
  simulation.run(start + seconds(30));
  assert.equal(left(), [0, 0, 0]);
  assert.is(store.namespaces.id('shop'), undefined);
});

test('nothing new comes into it, neither while it goes nor afterwards', () => {
  const {world, store, simulation, client, answers, remove, wish, start} = shopWorld();
  const refused: string[] = [];
  const other = world.api.connect({
    name: 'other',
    limits: {qps: undefined, burst: 1},
    replies: {podRefused: (_, reason) => refused.push(reason)},
  });
  remove('shop');
  simulation.run(start + seconds(1));
  other.createPod({...wish, name: 'late'});
  client.writeWorkload({verb: 'create', object: {...deployment({}, 'late'), namespace: 'shop'}}, 0);
  const value = serviceWith('late', {namespace: 'shop', selector: undefined});
  client.writeObject({verb: 'apply', object: {kind: 'service', value}}, 0);
  simulation.run(start + minutes(2));
  other.createPod({...wish, name: 'later'});
  world.settle();
  assert.equal(answers, ['ok', 'forbidden', 'forbidden']);
  assert.equal(refused, [
    'unable to create new content in namespace shop because it is being terminated',
    'namespaces "shop" not found',
  ]);
  assert.is(store.pods.count, 0);
});

test('one that is made again takes things in again', () => {
  const {world, store, remove, wish, simulation, start} = shopWorld();
  remove('shop');
  simulation.run(start + minutes(1));
  world.api.applyObject({
    kind: 'namespace',
    value: {name: 'shop', labels: new Map(), terminating: false},
  });
  assert.ok('pod' in world.api.applyPod({...wish, name: 'new'}));
  assert.is(store.pods.count, 1);
});

test('default and the namespaces of the system cannot be deleted', () => {
  const {world, answers, remove} = shopWorld();
  for (const name of ['default', 'kube-system']) {
    world.api.applyObject({
      kind: 'namespace',
      value: {name, labels: new Map(), terminating: false},
    });
    remove(name);
  }
  world.settle();
  assert.equal(answers, ['forbidden', 'forbidden']);
});

test('a controller that takes over empties what the one before had begun with', () => {
  const {world, store, simulation, remove, left, start} = shopWorld();
  remove('shop');
  simulation.run(start + seconds(6));
  world.manager.stop();
  simulation.run(start + minutes(2));
  world.manager.start();
  world.settle();
  assert.equal(left(), [0, 0, 0]);
  assert.is(store.namespaces.id('shop'), undefined);
});

test.run();
