// Containers that end, hang, use up their memory, or lack an image or their configuration: sections
// 1.3, 1.5, 1.6, 10, 12.1 and 13.8(4) of the controllers' reference.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {forEachSeed} from '../support/for-each-seed.ts';
import {document, pod, workload} from './objects.ts';
import {Play, played, scenario} from './play.ts';

const cluster = (rest: string, duration = '1h') => `duration: ${duration}
cluster:
  nodes: [{name: n, count: 2, allocatable: {cpu: 4, memory: 16Gi, pods: 110}}]
${rest}`;

// 13.8(4): decided so long after the first start, for a container that fails 10 s after each start.
const restarts = [10, 30, 60, 110, 200, 370, 680, 990, 1300, 1610];

test('a container that fails after 10 s is started again at 10, 30, 60, 110, 200 … s', async () => {
  const given = await scenario(cluster('behaviour: [{crashesAfter: 10s, exitCode: 1}]\n', '30m'));
  const body = {...given, manifests: (await scenario(cluster(pod()))).manifests};
  forEachSeed(10, seed => {
    const starts = new Play(body, {seed}).run().times('container started');
    const [first, ...again] = starts.map(at => at - starts[0]);
    assert.is(first, 0);
    assert.ok(again.length === 9 || again.length === 10, `${again.length} in 30 minutes`);
    assert.is(again.filter(at => at < 300).length, 5);
    // What each wait may add: half of its last chunk of at most 60 s, the kubelet's looks, the start.
    let drift = 0;
    again.forEach((at, i) => {
      const wait = [0, 10, 20, 40, 80, 160, 300, 300, 300, 300][i];
      drift += Math.min(wait, 60) / 2 + 3;
      assert.ok(at >= restarts[i] && at <= restarts[i] + drift, `${i}: ${at}`);
    });
  });
});

test('the first crash of a container is over in 1 to 3 s', async () => {
  const crash = '{kind: container-crash, pod: deployment/web, at: 20m}';
  const given = await scenario(cluster(`faults: [${crash}]\n${workload({replicas: 40})}`));
  const play = new Play(given).run();
  const again = play.times('container started', {from: 1200}).map(at => at - 1200);
  assert.is(again.length, 40);
  // 12.1: the kubelet looks once a second, and needs up to half a second to start.
  for (const at of again) assert.ok(at > 0.05 && at < 2.6, `${at}`);
  const ready = play.times('ready', {from: 1200}).map(at => at - 1200);
  assert.is(ready.length, 40);
  for (const at of ready) assert.ok(at > 0.05 && at < 3.5, `${at}`);
  const mean = ready.reduce((sum, at) => sum + at, 0) / 40;
  assert.ok(mean > 1 && mean < 2, `${mean}`);
});

test('a liveness probe notices a process that hangs after 20 to 31 s', async () => {
  const container = {livenessProbe: {httpGet: {path: '/', port: 80}}};
  const hang = '{kind: pod-hang, pod: deployment/web, at: 20m}';
  // Probes begin with their pods, so these begin at all times of a period.
  const steps = Array.from({length: 12}, (_, i) => i + 1);
  const scale = (i: number) =>
    `{at: ${800 * i}ms, do: scale, target: deployment/web, replicas: ${5 * i}}`;
  const play = await played(
    cluster(`timeline: [${steps.map(scale)}]
faults: [${hang}]
${workload({replicas: 0, container})}`),
  );
  const killed = play.times('container killed-unhealthy', {from: 1200}).map(at => at - 1200);
  assert.is(killed.length, 60);
  for (const at of killed) assert.ok(at >= 20 && at <= 31.5, `${at}`);
  assert.ok(Math.max(...killed) - Math.min(...killed) > 6, 'phases differ');
  // It ignores SIGTERM, so 30 s of grace come on top.
  const again = play.times('container started', {from: 1200}).map(at => at - 1200);
  assert.is(again.length, 60);
  for (const at of again) assert.ok(at >= 50 && at <= 64, `${at}`);
});

test('a container that outgrows its memory limit is killed, and started again like a crash', async () => {
  const resources = {requests: {memory: '100Mi'}, limits: {memory: '200Mi'}};
  const behaviour = 'behaviour: [{memory: {use: 100Mi, leakPerMinute: 50Mi}}]\n';
  const given = await scenario(cluster(`${behaviour}${pod({container: {resources}})}`, '10m'));
  const play = new Play(given).run();
  const killed = play.times('container oom-killed');
  const starts = play.times('container started');
  // 100 MiB are left, which last two minutes.
  for (const [i, at] of killed.entries()) {
    assert.ok(at - starts[i] > 119.9 && at - starts[i] < 121.1, `${at - starts[i]}`);
  }
  assert.is(killed.length, 4);
  assert.is(play.rows('pods.csv')[0].restarts, '4');
});

test('an image that is not there is asked for again after 10, 20, 40, 80, 160, 300, 300 s', async () => {
  const given = await scenario(cluster(`images: {missing: ["shop/web:1"]}\n${pod()}`));
  forEachSeed(10, seed => {
    const failed = new Play(given, {seed}).run().times('container pull-failed');
    const gaps = failed.slice(1).map((at, i) => at - failed[i]);
    for (const [i, wait] of [10, 20, 40, 80, 160, 300, 300].entries()) {
      const most = wait + Math.min(wait, 60) / 2 + 2;
      assert.ok(gaps[i] >= wait && gaps[i] <= most, `${wait}: ${gaps[i]}`);
    }
  });
});

const reading = {envFrom: [{configMapRef: {name: 'settings'}}]};
const settings = document({
  ...{apiVersion: 'v1', kind: 'ConfigMap', metadata: {name: 'settings'}},
  data: {colour: 'red'},
});

test('without its ConfigMap a container waits, and starts soon after it appears', async () => {
  const apply = 'timeline: [{at: 10m, do: apply, file: settings.yaml}]\n';
  const body = cluster(`${apply}${pod({container: reading})}`);
  const given = await scenario(body, {'settings.yaml': settings});
  forEachSeed(10, seed => {
    const play = new Play(given, {seed}).run();
    // Image first; then again and again, 10 to 15 s after each failure, or at a resync.
    const missing = play.times('lacking config-missing');
    assert.ok(missing.length > 5 && missing.length < 61, `${missing.length}`);
    assert.ok(play.times('container pulled')[0] <= missing[0]);
    const [started] = play.times('container started');
    assert.ok(started > 600 && started < 600 + 91, `${started}`);
  });
});

test('a KEP counts 10 restarts in half an hour, and a shorter cap makes more of them', async () => {
  const cap = (most: string) => `duration: 30m
cluster:
  nodes: [{name: n, count: 1, allocatable: {cpu: 4, memory: 16Gi, pods: 110}}]
  kubelet: {maxContainerRestartPeriod: ${most}}
behaviour: [{crashesAfter: 10s, exitCode: 1}]
${pod()}`;
  const count = async (most: string) => (await played(cap(most))).times('restarted').length;
  const [usual, short] = [await count('300s'), await count('30s')];
  assert.ok(usual >= 9 && usual <= 10, `${usual}`);
  assert.ok(short >= 35 && short <= 48, `${short}`);
});

test.run();
