// A node loses power: sections 2.2, 12.3, 13.1 and 13.8(1, 2) of the controllers' reference. When it
// is seen, when its pods are deleted, and when others are ready in their place.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {forEachSeed} from '../support/for-each-seed.ts';
import {kolmogorovLimit, kolmogorovSmirnov, mean} from '../support/statistics.ts';
import {workload} from './objects.ts';
import {Play, played, scenario} from './play.ts';

/** From the loss of power to Ready Unknown, each time that a node fails in ten days. */
async function detections(kubernetes: string): Promise<number[]> {
  const {diary} = await played(`duration: 10d
cluster:
  kubernetes: "${kubernetes}"
  nodes: [{name: n, count: 50, allocatable: {cpu: 4, memory: 16Gi, pods: 110}}]
faults:
  - {kind: node-crash, node: {pool: n}, up: {exponential: {mean: 5h}}, down: 20m, start: fresh}
`);
  const lost = new Map<string, number>();
  return diary.flatMap(({what, who, at}) => {
    if (what === 'off') lost.set(who, at);
    return what === 'Ready Unknown' ? [at - (lost.get(who) ?? 0)] : [];
  });
}

// Version, grace period; 12.3 has 40 to 55 s, and ten less up to 1.31.
for (const [kubernetes, grace] of [
  ['1.31', 40],
  ['1.32', 50],
  ['1.36', 50],
] as const) {
  test(`${kubernetes}: a lost node is seen after ${grace - 10} to ${grace + 5} s`, async () => {
    const found = await detections(kubernetes);
    assert.ok(found.length >= 2000, `${found.length}`);
    for (const delay of found) assert.ok(delay > grace - 10.4 && delay < grace + 5.01, `${delay}`);
    assert.ok(Math.abs(mean(found) - (grace - 2.5)) < 0.3, `${mean(found)}`);
    const fit = kolmogorovSmirnov(found, delay => expectedShare(delay - grace));
    assert.ok(fit < kolmogorovLimit, `${fit}`);
  });
}

/** Of u − r below x: u uniform to 5 (the passes), r to 10.2 (the age of the last heartbeat). */
function expectedShare(x: number): number {
  const area = (y: number) => Math.max(0, y) ** 2 / 2;
  const below = area(x + 10.2) - area(x + 5.2) - area(x) + area(x - 5);
  return below / (10.2 * 5);
}

const cluster = (rest = '', kubernetes = '1.36') => `duration: 20m
cluster:
  kubernetes: "${kubernetes}"
  nodes:
    - name: n
      count: 4
      allocatable: {cpu: 4, memory: 16Gi, pods: 110}
      images: [{name: "shop/web:1", size: 100Mi}]
${rest}faults: [{kind: node-crash, node: n-0, at: 5m, lasts: 30m}]
`;

const crash = 300;
const toleration = 300;

for (const [kubernetes, earliest] of [
  ['1.36', 341],
  ['1.31', 331],
] as const) {
  test(`${kubernetes}: pods run elsewhere ${earliest} to ${earliest + 20} s after it`, async () => {
    const given = await scenario(`${cluster('', kubernetes)}${workload({replicas: 4})}`);
    forEachSeed(12, seed => {
      const play = new Play(given, {seed}).run();
      const [unknown] = play.times('Ready Unknown', {who: 'n-0'});
      const [noExecute] = play.times('taint node.kubernetes.io/unreachable:NoExecute');
      assert.ok(noExecute - unknown < 0.31, `NoExecute after ${noExecute - unknown}`);
      const unready = play.times('unready', {node: 'n-0', from: crash});
      assert.ok(unready.length > 0);
      for (const at of unready) assert.ok(at >= unknown && at < unknown + 0.5);
      const deleted = play.times('terminating', {node: 'n-0', from: crash});
      assert.is(deleted.length, unready.length);
      for (const at of deleted) assert.ok(Math.abs(at - noExecute - toleration) < 0.05, `${at}`);
      const ready = play.times('ready', {from: crash}).map(at => at - crash);
      assert.is(ready.length, deleted.length);
      for (const at of ready) assert.ok(at > earliest - 1.5 && at < earliest + 20, `${at}`);
      assert.is(play.ready('web'), 4);
    });
  });
}

test('the pull of an image that is not there yet comes on top', async () => {
  const body = (size: string) => `duration: 20m
cluster:
  nodes: [{name: n, count: 2, allocatable: {cpu: 4, memory: 16Gi, pods: 110}}]
images: {sizes: [{name: "shop/web:1", size: ${size}}]}
timeline: [{at: 0s, do: cordon, node: n-1}, {at: 4m, do: uncordon, node: n-1}]
faults: [{kind: node-crash, node: n-0, at: 5m}]
`;
  const once = async (size: string) => {
    const web = workload({replicas: 1});
    return (await played(`${body(size)}${web}`)).times('ready', {from: crash})[0] - crash;
  };
  const [small, large] = [await once('50Mi'), await once('1500Mi')];
  assert.ok(small > 341 && small < 364, `${small}`);
  assert.ok(Math.abs(large - small - 29) < 0.01, `${large - small}`);
});

test('a pod of a DaemonSet stays on its lost node, and none comes instead', async () => {
  const agent = workload({kind: 'DaemonSet', name: 'agent'});
  const play = await played(`${cluster()}${agent}`);
  assert.is(play.times('created').length, 4);
  assert.equal(play.times('terminating'), []);
  assert.is(play.ready('agent'), 3);
});

// As kubespray documents (12.3): period and grace of the node monitor, toleration, and the sum of the
// last two, by which pods are deleted.
for (const [period, grace, tolerated, sum] of [
  [2, 20, 30, 50],
  [5, 120, 60, 180],
  [5, 300, 60, 360],
]) {
  test(`a grace of ${grace} s and a toleration of ${tolerated} s make ${sum} s`, async () => {
    const given = await scenario(
      `${cluster(`  controllerManager: {nodeMonitorPeriod: ${period}s, nodeMonitorGracePeriod: ${grace}s}
  apiServer: {defaultNotReadyTolerationSeconds: ${tolerated}, defaultUnreachableTolerationSeconds: ${tolerated}}
`)}${workload({replicas: 4})}`,
    );
    forEachSeed(5, seed => {
      const deleted = new Play(given, {seed}).run().times('terminating', {node: 'n-0'});
      assert.ok(deleted.length > 0);
      for (const at of deleted) {
        const after = at - crash;
        assert.ok(after > sum - 10.4 && after < sum + period + 0.5, `${after}`);
      }
    });
  });
}

// 13.8(2): from the last renewal of the lease to Ready Unknown; the documented sample took 43 s.
// A kubelet that starts renews its lease at once.
for (const [kubernetes, grace] of [
  ['1.31', 40],
  ['1.36', 50],
] as const) {
  test(`${kubernetes}: a node without heartbeats for ${grace} to ${grace + 5} s is lost`, async () => {
    const stop = '{kind: kubelet-stop, node: n-0, at: 294s, lasts: 1s}, ';
    const given = await scenario(cluster('', kubernetes).replace('faults: [', `faults: [${stop}`));
    forEachSeed(20, seed => {
      const [unknown] = new Play(given, {seed}).run().times('Ready Unknown', {who: 'n-0'});
      const silent = unknown - 295;
      assert.ok(silent >= grace && silent <= grace + 5.2, `${silent}`);
    });
  });
}

test.run();
