// Memory that runs out, of a container or of a node: kuberuntime's OOMKilled, the eviction manager
// (pkg/kubelet/eviction) and the kernel's choice (pkg/kubelet/qos/policy.go).

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {minutes, seconds} from '../../src/engine/time.ts';
import {evictedBefore, oomAdjustment} from '../../src/node/memory-order.ts';
import type {Container} from '../../src/objects/pod-spec.ts';
import {qosClass} from '../../src/objects/qos.ts';
import {podTemplate} from '../control-plane/world.ts';
import {forEachSeed} from '../support/for-each-seed.ts';
import {container, type DetailedWorld, detailedWorld, mebibyte, podOn} from './detailed-world.ts';

const memory = (amount: number) => new Map([['memory', amount * mebibyte]]);

function limited(limit: number, more: Partial<Container> = {}): Container {
  return container('main', {limits: memory(limit), ...more});
}

test('a container that leaks is killed when it reaches its limit, and starts again from there', () => {
  const world = detailedWorld({behaviour: [{memory: {use: '100Mi', leakPerMinute: '60Mi'}}]});
  const pod = podOn(world, {containers: [limited(200)]});
  world.simulation.run(minutes(4));
  // 100 of 200 MiB at the start, a MiB a second.
  assert.equal(world.told.times('main oom-killed'), [101, 201].map(seconds));
  assert.equal(world.told.times('main started'), [1, 101, 211].map(seconds));
  assert.is(world.store.pods.restarts(pod), 2);
  const [[, cause]] = [...world.store.causes.all()];
  assert.equal([cause.kind, cause.target], ['oom-kill', 'pod/default/pod-0']);
});

test('a container that asks for more than its limit at once never runs for long', () => {
  const world = detailedWorld({behaviour: [{memory: {use: '300Mi'}}]});
  podOn(world, {containers: [limited(200)], restartPolicy: 'Never'});
  world.simulation.run(minutes(1));
  assert.equal(world.told.words().slice(-1), ['pod-0 failed Error']);
});

test('a leak that a fault begins ends in a kill that goes back to it', () => {
  const world = detailedWorld();
  const pod = podOn(world, {containers: [limited(200)]});
  const {simulation, store} = world;
  simulation
    .event('test.fault', () => {
      store.causes.begin({origin: 'fault', kind: 'memory-leak', target: 'pod/default/pod-0'});
      world.physics.leak(pod, 2 * mebibyte);
    })
    .at(minutes(30));
  simulation.run(minutes(60));
  assert.equal(world.told.times('main oom-killed'), [minutes(30) + seconds(100)]);
  const kinds = [...store.causes.all()].map(([, {kind, parent}]) => [kind, parent]);
  assert.equal(kinds, [
    ['memory-leak', 0],
    ['oom-kill', 1],
  ]);
});

/** A node with 1000 MiB allocatable; pods leak a MiB a second in all. */
function fullNode(wishes: {seed?: number; leak?: string; kubelet?: object} = {}) {
  const {seed = 1, leak = '60Mi', kubelet = {}} = wishes;
  const allocatable = new Map([...memory(1000), ['pods', 10]]);
  const behaviour = [
    {container: 'leaking', memory: {use: '100Mi', leakPerMinute: leak}},
    {container: 'modest', memory: {use: '300Mi'}},
    {container: 'greedy', memory: {use: '400Mi'}},
  ];
  return detailedWorld({seed, behaviour, allocatable, kubelet});
}

function fill(world: DetailedWorld): void {
  podOn(world, {containers: [container('leaking', {requests: memory(500)})]}, 'leaking');
  podOn(world, {containers: [container('modest', {requests: memory(300)})]}, 'modest');
  podOn(world, {containers: [container('greedy', {requests: memory(100)})]}, 'greedy');
}

test('a kubelet evicts at its next look, the pod first that uses more than it asked for', () => {
  forEachSeed(20, seed => {
    const world = fullNode({seed});
    fill(world);
    world.simulation.run(minutes(5));
    // 800 MiB at 1 s; over 1000 MiB from 201 s on; the kernel would kill at 301 s.
    const [evicted] = world.told.times('greedy evicted');
    assert.ok(evicted > seconds(201) && evicted <= seconds(211), `${evicted}`);
    assert.equal(world.told.times('leaking evicted'), []);
    const [ended] = world.told.times('greedy evicted Evicted');
    assert.ok(ended - evicted >= seconds(1) && ended - evicted < seconds(3));
  });
});

test('the node says that it is short of memory, until five minutes after it was', () => {
  forEachSeed(10, seed => {
    const world = fullNode({seed});
    fill(world);
    const changes: number[] = [];
    world.store.nodeSignals.changed.watch((_, before, after) => {
      if (before?.conditions.memoryPressure !== after?.conditions.memoryPressure) {
        changes.push(world.simulation.now / seconds(1));
      }
    });
    world.simulation.run(minutes(9));
    const [began, ended] = changes;
    assert.ok(began > 201 && began < 222, `${began}`);
    assert.ok(ended > 501 && ended < 522, `${ended}`);
  });
});

test('what asks for nothing is turned away while memory is short, and nothing else', () => {
  const world = fullNode();
  fill(world);
  world.simulation.run(seconds(220));
  podOn(world, {containers: [container('new')]}, 'nothing');
  podOn(world, {containers: [container('new', {requests: memory(1)})]}, 'little');
  world.simulation.run(seconds(230));
  assert.ok(world.told.words().includes('nothing evicted Evicted'));
  assert.ok(world.told.words().includes('little started'));
});

test('memory that runs out before the kubelet looks is freed by the kernel', () => {
  const world = fullNode({leak: '60Gi'});
  fill(world);
  world.simulation.run(seconds(11));
  const words = world.told.words();
  // The leaking one has by far the highest score: it holds nearly all of it.
  assert.ok(words.includes('leaking oom-killed'), words.join());
});

test('without a threshold nothing is evicted', () => {
  const world = fullNode({kubelet: {evictionHard: {'memory.available': 0}}});
  fill(world);
  world.simulation.run(minutes(5));
  assert.equal(
    world.told.words().filter(word => /evicted/.test(word)),
    [],
  );
  assert.ok(world.told.times('greedy oom-killed').length > 0);
});

test('pods are evicted by usage above their request, then priority, then how much above', () => {
  const user = (usedBytes: number, requestBytes: number, priority = 0) => ({
    ...{serial: 0, usedBytes, requestBytes, priority},
  });
  const rows: [string, ReturnType<typeof user>, ReturnType<typeof user>][] = [
    ['above its request before below', user(11, 10, 1000), user(99, 100, 0)],
    ['less important before more', user(11, 10, 0), user(99, 10, 1)],
    ['further above before nearer', user(99, 10), user(50, 10)],
    ['nearer below before further', user(9, 10), user(1, 10)],
  ];
  for (const [what, first, second] of rows) {
    assert.ok(evictedBefore(first, second) < 0 && evictedBefore(second, first) > 0, what);
  }
});

const both = (cpu: number, bytes: number) =>
  new Map([
    ['cpu', cpu],
    ['memory', bytes],
  ]);

test('the class of a pod follows from what its containers ask for and may use', () => {
  const rows: [string, readonly Partial<Container>[]][] = [
    ['BestEffort', [{}]],
    ['BestEffort', [{requests: new Map([['example.com/gpu', 1]])}]],
    ['Burstable', [{requests: both(1, 1)}]],
    ['Burstable', [{requests: both(1, 1), limits: both(1, 2)}]],
    ['Burstable', [{requests: both(1, 1), limits: both(1, 1)}, {}]],
    ['Guaranteed', [{requests: both(1, 1), limits: both(1, 1)}]],
  ];
  for (const [expected, containers] of rows) {
    const all = containers.map((more, i) => container(`c${i}`, more));
    assert.is(qosClass(podTemplate({containers: all}).spec), expected);
  }
});

test('the kernel spares what is guaranteed, and takes what asked for nothing first', () => {
  const adjustment = (more: Partial<Container>, priority = 0) => {
    const {spec} = podTemplate({containers: [container('main', more)]});
    return oomAdjustment(spec, 0, {priority, capacityBytes: 1000});
  };
  assert.is(adjustment({}), 1000);
  assert.is(adjustment({requests: both(1, 250)}), 750);
  assert.is(adjustment({requests: both(1, 0)}), 999);
  assert.is(adjustment({requests: both(1, 1000)}), 3);
  assert.is(adjustment({requests: both(1, 250), limits: both(1, 250)}), -997);
  assert.is(adjustment({}, 2_000_001_000), -997);
});

test('a run with pods under pressure, forked in the middle, goes on as the whole one', () => {
  forEachSeed(5, seed => {
    const whole = fullNode({seed});
    fill(whole);
    whole.simulation.run(seconds(150 + 20 * (seed % 5)));
    const fork = fullNode({seed});
    fork.simulation.restore(whole.simulation.save());
    for (const {simulation} of [whole, fork]) simulation.run(minutes(12));
    assert.is(fork.simulation.fingerprint, whole.simulation.fingerprint);
  });
});

test.run();
