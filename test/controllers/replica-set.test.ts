// ReplicaSets and ReplicationControllers, against pkg/controller/replicaset and
// controller_utils.go.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {inDeletionOrder} from '../../src/controllers/deletion-order.ts';
import type {KnownPod} from '../../src/controllers/known-pod.ts';
import {slowStart} from '../../src/controllers/plan.ts';
import {milliseconds, minutes, seconds, type Time} from '../../src/engine/time.ts';
import type {NodeId} from '../../src/objects/ids.ts';
import type {ReplicaSetObject} from '../../src/objects/workload-object.ts';
import {labelsOf, templateWith} from '../support/pods-and-nodes.ts';
import {knownPod} from './known-pods.ts';
import {ControlledWorld, metadata} from './world.ts';

function replicaWorld(replicas: number, kind: ReplicaSetObject['kind'] = 'ReplicaSet') {
  const world = new ControlledWorld().start();
  const template = templateWith({labels: {app: 'web'}, owner: {kind, name: 'web'}});
  const selector = [{key: 'app', operator: 'In', values: ['web']}] as const;
  const spec = {replicas, selector, template, minReady: 0};
  const id = world.api.applyWorkload({kind, ...metadata('web'), spec});
  const scale = (to: number) =>
    world.operator.writeWorkload({
      ...{verb: 'update', workload: id, version: undefined, spec: {...spec, replicas: to}},
    });
  return {world, id, scale};
}

test('batches double, so that one failure costs one request', () => {
  const sizes = (count: number) => slowStart(new Array(count).fill(0)).map(({length}) => length);
  assert.equal(sizes(0), []);
  assert.equal(sizes(1), [1]);
  assert.equal(sizes(10), [1, 2, 4, 3]);
  assert.equal(sizes(500), [1, 2, 4, 8, 16, 32, 64, 128, 245]);
});

for (const kind of ['ReplicaSet', 'ReplicationController'] as const) {
  test(`a ${kind} has as many pods as it wants, also after some are deleted`, () => {
    const {world, scale} = replicaWorld(7, kind);
    world.settle();
    for (const pod of world.pods().slice(0, 3)) world.operator.deletePod(pod);
    world.settle();
    assert.is(world.pods().length, 7);
    scale(2);
    world.settle();
    assert.is(world.pods().length, 2);
    assert.is(world.get(kind, 'web').object.status.readyReplicas, 2);
  });
}

test('creations go at 20 a second after the first 30 requests, each with its Event', () => {
  const {world} = replicaWorld(100);
  const created: Time[] = [];
  world.store.signals.created.watch(() => created.push(world.simulation.now));
  world.settle();
  // None too many, although the view lags behind.
  assert.is(created.length, 100);
  const took = (created[99] - created[0]) / seconds(1);
  // 100 creations, 63 Events of the batches before the last and the status' writes, less the 30
  // that may go at once, at 20 a second.
  assert.ok(took >= 6.6 && took < 6.8, `${took} s`);
});

test('a pod whose creation is refused costs one request, and is tried again ever later', () => {
  const {world, id} = replicaWorld(0);
  const object = world.store.workloads.get(id) as ReplicaSetObject;
  const template = templateWith({spec: {priorityClassName: 'absent'}});
  const spec = {...object.spec, replicas: 8, template};
  const requests: Time[] = [];
  world.simulation.trace((time, _sequence, kind) => {
    if (kind === 'api.pod-created-by-replicaset-controller') requests.push(time);
  });
  world.operator.writeWorkload({verb: 'update', workload: id, version: undefined, spec});
  world.simulation.run(minutes(1));
  const gaps = requests.slice(1).map((time, i) => (time - requests[i]) / milliseconds(1));
  // Back-off of 5 ms, doubled each time, and the request itself. The first few are sooner, since
  // the new status brings the object back by itself.
  assert.equal(gaps.slice(3, 7), [85, 165, 325, 645]);
  assert.ok(requests.length < 16);
});

const on = (node: number) => ({node: node as NodeId});
const cost = (value: string) => ({
  template: {
    ...templateWith(),
    annotations: labelsOf({'controller.kubernetes.io/pod-deletion-cost': value}),
  },
});

// Each row: the pod that goes first, the one that stays longer, and why.
const order: [string, Partial<KnownPod>, Partial<KnownPod>][] = [
  ['without a node first', {node: undefined}, {phase: 'Pending', ready: false}],
  ['Pending before Running', {phase: 'Pending', ready: false}, {ready: false}],
  ['not ready before ready', {ready: false}, cost('-5')],
  ['lower deletion cost', cost('-5'), cost('3')],
  ['an unreadable cost counts 0', cost('-1'), cost('high')],
  ['more siblings on its node', {...on(1), readySince: 0}, {...on(2), readySince: seconds(3000)}],
  ['ready for a shorter time', {readySince: seconds(3500)}, {readySince: 0}],
  [
    'more restarts where none is ready',
    {ready: false, restarts: 3},
    {ready: false, createdAt: seconds(3590)},
  ],
  ['newer', {ready: false, createdAt: seconds(3500)}, {ready: false}],
  [
    'ages of one magnitude are equal: by name',
    {readySince: seconds(10)},
    {readySince: seconds(90)},
  ],
];

for (const [why, first, second] of order) {
  test(`deletion order: ${why}`, () => {
    const pods = [knownPod({serial: 1, ...second, name: 'b'}), knownPod({...first, name: 'a'})];
    const related = [...pods, knownPod({serial: 2, ...on(1)})];
    const [chosen] = inDeletionOrder({pods, related, now: seconds(3600)});
    assert.is(chosen.name, 'a');
  });
}

test.run();
