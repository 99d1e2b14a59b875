import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {seconds} from '../../src/engine/time.ts';
import type {PodId} from '../../src/objects/ids.ts';
import {apiWorld, heardFrom, node0, podTemplate, wish, write} from './world.ts';

function withPod(spec = {}) {
  const world = apiWorld();
  const created = world.api.applyPod(wish('pod-0', podTemplate(spec)));
  assert.ok('pod' in created);
  return {...world, pod: created.pod, heard: heardFrom(world.store)};
}

test('a pod exists one write latency after it was asked for, and the client is told its number', () => {
  const {simulation, store, connect} = apiWorld();
  const told: number[][] = [];
  const client = connect({podCreated: (pod, ordinal) => told.push([simulation.now, pod, ordinal])});
  client.createPod(wish('pod-0', podTemplate(), {ordinal: 7}));
  simulation.run(write - 1);
  assert.is(store.pods.count, 0);
  simulation.run(write);
  assert.is(store.pods.count, 1);
  assert.equal(told, [[write, 0, 7]]);
});

test('one event stores a request, signals it and answers it', () => {
  const {simulation, pod, connect} = withPod();
  connect({podBound: () => undefined}).bindPod(pod, node0);
  simulation.run(seconds(1));
  assert.is(simulation.eventsHandled, 1);
});

test('a client leaves requests to its token bucket, first come first served', () => {
  const {simulation, connect, store} = apiWorld();
  const client = connect({}, {qps: 100, burst: 2});
  const times: number[] = [];
  store.signals.created.watch(() => times.push(simulation.now - write));
  for (const name of ['a', 'b', 'c', 'd']) client.createPod(wish(name));
  simulation.run(seconds(1));
  assert.equal(times, [0, 0, 10_000, 20_000]);
  assert.equal(
    [...store.pods.all()].map(pod => store.pods.name(pod)),
    ['a', 'b', 'c', 'd'],
  );
});

test('however many requests are under way, each is about its own pod', () => {
  const {simulation, connect, api, store} = apiWorld();
  const outcomes: string[] = [];
  const client = connect(
    {podBound: (_pod, outcome) => outcomes.push(outcome)},
    {qps: 10, burst: 1},
  );
  for (let i = 0; i < 100; i++) {
    const created = api.applyPod(wish(`pod-${i}`));
    if ('pod' in created) client.bindPod(created.pod, node0);
    if (i === 30) simulation.run(seconds(1));
  }
  simulation.run(seconds(100));
  assert.equal(outcomes, new Array(100).fill('ok'));
  assert.is(
    [...store.pods.all()].every(pod => store.pods.node(pod) === node0),
    true,
  );
});

test('each client has a bucket of its own', () => {
  const {simulation, connect, store} = apiWorld();
  const limits = {qps: 1, burst: 1};
  const clients = ['a', 'b'].map(name => connect({}, limits, name));
  for (const client of clients) client.createPod(wish('x'));
  simulation.run(write);
  assert.is(store.pods.count, 2);
});

test('saying that a pod is unschedulable costs a token and nothing else', () => {
  const {simulation, connect, pod, store} = withPod();
  const client = connect({}, {qps: 1, burst: 1});
  client.reportUnschedulable(pod);
  client.bindPod(pod, node0);
  simulation.run(write);
  assert.is(store.pods.node(pod), undefined);
  simulation.run(seconds(1) + write);
  assert.is(store.pods.node(pod), node0);
  assert.is(simulation.eventsHandled, 1);
});

test('preempting a pod costs two requests, the condition and the deletion', () => {
  const {simulation, connect, pod, heard} = withPod();
  const client = connect({}, {qps: 1, burst: 1});
  client.deletePod(pod, {disruption: 'PreemptionByScheduler'});
  simulation.run(seconds(1) + write - 1);
  assert.equal(heard, []);
  simulation.run(seconds(1) + write);
  assert.equal(heard, ['ended pod-0 preempted PreemptionByScheduler', 'deleted pod-0']);
});

test('a binding is refused when the pod has a node, is being deleted, or is gone', () => {
  const {simulation, connect, pod} = withPod();
  const outcomes: string[] = [];
  const client = connect({podBound: (_pod, outcome) => outcomes.push(outcome)});
  client.bindPod(pod, node0);
  client.bindPod(pod, node0);
  client.deletePod(pod);
  client.bindPod(pod, node0);
  client.confirmDeleted(pod);
  client.bindPod(pod, node0);
  simulation.run(seconds(1));
  assert.equal(outcomes, ['ok', 'conflict', 'conflict', 'not-found']);
});

test('a request never hits the pod that took over a number', () => {
  const {simulation, connect, pod, api, store} = withPod();
  const outcomes: string[] = [];
  const client = connect({podBound: (_pod, outcome) => outcomes.push(outcome)});
  client.deletePod(pod);
  client.bindPod(pod, node0);
  client.deletePod(pod);
  simulation.run(write, {maxEvents: 1});
  const heir = api.applyPod(wish('heir'));
  assert.equal(heir, {pod});
  simulation.run(seconds(1));
  assert.equal(outcomes, ['not-found']);
  assert.is(store.pods.name(pod), 'heir');
  assert.is(store.pods.node(pod), undefined);
});

test('a pod without a node, at its end, or without a grace period is deleted at once', () => {
  const unbound = withPod();
  unbound.connect().deletePod(unbound.pod);
  unbound.simulation.run(write);
  assert.equal(unbound.heard, ['ended pod-0 deleted Deleted', 'deleted pod-0']);

  const ended = withPod({nodeName: 'node-0'});
  const client = ended.connect();
  client.reportEnded(ended.pod, 'Succeeded');
  client.deletePod(ended.pod);
  ended.simulation.run(write);
  assert.equal(ended.heard, ['ended pod-0 succeeded Completed', 'deleted pod-0']);

  const hasty = withPod({nodeName: 'node-0', terminationGracePeriod: 0});
  hasty.connect().deletePod(hasty.pod);
  hasty.simulation.run(write);
  assert.equal(hasty.heard, ['ended pod-0 deleted Deleted', 'deleted pod-0']);
});

test('a bound pod stays with a deadline until its kubelet confirms', () => {
  const {simulation, store, connect, pod, heard} = withPod({nodeName: 'node-1'});
  const client = connect();
  client.deletePod(pod);
  client.deletePod(pod);
  simulation.run(seconds(90));
  assert.is(store.pods.deletionDeadline(pod), write + seconds(30));
  assert.equal(heard, ['terminating pod-0']);
  client.confirmDeleted(pod);
  simulation.run(seconds(91));
  assert.equal(heard.slice(1), ['ended pod-0 deleted Deleted', 'deleted pod-0']);
});

test('each signal comes once, however often a kubelet repeats itself', () => {
  const {simulation, connect, pod, heard} = withPod({nodeName: 'node-0'});
  const client = connect();
  client.reportStarted(pod);
  client.reportStarted(pod);
  client.reportEnded(pod, 'Failed');
  client.reportEnded(pod, 'Succeeded');
  client.confirmDeleted(pod);
  client.confirmDeleted(pod);
  simulation.run(seconds(1));
  assert.equal(heard, [
    'started pod-0',
    'ready pod-0',
    'ended pod-0 failed Error',
    'deleted pod-0',
  ]);
});

test('a nomination that changes nothing is not stored, and a bound pod has none', () => {
  const {simulation, store, connect, pod} = withPod();
  const before = store.pods.log.end;
  const client = connect();
  client.nominatePod(pod, undefined);
  client.nominatePod(pod, node0);
  client.nominatePod(pod, node0);
  client.bindPod(pod, node0);
  client.nominatePod(pod, node0);
  simulation.run(write);
  assert.is(store.pods.log.end - before, 2);
  assert.is(store.pods.nominatedNode(pod), undefined);
});

test('a pod that admission refuses does not exist, and its maker is told', () => {
  const {simulation, store, connect} = apiWorld();
  const told: (number | string)[] = [];
  const client = connect({podRefused: (ordinal, reason) => told.push(ordinal, reason)});
  client.createPod(wish('pod-0', podTemplate({priorityClassName: 'none'}), {ordinal: 3}));
  simulation.run(seconds(1));
  assert.is(store.pods.count, 0);
  assert.equal(told, [3, 'no PriorityClass with name none was found']);
});

test('a pod applied at the start is there at once, on its node if it names one', () => {
  const {store, api, simulation} = apiWorld();
  const created = api.applyPod(wish('pod-0', podTemplate({nodeName: 'node-1'})));
  assert.equal(created, {pod: 0});
  assert.is(store.pods.node(0 as PodId), 1);
  assert.is(simulation.eventsPending, 0);
});

test('requests under way survive saving and restoring', () => {
  const script = () => {
    const world = apiWorld();
    const heard = heardFrom(world.store);
    return {...world, heard, client: world.connect({}, {qps: 100, burst: 1})};
  };
  const whole = script();
  for (const name of ['a', 'b', 'c']) whole.client.createPod(wish(name));
  whole.simulation.run(write);
  whole.client.deletePod(0 as PodId);
  const saved = whole.simulation.save();
  const fork = script();
  fork.simulation.restore(saved);
  whole.heard.length = 0;
  for (const {simulation, client} of [whole, fork]) {
    client.createPod(wish('d'));
    simulation.run(seconds(1));
  }
  assert.equal(fork.heard, whole.heard);
  assert.is(fork.heard.length, 5);
  assert.is(fork.simulation.fingerprint, whole.simulation.fingerprint);
});

test.run();
