import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {nodeLines} from '../../src/control-plane/node-lines.ts';
import {RandomStream} from '../../src/engine/random.ts';
import {milliseconds, seconds} from '../../src/engine/time.ts';
import {Machines} from '../../src/machines/machines.ts';
import {kubeletOptions} from '../../src/node/kubelet-options.ts';
import {startKubelets} from '../../src/node/start-kubelets.ts';
import type {NodeId, PodId} from '../../src/objects/ids.ts';
import {apiWorld, heardFrom, node0, podTemplate, wish, write} from '../control-plane/world.ts';
import {emptyRegistry} from '../support/empty-registry.ts';
import {forEachSeed} from '../support/for-each-seed.ts';

const watchDelay = milliseconds(10);
/** From binding (stored at 0) to the API's knowing that the pod runs. */
const startup = watchDelay + seconds(1) + write;

function kubeletWorld({podStart = '1s' as string | object, seed = 1} = {}) {
  const world = apiWorld({seed});
  const machines = new Machines(world.simulation);
  for (const node of [0, 1]) machines.add(node as NodeId, {zone: undefined, rack: undefined});
  const kubelets = startKubelets({
    ...world,
    machines,
    listeners: undefined,
    registry: emptyRegistry(world.simulation),
    lines: nodeLines(machines),
    watchDelay,
    options: kubeletOptions.parse({podStart}),
    behaviours: [],
  });
  return {...world, machines, ...kubelets, heard: heardFrom(world.store), client: world.connect()};
}

type World = ReturnType<typeof kubeletWorld>;

function boundPod({api}: World, lifetime?: number, spec = {}): PodId {
  const template = podTemplate({nodeName: 'node-0', ...spec});
  const created = api.applyPod(wish('pod-0', template, {lifetime}));
  assert.ok('pod' in created);
  return created.pod;
}

test('a bound pod runs and is ready after podStart, and stays when it has no lifetime', () => {
  const world = kubeletWorld();
  const pod = boundPod(world);
  world.simulation.run(seconds(1000));
  assert.equal(world.heard.slice(1), ['started pod-0', 'ready pod-0']);
  assert.is(world.store.pods.startedAt(pod), startup);
  assert.is(world.machines.running(node0), 1);
});

test('a pod whose lifetime is over has Succeeded, and is deleted', () => {
  const world = kubeletWorld();
  boundPod(world, seconds(60));
  world.simulation.run(startup + seconds(60) - 1);
  assert.is(world.heard.length, 3);
  world.simulation.run(startup + seconds(60));
  assert.equal(world.heard.slice(3), ['ended pod-0 succeeded Completed', 'deleted pod-0']);
  assert.is(world.machines.running(node0), 0);
});

test('a deleted pod runs on until its grace period ends', () => {
  const world = kubeletWorld();
  const pod = boundPod(world, seconds(600));
  world.simulation.run(seconds(100));
  world.client.deletePod(pod);
  const gone = seconds(100) + write + watchDelay + seconds(30) + write;
  world.simulation.run(gone - 1);
  assert.is(world.heard.at(-1), 'terminating pod-0');
  world.simulation.run(gone);
  assert.equal(world.heard.slice(4), ['ended pod-0 deleted Deleted', 'deleted pod-0']);
  world.simulation.run(seconds(1000));
  assert.is(world.heard.length, 6);
  assert.is(world.machines.running(node0), 0);
});

test('a deleted pod that would end within its grace period is gone then', () => {
  const world = kubeletWorld();
  const pod = boundPod(world, seconds(60));
  world.simulation.run(seconds(50));
  world.client.deletePod(pod);
  world.simulation.run(startup + seconds(60) - 1);
  assert.is(world.store.pods.exists(pod), true);
  world.simulation.run(startup + seconds(60));
  assert.equal(world.heard.slice(4), ['ended pod-0 deleted Deleted', 'deleted pod-0']);
});

test('a grace period is at least the two seconds that a kubelet gives', () => {
  const world = kubeletWorld();
  const pod = boundPod(world, undefined, {terminationGracePeriod: seconds(1)});
  world.simulation.run(seconds(10));
  world.client.deletePod(pod);
  const gone = seconds(12) + write + watchDelay + write;
  world.simulation.run(gone - 1);
  assert.is(world.store.pods.exists(pod), true);
  world.simulation.run(gone);
  assert.is(world.store.pods.exists(pod), false);
});

test('a deletion that says how long it waits overrules the pod', () => {
  const world = kubeletWorld();
  const pod = boundPod(world, undefined, {terminationGracePeriod: seconds(30)});
  world.simulation.run(seconds(10));
  world.client.deletePod(pod, {grace: seconds(5)});
  const gone = seconds(15) + write + watchDelay + write;
  world.simulation.run(gone - 1);
  assert.is(world.store.pods.exists(pod), true);
  world.simulation.run(gone);
  assert.is(world.store.pods.exists(pod), false);
});

test('a pod deleted before it starts never starts', () => {
  const world = kubeletWorld({podStart: '20s'});
  const pod = boundPod(world, seconds(60));
  world.simulation.run(seconds(5));
  world.client.deletePod(pod);
  world.simulation.run(seconds(100));
  assert.equal(world.heard.slice(1), [
    'terminating pod-0',
    'ended pod-0 deleted Deleted',
    'deleted pod-0',
  ]);
});

test('a pod whose deletion crosses its end goes all the same, once', () => {
  for (const early of [0, 1, write, watchDelay, write + watchDelay]) {
    const world = kubeletWorld();
    const pod = boundPod(world, seconds(60));
    world.simulation.run(startup - write + seconds(60) - early);
    world.client.deletePod(pod);
    world.simulation.run(seconds(200));
    assert.is(world.store.pods.count, 0, `deleted ${early} us before its end`);
    assert.is(world.heard.filter(line => line.startsWith('ended')).length, 1);
    assert.is(world.machines.running(node0), 0);
  }
});

test('a pod removed without a grace period stops as soon as its kubelet learns of it', () => {
  const world = kubeletWorld();
  const pod = boundPod(world, seconds(600), {terminationGracePeriod: 0});
  world.simulation.run(seconds(10));
  world.client.deletePod(pod);
  world.simulation.run(seconds(10) + write);
  assert.is(world.machines.running(node0), 1);
  world.simulation.run(seconds(10) + write + watchDelay);
  assert.is(world.machines.running(node0), 0);
  assert.is(world.simulation.eventsPending, 0);
});

/** Pods come, are bound, and some are deleted, at random; returns the world for the run. */
function churn(seed: number): World {
  const world = kubeletWorld({seed, podStart: {exponential: {mean: '1s'}}});
  const {simulation, store, client} = world;
  const random = simulation.random('churn');
  const came = simulation.event('test.pod-came', () => {
    const created = world.api.applyPod(
      wish('pod', podTemplate({terminationGracePeriod: seconds(random.integer(0, 5))}), {
        lifetime: random.uniform() < 0.8 ? seconds(random.exponential(10)) : undefined,
      }),
    );
    if ('pod' in created) client.bindPod(created.pod, random.integer(0, 1) as NodeId);
    const some = [...store.pods.all()];
    if (random.uniform() < 0.7) client.deletePod(random.choice(some));
    if (simulation.now < seconds(100)) came.after(milliseconds(random.exponential(100)));
  });
  came.after(0);
  return world;
}

test('whatever is deleted when, nothing runs without its pod and every pod ends once, over seeds', () => {
  forEachSeed(30, seed => {
    const world = churn(seed);
    const ended = new Map<number, number>();
    const {pods, signals} = world.store;
    signals.ended.watch(pod => ended.set(pods.serial(pod), (ended.get(pods.serial(pod)) ?? 0) + 1));
    world.simulation.run(seconds(300));
    const running = world.machines.running(node0) + world.machines.running(1 as NodeId);
    assert.is(running, pods.count);
    assert.is(ended.size, pods.created - pods.count);
    assert.equal(new Set(ended.values()), new Set([1]));
  });
});

test('a run forked in the middle goes on as the whole one does, over seeds', () => {
  forEachSeed(10, seed => {
    const whole = churn(seed);
    whole.simulation.run(seconds(new RandomStream(`fork ${seed}`).integer(1, 110)));
    const fork = churn(seed);
    fork.simulation.restore(whole.simulation.save());
    for (const {simulation} of [whole, fork]) simulation.run(seconds(200));
    assert.is(fork.simulation.fingerprint, whole.simulation.fingerprint);
    assert.is(fork.machines.running(node0), whole.machines.running(node0));
  });
});

test.run();
