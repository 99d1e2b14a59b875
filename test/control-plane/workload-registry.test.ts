// What the API server does with workloads, against apiserver/pkg/registry/generic/registry.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {seconds} from '../../src/engine/time.ts';
import type {ApiOutcome} from '../../src/objects/api-client.ts';
import type {WorkloadId} from '../../src/objects/ids.ts';
import type {DeploymentObject} from '../../src/objects/workload-object.ts';
import type {WorkloadRequest} from '../../src/objects/workload-request.ts';
import {deployment} from '../controllers/world.ts';
import {apiWorld} from './world.ts';

function stored() {
  const world = apiWorld();
  const {store, simulation} = world;
  const answers: [ticket: number, outcome: ApiOutcome][] = [];
  const client = world.connect({answered: (ticket, outcome) => answers.push([ticket, outcome])});
  const id = world.api.applyWorkload(deployment());
  const send = (request: WorkloadRequest): ApiOutcome => {
    client.writeWorkload(request, 7);
    simulation.run(simulation.now + seconds(1));
    const [ticket, outcome] = answers.pop() ?? [];
    assert.is(ticket, 7);
    return outcome ?? 'unavailable';
  };
  const get = () => store.workloads.get(id) as DeploymentObject;
  return {...world, id, send, get};
}

test('a change of the spec is another generation, one of the status is not; both are versions', () => {
  const {id, send, get} = stored();
  assert.equal([get().generation, get().version], [1, 1]);
  const spec = {replicas: 3};
  assert.is(send({verb: 'update', workload: id, version: 1, spec}), 'ok');
  assert.equal([get().generation, get().version, get().spec.replicas], [2, 2, 3]);
  assert.is(get().spec.minReady, 0);
  const status = {...get().status, replicas: 3};
  assert.is(send({verb: 'update-status', workload: id, version: 2, status}), 'ok');
  assert.equal([get().generation, get().version, get().status.replicas], [2, 3, 3]);
  assert.is(send({verb: 'update', workload: id, version: 3, annotations: new Map()}), 'ok');
  assert.equal([get().generation, get().version], [2, 4]);
});

test('a write that names an older version is a conflict, and a patch names none', () => {
  const {id, send, get} = stored();
  const spec = {replicas: 3};
  assert.is(send({verb: 'update', workload: id, version: undefined, spec}), 'ok');
  assert.is(send({verb: 'update', workload: id, version: 1, spec: {replicas: 4}}), 'conflict');
  const {status} = get();
  assert.is(send({verb: 'update-status', workload: id, version: 1, status}), 'conflict');
  assert.is(get().spec.replicas, 3);
});

test('a name is given once, and again after its object is gone', () => {
  const {id, store, send} = stored();
  const create = {verb: 'create', object: deployment()} as const;
  assert.is(send(create), 'conflict');
  assert.is(send({verb: 'delete', workload: id, propagation: 'background'}), 'ok');
  assert.is(send({verb: 'delete', workload: id, propagation: 'background'}), 'not-found');
  assert.is(send(create), 'ok');
  const again = store.workloads.id('Deployment/default/web');
  assert.not.equal(again, id);
});

for (const propagation of ['foreground', 'orphan'] as const) {
  test(`deleted ${propagation}, an object waits for its finalizer to be taken away`, () => {
    const {id, store, send, get} = stored();
    assert.is(send({verb: 'finalize', workload: id}), 'ok');
    assert.is(get().finalizer, undefined);
    send({verb: 'delete', workload: id, propagation});
    const {deletedAt} = get();
    assert.is(get().finalizer, propagation);
    // A second deletion changes nothing.
    send({verb: 'delete', workload: id, propagation: 'background'});
    assert.is(get().deletedAt, deletedAt);
    send({verb: 'finalize', workload: id});
    assert.is(store.workloads.get(id), undefined);
  });
}

test('what is asked about an object that is not there is answered', () => {
  const {send} = stored();
  assert.is(send({verb: 'release', workload: 99 as WorkloadId}), 'not-found');
});

test('requests that wait for a token or their storing survive a restore', () => {
  const world = stored();
  const client = world.connect({}, {qps: 1, burst: 1}, 'slow');
  for (const replicas of [1, 2, 3]) {
    const {id: workload} = world;
    client.writeWorkload({verb: 'update', workload, version: undefined, spec: {replicas}});
  }
  world.simulation.run(seconds(0.5));
  const fork = stored();
  fork.connect({}, {qps: 1, burst: 1}, 'slow');
  fork.simulation.restore(world.simulation.save());
  for (const {simulation} of [world, fork]) simulation.run(seconds(10));
  assert.equal([fork.get().version, fork.get().spec.replicas], [4, 3]);
  assert.is(fork.simulation.fingerprint, world.simulation.fingerprint);
});

test.run();
