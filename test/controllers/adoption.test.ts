// Who takes up pods that nobody controls, and who lets go of pods: controller_ref_manager.go and the
// tests of its controllers.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {seconds} from '../../src/engine/time.ts';
import type {PodId, WorkloadId} from '../../src/objects/ids.ts';
import type {LabelSelector} from '../../src/objects/labels.ts';
import {templateWith} from '../support/pods-and-nodes.ts';
import {ControlledWorld, deployment, metadata} from './world.ts';

const web: LabelSelector = [{key: 'app', operator: 'In', values: ['web']}];

function addPod(world: ControlledWorld, app: string, namespace = 'default'): PodId {
  const template = templateWith({namespace, labels: {app}});
  const created = world.api.applyPod({name: 'bare', template, lifetime: undefined, ordinal: 0});
  if ('refused' in created) throw new Error(created.refused);
  return created.pod;
}

function addSet(
  world: ControlledWorld,
  kind: 'ReplicaSet' | 'ReplicationController',
  {replicas = 2, selector = web, name = 'web'} = {},
): WorkloadId {
  const template = templateWith({labels: {app: 'web'}, owner: {kind, name}});
  const spec = {replicas, selector, template, minReady: 0};
  return world.api.applyWorkload({kind, ...metadata(name), spec});
}

for (const kind of ['ReplicaSet', 'ReplicationController'] as const) {
  test(`a ${kind} adopts the pods it selects instead of making its own`, () => {
    const world = new ControlledWorld().start();
    const bare = addPod(world, 'web');
    const [other, elsewhere] = [addPod(world, 'db'), addPod(world, 'web', 'shop')];
    const id = addSet(world, kind);
    world.settle();
    const {pods} = world.store;
    assert.is(pods.owner(bare), id);
    assert.equal(pods.template(bare).owner, {kind, name: 'web'});
    assert.is(pods.owner(other), undefined);
    assert.is(pods.owner(elsewhere), undefined);
    assert.is(world.pods().filter(pod => pods.owner(pod) === id).length, 2);
  });

  test(`a pod that comes later is adopted by a ${kind}, which has one too many then`, () => {
    const world = new ControlledWorld().start();
    addSet(world, kind);
    world.settle();
    addPod(world, 'web');
    world.settle();
    assert.is(world.store.pods.count, 2);
  });
}

test('a pod whose owner the API does not hold is nobody else’s', () => {
  const world = new ControlledWorld().start();
  const owner = {kind: 'ReplicaSet', name: 'not-in-this-dump'};
  const template = templateWith({labels: {app: 'web'}, owner});
  world.api.applyPod({name: 'dumped', template, lifetime: undefined, ordinal: 0});
  addSet(world, 'ReplicaSet');
  world.settle();
  assert.is(world.store.pods.count, 3);
});

test('of two sets that select a pod one gets it, and both have what they want in the end', () => {
  const world = new ControlledWorld().start();
  const bare = addPod(world, 'web');
  const ids = [addSet(world, 'ReplicaSet'), addSet(world, 'ReplicationController')];
  world.settle();
  const owners = world.pods().map(pod => world.store.pods.owner(pod));
  assert.equal(
    ids.map(id => owners.filter(owner => owner === id).length),
    [2, 2],
  );
  assert.ok(world.store.pods.owner(bare) !== undefined);
});

test('pods that were orphaned are adopted by the next set of the same selector', () => {
  const world = new ControlledWorld().start();
  const first = addSet(world, 'ReplicaSet');
  world.settle();
  const before = world.pods();
  world.operator.writeWorkload({verb: 'delete', workload: first, propagation: 'orphan'});
  world.settle();
  assert.ok(world.pods().every(pod => world.store.pods.owner(pod) === undefined));
  const second = addSet(world, 'ReplicaSet');
  world.settle();
  assert.equal(world.pods(), before);
  assert.ok(before.every(pod => world.store.pods.owner(pod) === second));
});

test('a pod that is not selected any more is let go of, and replaced', () => {
  const world = new ControlledWorld().start();
  const id = addSet(world, 'ReplicationController');
  world.settle();
  const before = world.pods();
  const selector: LabelSelector = [...web, {key: 'tier', operator: 'In', values: ['front']}];
  const template = templateWith({labels: {app: 'web', tier: 'front'}});
  const spec = {selector, template};
  world.operator.writeWorkload({verb: 'update', workload: id, version: undefined, spec});
  world.simulation.run(world.simulation.now + seconds(60));
  const {pods} = world.store;
  assert.ok(before.every(pod => pods.exists(pod) && pods.owner(pod) === undefined));
  assert.is(world.pods().filter(pod => pods.owner(pod) === id).length, 2);
});

test('a DaemonSet adopts a pod on a node that has none of its own', () => {
  const world = new ControlledWorld().start();
  const bare = addPod(world, 'web');
  world.settle();
  const template = templateWith({labels: {app: 'web'}, owner: {kind: 'DaemonSet', name: 'web'}});
  const strategy = {type: 'OnDelete'} as const;
  const spec = {selector: web, template, minReady: 0, strategy};
  const id = world.api.applyWorkload({kind: 'DaemonSet', ...metadata('web'), spec});
  world.settle();
  assert.is(world.store.pods.count, 3);
  assert.is(world.store.pods.owner(bare), id);
});

test('a Deployment leaves pods alone that its ReplicaSets do not select', () => {
  const world = new ControlledWorld().start();
  const bare = addPod(world, 'web');
  world.api.applyWorkload(deployment({replicas: 2}));
  world.settle();
  assert.is(world.store.pods.owner(bare), undefined);
  assert.is(world.store.pods.count, 3);
});

test.run();
