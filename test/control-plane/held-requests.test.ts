// Rules: reference 9.1 to 9.3: a request waits 7 s for etcd and 60 s for an API server, then fails;
// kubelets ask again until they are answered.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {milliseconds, second, seconds} from '../../src/engine/time.ts';
import type {ApiOutcome} from '../../src/objects/api-client.ts';
import type {PodId} from '../../src/objects/ids.ts';
import {master, node, PlaneWorld} from './plane-world.ts';
import {heardFrom, wish, write} from './world.ts';

function withPods(count: number, options = {}) {
  const world = new PlaneWorld({nodes: 3, ...options});
  const pods = Array.from({length: count}, (_, i): PodId => {
    const created = world.api.applyPod(wish(`pod-${i}`));
    assert.ok('pod' in created);
    return created.pod;
  });
  return {world, pods};
}

function answering(world: PlaneWorld, options = {}) {
  const answers: [ticket: number, outcome: ApiOutcome, at: number][] = [];
  const client = world.connect({
    ...options,
    replies: {
      answered: (ticket, outcome) => answers.push([ticket, outcome, world.simulation.now / second]),
      podCreated: (_, ordinal) => answers.push([ordinal, 'ok', world.simulation.now / second]),
      podRefused: ordinal => answers.push([ordinal, 'unavailable', world.simulation.now / second]),
      podBound: (pod, outcome) => answers.push([pod, outcome, world.simulation.now / second]),
    },
  });
  return {client, answers};
}

/** Etcd loses its leader, and with two masters of three its majority. */
function loseEtcd(world: PlaneWorld, count: number): void {
  for (let i = 0; i < count; i++) world.masters.withoutEtcd.take(master(i));
}

test('requests wait for the next leader of etcd and are stored with it, in order', () => {
  const {world, pods} = withPods(3);
  const {client, answers} = answering(world);
  loseEtcd(world, 1);
  for (const pod of pods) client.deletePod(pod, {ticket: pod});
  client.createPod(wish('new', undefined, {ordinal: 9}));
  world.run(seconds(5));
  assert.equal(
    answers.map(([ticket, outcome]) => [ticket, outcome]),
    [
      [0, 'ok'],
      [1, 'ok'],
      [2, 'ok'],
      [9, 'ok'],
    ],
  );
  assert.is(new Set(answers.map(([, , at]) => at)).size, 1);
  assert.ok(answers[0][2] >= 1 && answers[0][2] <= 2.2);
});

test('without a majority a request fails seven seconds after it arrived', () => {
  const {world, pods} = withPods(4);
  const {client, answers} = answering(world);
  loseEtcd(world, 2);
  client.bindPod(pods[0], node(0));
  client.writeNode({verb: 'update', node: node(1), unschedulable: true}, 7);
  world.run(seconds(1));
  client.createPod(wish('new', undefined, {ordinal: 9}));
  client.deletePod(pods[1], {grace: 0, ticket: 8});
  world.run(seconds(100));
  const arrived = write / second;
  assert.equal(answers, [
    [0, 'unavailable', 7 + arrived],
    [7, 'unavailable', 7 + arrived],
    [9, 'unavailable', 8 + arrived],
    [8, 'unavailable', 8 + arrived],
  ]);
  assert.is(world.store.pods.count, 4);
});

test('without an API server a request fails after a minute', () => {
  const {world, pods} = withPods(1);
  const {client, answers} = answering(world);
  for (const i of [0, 1, 2]) world.masters.withoutApiServer.take(master(i));
  client.deletePod(pods[0], {ticket: 1});
  world.run(seconds(100));
  assert.equal(answers, [[1, 'unavailable', 60 + write / second]]);
});

test('the seconds for etcd begin anew when the line is found', () => {
  const {world, pods} = withPods(1, {masters: 1});
  const {client, answers} = answering(world);
  world.masters.withoutApiServer.take(master(0));
  world.masters.withoutEtcd.take(master(0));
  client.deletePod(pods[0], {ticket: 1});
  world.run(seconds(30));
  const line = world.plane.line('tester');
  let found = 0;
  line.found.watch(() => {
    found = world.simulation.now / second;
  });
  world.masters.withoutApiServer.release(master(0));
  world.run(seconds(100));
  assert.ok(found > 30);
  assert.equal(answers, [[1, 'unavailable', found + 7]]);
});

test('who is patient is answered in the end, however long it takes', () => {
  const {world, pods} = withPods(1);
  const {client, answers} = answering(world, {patient: true});
  loseEtcd(world, 2);
  client.deletePod(pods[0], {ticket: 1});
  world.run(seconds(5000));
  assert.equal(answers, []);
  world.masters.withoutEtcd.release(master(0));
  world.run(seconds(5010));
  assert.equal(answers.length, 1);
});

test('a dead process gets no answer, and nothing that it asked for is stored', () => {
  const {world, pods} = withPods(3);
  const limits = {qps: 1, burst: 1};
  const {client, answers} = answering(world, {limits});
  for (const pod of pods) client.deletePod(pod, {ticket: pod});
  world.run(milliseconds(100));
  client.abandon();
  client.createPod(wish('next', undefined, {ordinal: 9}));
  world.run(seconds(100));
  assert.equal(answers, [
    [0, 'ok', write / second],
    [9, 'ok', (milliseconds(100) + write) / second],
  ]);
  assert.is(world.store.pods.count, 3);
});

test('what a dead process had waiting is dropped too', () => {
  const {world, pods} = withPods(3);
  const {client, answers} = answering(world);
  loseEtcd(world, 1);
  for (const pod of pods) client.deletePod(pod, {ticket: pod});
  world.run(milliseconds(100));
  client.abandon();
  world.run(seconds(100));
  assert.equal(answers, []);
  assert.is(world.store.pods.count, 3);
});

function boundPods(options = {}) {
  const {world, pods} = withPods(3, options);
  for (const pod of pods) world.store.pods.bind(pod, node(pod), 0);
  const kubelet = world.connect({name: 'kubelet', patient: true});
  return {world, pods, kubelet, heard: heardFrom(world.store)};
}

test('reports of a node wait for its own line alone, however long, and come in order', () => {
  const {world, pods, kubelet, heard} = boundPods();
  world.machines.withoutLink.take(node(1));
  for (const pod of pods) kubelet.reportStarted(pod);
  world.run(seconds(500));
  kubelet.reportEnded(pods[1], 'Succeeded');
  world.run(seconds(1000));
  assert.equal(heard, ['started pod-0', 'ready pod-0', 'started pod-2', 'ready pod-2']);
  world.machines.withoutLink.release(node(1));
  world.run(seconds(1010));
  assert.equal(heard.slice(4), ['started pod-1', 'ready pod-1', 'ended pod-1 succeeded Completed']);
});

test('a node that loses its power takes its waiting reports with it', () => {
  const {world, pods, kubelet, heard} = boundPods();
  world.machines.withoutLink.take(node(1));
  for (const pod of pods) kubelet.reportStarted(pod);
  world.run(seconds(5));
  world.machines.withoutPower.take(node(1));
  world.machines.withoutPower.release(node(1));
  world.machines.withoutLink.release(node(1));
  world.run(seconds(100));
  assert.is(heard.includes('started pod-1'), false);
});

test('a kubelet that stands still sends what it had to say when it is back', () => {
  const {world, pods, kubelet, heard} = boundPods();
  world.machines.withoutLink.take(node(1));
  kubelet.reportStarted(pods[1]);
  world.run(seconds(5));
  world.machines.withoutKubelet.take(node(1));
  world.machines.withoutLink.release(node(1));
  world.run(seconds(100));
  assert.equal(heard, []);
  world.machines.withoutKubelet.release(node(1));
  assert.equal(heard, ['started pod-1', 'ready pod-1']);
});

test('with latencies that differ one node does not wait for another, and each keeps its order', () => {
  const latency = {measure: 'duration', law: 'exponential', mean: second} as const;
  const {world, pods, kubelet, heard} = boundPods({latency});
  for (let i = 0; i < 20; i++) {
    for (const pod of pods) {
      kubelet.reportRestarted(pod);
      kubelet.reportRestarted(pod);
    }
  }
  const restarts: number[] = [];
  world.store.signals.restarted.watch(pod => restarts.push(pod));
  for (const pod of pods) kubelet.reportEnded(pod, 'Succeeded');
  world.run(seconds(1000));
  assert.is(restarts.length, 120);
  assert.is(heard.filter(what => what.startsWith('ended')).length, 3);
});

test('a request keeps its cause while it waits', () => {
  const {world, pods} = withPods(1);
  const client = world.connect();
  const {causes, signals} = world.store;
  const cause = causes.begin({origin: 'operation', kind: 'delete', target: 'pod-0'});
  client.deletePod(pods[0]);
  world.simulation.cause = 0;
  causes.begin({origin: 'fault', kind: 'etcd-member-loss', target: 'master-0'});
  loseEtcd(world, 1);
  world.simulation.cause = 0;
  let seen = 0;
  signals.deleted.watch(() => {
    seen = world.simulation.cause;
  });
  world.run(seconds(10));
  assert.is(seen, cause);
});

test.run();
