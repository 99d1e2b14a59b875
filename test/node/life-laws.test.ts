// What holds for the life of every pod, whatever comes when.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {RandomStream} from '../../src/engine/random.ts';
import {milliseconds, seconds} from '../../src/engine/time.ts';
import type {NodeId} from '../../src/objects/ids.ts';
import type {PodSpec} from '../../src/objects/pod-spec.ts';
import {podTemplate, wish} from '../control-plane/world.ts';
import {forEachSeed} from '../support/for-each-seed.ts';
import {container, type DetailedWorld, detailedWorld, probe} from './detailed-world.ts';

const within = (from: string, to: string) => ({uniform: {from, to}});

const behaviour = [
  {container: 'init', exitsAfter: within('0s', '3s')},
  {container: 'main', crashesAfter: {exponential: {mean: '20s'}}, hangsAfter: within('5s', '60s')},
  {container: 'main', becomesReadyAfter: within('0s', '4s'), stopsAfter: within('0s', '4s')},
  {container: 'main', unready: {every: within('1s', '9s'), for: within('0s', '9s')}},
  {container: 'main', memory: {use: '60Mi', leakPerMinute: '60Mi'}},
];

const usual = {
  ...{volumes: within('300ms', '600ms'), sandbox: within('150ms', '400ms')},
  ...{containerStart: within('100ms', '300ms'), observe: within('0s', '1s')},
  ...{syncTick: within('0s', '1s'), syncJitter: 0.5, imageCheck: within('100ms', '300ms')},
};

function randomSpec(random: RandomStream): Partial<PodSpec> {
  const quick = {period: seconds(1), failureThreshold: 2};
  const probes = {livenessProbe: probe(quick), readinessProbe: probe(quick)};
  const sidecar = container('proxy', {sidecar: true, ...(random.uniform() < 0.5 && probes)});
  return {
    terminationGracePeriod: seconds(random.integer(0, 5)),
    restartPolicy: random.choice(['Always', 'OnFailure', 'Never'] as const),
    initContainers: random.uniform() < 0.3 ? [container('init'), sidecar] : [],
    containers: [
      container('main', {
        ...(random.uniform() < 0.7 && probes),
        imagePullPolicy: random.choice(['IfNotPresent', 'Always'] as const),
      }),
      ...(random.uniform() < 0.3 ? [container('other', {image: 'elsewhere:1'})] : []),
    ],
  };
}

/** Something is done to a pod, wherever it is in its life. */
function strike({store, physics}: DetailedWorld, random: RandomStream): void {
  const pods = [...store.pods.all()];
  if (pods.length === 0) return;
  const pod = random.choice(pods);
  const which = random.choice(['crash', 'hang', 'leak'] as const);
  if (which === 'crash') physics.crash(pod, {exitCode: random.choice([0, 1])});
  else if (which === 'hang') physics.hang(pod, seconds(random.uniform(0, 20)));
  else physics.leak(pod, random.uniform(0, 4 * 2 ** 20));
}

/** Pods come, are bound, and some are deleted, at random, until 100 s. */
function churn(seed: number): DetailedWorld {
  const allocatable = new Map([
    ['pods', 40],
    ['memory', 2 ** 30],
  ]);
  const world = detailedWorld({seed, behaviour, kubelet: usual, allocatable});
  const {simulation, store, client} = world;
  const random = simulation.random('churn');
  const came = simulation.event('test.pod-came', () => {
    const lifetime = random.uniform() < 0.3 ? seconds(random.exponential(10)) : undefined;
    const template = podTemplate(randomSpec(random));
    const created = world.api.applyPod(wish(`pod-${store.pods.created}`, template, {lifetime}));
    if ('pod' in created) client.bindPod(created.pod, random.integer(0, 1) as NodeId);
    if (random.uniform() < 0.7) client.deletePod(random.choice([...store.pods.all()]));
    world.registry.answers = random.uniform() < 0.8;
    if (random.uniform() < 0.3) strike(world, random);
    if (simulation.now < seconds(100)) came.after(milliseconds(random.exponential(200)));
  });
  came.after(0);
  return world;
}

test('nothing is told of a pod that is gone, and every pod ends at most once, over seeds', () => {
  forEachSeed(8, seed => {
    const {simulation, store} = churn(seed);
    const {pods, signals} = store;
    const over = new Set<number>();
    const ended = new Set<number>();
    const alive = (pod: number) => assert.not(over.has(pods.serial(pod as never)));
    signals.container.watch(alive);
    for (const signal of [signals.started, signals.ready, signals.restarted]) signal.watch(alive);
    signals.ended.watch(pod => {
      assert.not(ended.has(pods.serial(pod)));
      ended.add(pods.serial(pod));
      over.add(pods.serial(pod));
    });
    simulation.run(seconds(400));
  });
});

test('when all pods are deleted, nothing runs and nothing is left to happen, over seeds', () => {
  forEachSeed(8, seed => {
    const {simulation, store, machines, client} = churn(seed);
    simulation.run(seconds(150));
    for (const pod of [...store.pods.all()]) client.deletePod(pod);
    simulation.run(seconds(700));
    assert.is(store.pods.count, 0);
    assert.is(machines.running(0 as NodeId) + machines.running(1 as NodeId), 0);
    assert.is(simulation.eventsPending, 0);
  });
});

test('a pod is ready only while it runs, over seeds', () => {
  forEachSeed(10, seed => {
    const {simulation, store} = churn(seed);
    const {pods, signals} = store;
    signals.ready.watch(pod => assert.is(pods.phase(pod), 'Running'));
    signals.deleted.watch(pod => assert.not(pods.ready(pod) && pods.phase(pod) !== 'Running'));
    simulation.run(seconds(200));
  });
});

test('a run forked in the middle goes on as the whole one does, over seeds', () => {
  forEachSeed(8, seed => {
    const whole = churn(seed);
    whole.simulation.run(seconds(new RandomStream(`fork ${seed}`).integer(1, 110)));
    const fork = churn(seed);
    fork.registry.answers = !whole.registry.answers;
    fork.simulation.restore(whole.simulation.save());
    for (const {simulation} of [whole, fork]) simulation.run(seconds(300));
    assert.is(fork.simulation.fingerprint, whole.simulation.fingerprint);
  });
});

test('a pod lives the same whatever other pods do', () => {
  const told = (others: number) => {
    const world = detailedWorld({behaviour, kubelet: usual, present: []});
    const template = podTemplate({nodeName: 'node-0', containers: [container()]});
    const other = podTemplate({nodeName: 'node-1', containers: [container()]});
    for (let i = 0; i < others; i++) world.api.applyPod(wish(`other-${i}`, other));
    world.api.applyPod(wish('pod', template));
    world.simulation.run(seconds(300));
    return [world.told.times('pod started'), world.told.times('pod restarted')];
  };
  assert.equal(told(5), told(0));
});

test.run();
