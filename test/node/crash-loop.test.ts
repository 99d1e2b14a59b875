// CrashLoopBackOff against kuberuntime_manager.go's doBackOff and client-go's Backoff, and against
// KEP-4603's count: a container that fails every 10 s gets about 10 restarts in 30 minutes.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {minutes, seconds} from '../../src/engine/time.ts';
import {forEachSeed} from '../support/for-each-seed.ts';
import {container, detailedWorld, podOn, type Wishes} from './detailed-world.ts';

const crash = (after: string) => [{crashesAfter: after}];

/** Seconds from each end of a container to its next start. */
function waits(wishes: Wishes, until: number, runs: number): number[] {
  const world = detailedWorld(wishes);
  podOn(world);
  world.simulation.run(until);
  const starts = world.told.times('main started');
  return starts.slice(1).map((start, i) => (start - starts[i] - runs) / seconds(1));
}

test('a container that crashes waits 0, 10, 20, 40, 80, 160 and then 300 seconds', () => {
  const rows: [string, string, number[]][] = [
    ['crashes at once', '0s', [0, 10, 20, 40, 80, 160, 300, 300, 300]],
    ['crashes after 10 s', '10s', [0, 10, 20, 40, 80, 160, 300, 300, 300]],
    ['runs for exactly ten minutes', '600s', [0, 10, 20, 40]],
    ['runs for longer than ten minutes', '601s', [0, 0, 0, 0]],
  ];
  for (const [what, after, expected] of rows) {
    const runs = seconds(Number.parseInt(after, 10));
    const found = waits({behaviour: crash(after)}, minutes(60), runs).slice(0, expected.length);
    assert.equal(found, expected, what);
  }
});

test('a clean exit is restarted like a crash', () => {
  const behaviour = [{exitsAfter: '1s', exitCode: 0}];
  assert.equal(waits({behaviour}, minutes(3), seconds(1)).slice(0, 5), [0, 10, 20, 40, 80]);
});

test('a container that fails every 10 seconds is restarted ten times in half an hour', () => {
  const world = detailedWorld({behaviour: crash('10s')});
  const pod = podOn(world);
  world.simulation.run(minutes(5));
  assert.is(world.store.pods.restarts(pod), 5);
  world.simulation.run(minutes(30));
  assert.is(world.store.pods.restarts(pod), 10);
});

// As KEP-4603's model has it, in seconds after its first start.
test('a container that runs 10 seconds and fails is restarted at the published times', () => {
  const world = detailedWorld({behaviour: crash('10s')});
  podOn(world);
  world.simulation.run(minutes(28));
  const [first, ...restarts] = world.told.times('main started');
  assert.equal(
    restarts.map(at => (at - first) / seconds(1)),
    [10, 30, 60, 110, 200, 370, 680, 990, 1300, 1610],
  );
});

test('the longest wait is the node configuration to state', () => {
  const rows: [string, number[]][] = [
    ['1s', [0, 1, 1, 1]],
    ['30s', [0, 10, 20, 30, 30]],
  ];
  for (const [maxContainerRestartPeriod, expected] of rows) {
    const wishes = {kubelet: {maxContainerRestartPeriod}, behaviour: crash('0s')};
    assert.equal(waits(wishes, minutes(5), 0).slice(0, expected.length), expected);
  }
});

// Up to half as long again and a tick; of 300 s a kubelet sleeps through at most a minute at once.
test('a waiting container is looked at late by up to half its wait and a tick', () => {
  forEachSeed(50, seed => {
    const kubelet = {syncJitter: 0.5, syncTick: {uniform: {from: '0s', to: '1s'}}};
    const found = waits({seed, kubelet, behaviour: crash('1s')}, minutes(30), seconds(1));
    for (const [i, wait] of [10, 20, 40, 80, 160, 300].entries()) {
      const slept = found[i + 1];
      // Each time that it looks too early it has slept for a minute, and may lose a tick.
      const latest = wait + Math.min(wait, 60) / 2 + Math.ceil(wait / 60);
      assert.ok(slept >= wait && slept < latest, `${slept} of ${wait}`);
    }
  });
});

test('a crash is seen within a second, and the pod is unready until it runs again', () => {
  const behaviour = crash('30s');
  const world = detailedWorld({kubelet: {observe: '400ms', containerStart: '200ms'}, behaviour});
  podOn(world);
  world.simulation.run(seconds(34));
  assert.equal(world.told.lines().slice(-5), [
    'pod-0 unready at 31.605s',
    'main created at 31.8s',
    'main started at 31.8s',
    'pod-0 restarted at 32.205s',
    'pod-0 ready at 32.205s',
  ]);
});

test('a restart that has to wait for its image counts once', () => {
  const world = detailedWorld({behaviour: crash('1s')});
  podOn(world, {containers: [container('main', {imagePullPolicy: 'Always'})]});
  world.simulation.run(seconds(1.5));
  world.registry.answers = false;
  world.simulation.run(seconds(60));
  world.registry.answers = true;
  world.simulation.run(minutes(3));
  const starts = world.told.times('main started').map(at => at / seconds(1));
  // Crashes at 2 s; pulls fail at 2, 12, 32; then waits of 10 and 20 s as if nothing had been.
  assert.equal(starts.slice(0, 4), [1, 72, 83, 104]);
});

test('restart policies decide about every exit', () => {
  const rows: [string, number, string][] = [
    ['Always', 0, 'restarted'],
    ['Always', 1, 'restarted'],
    ['OnFailure', 0, 'succeeded Completed'],
    ['OnFailure', 1, 'restarted'],
    ['Never', 0, 'succeeded Completed'],
    ['Never', 1, 'failed Error'],
  ];
  for (const [restartPolicy, exitCode, expected] of rows) {
    const world = detailedWorld({behaviour: [{exitsAfter: '5s', exitCode}]});
    podOn(world, {restartPolicy: restartPolicy as 'Always'});
    world.simulation.run(seconds(8));
    assert.ok(world.told.words().includes(`pod-0 ${expected}`), `${restartPolicy} ${exitCode}`);
  }
});

test('a pod says which of its containers failed it, and with which exit code', () => {
  const world = detailedWorld({behaviour: [{exitsAfter: '5s', exitCode: 42}]});
  podOn(world, {restartPolicy: 'Never'});
  world.simulation.run(seconds(8));
  const [pod] = world.store.pods.all();
  const exit = {container: 0, code: 42};
  assert.equal(world.store.pods.howEnded(pod), {reason: 'Error', exit});
});

test.run();
