// Nodes that come back, and the other ways out for pods of a node that is lost: sections 2.5, 2.6,
// 12.3 and 13.8(8) of the controllers' reference.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {forEachSeed} from '../support/for-each-seed.ts';
import {workload} from './objects.ts';
import {Play, scenario} from './play.ts';

const fault = 600;

const cluster = (faults: string, timeline = '') => `duration: 1h
cluster:
  nodes: [{name: n, count: 4, allocatable: {cpu: 4, memory: 16Gi, pods: 110}}]
timeline: [${timeline}]
faults: [${faults}]
${workload({replicas: 8})}`;

const own = {node: 'n-0', from: fault};

/** Over seeds; `check` sees a run that is over. */
async function over(body: string, check: (play: Play) => void): Promise<void> {
  const given = await scenario(body);
  forEachSeed(6, seed => check(new Play(given, {seed}).run()));
}

/** What is true again of a cluster that has come to rest. */
function whole(play: Play): void {
  const {store, machines} = play.world;
  assert.is(play.ready('web'), 8);
  assert.is(store.pods.count, 8);
  for (const name of ['n-0', 'n-1', 'n-2', 'n-3']) {
    const id = store.nodes.id(name);
    if (id === undefined) continue;
    assert.equal(store.nodes.get(id)?.taints, []);
    assert.is(machines.running(id), store.pods.on(id).length);
  }
}

test('back before 340 s: the same pods, a restart each, ready after their start', async () => {
  await over(cluster('{kind: node-crash, node: n-0, at: 10m, lasts: 3m}'), play => {
    const [back] = play.times('Ready True', own);
    // 180 s without power and 30 s of boot.
    assert.ok(back >= fault + 210 && back < fault + 211, `${back}`);
    assert.equal(play.times('terminating'), []);
    assert.is(play.times('created').length, 8);
    const ready = play.times('ready', own);
    assert.is(ready.length, play.times('restarted', own).length);
    assert.is(ready.length, play.times('unready', own).length);
    for (const at of ready) assert.ok(at > back && at < back + 5, `${at}`);
    const untainted = play.times('untaint node.kubernetes.io/unreachable:NoExecute', own);
    assert.ok(untainted[0] >= back && untainted[0] <= back + 5.1, `${untainted}`);
    whole(play);
  });
});

test('back after the eviction: what had been there is confirmed gone within seconds', async () => {
  await over(cluster('{kind: node-crash, node: n-0, at: 10m, lasts: 15m}'), play => {
    const terminating = play.times('terminating', own);
    assert.ok(terminating.length > 0);
    for (const at of terminating) assert.ok(at >= fault + 340 && at <= fault + 356, `${at}`);
    const deleted = play.times('deleted', own);
    assert.is(deleted.length, terminating.length);
    for (const at of deleted) assert.ok(at >= fault + 930 && at <= fault + 935, `${at}`);
    whole(play);
  });
});

test('a kubelet that stops for two minutes costs readiness, and no restart', async () => {
  await over(cluster('{kind: kubelet-stop, node: n-0, at: 10m, lasts: 2m}'), play => {
    const unready = play.times('unready', own);
    assert.ok(unready.length > 0);
    for (const at of unready) assert.ok(at >= fault + 39 && at <= fault + 55.5, `${at}`);
    for (const at of play.times('ready', own)) assert.ok(at > fault + 120 && at < fault + 122);
    assert.equal([play.times('restarted'), play.times('terminating')], [[], []]);
    whole(play);
  });
});

test('a kubelet that stops for good keeps what runs, while the pods are made elsewhere', async () => {
  await over(cluster('{kind: kubelet-stop, node: n-0, at: 10m}'), play => {
    const terminating = play.times('terminating', own);
    const {machines, store} = play.world;
    assert.is(machines.running(play.node('n-0')), terminating.length);
    assert.is(play.ready('web'), 8);
    assert.is(store.pods.count, 8 + terminating.length);
    assert.equal(play.times('deleted', own), []);
  });
});

test('pods of a node cut off run on unready, and end when it hears that it lost them', async () => {
  await over(cluster('{kind: node-unreachable, node: n-0, at: 10m, lasts: 15m}'), play => {
    const unready = play.times('unready', own);
    const [unknown] = play.times('Ready Unknown', own);
    for (const at of unready) assert.ok(at >= unknown && at < unknown + 0.5);
    assert.is(play.times('terminating', own).length, unready.length);
    const deleted = play.times('deleted', own);
    assert.is(deleted.length, unready.length);
    for (const at of deleted) assert.ok(at > fault + 900 && at < fault + 945, `${at}`);
    whole(play);
  });
  const given = await scenario(cluster('{kind: node-unreachable, node: n-0, at: 10m, lasts: 15m}'));
  const before = new Play(given).run(fault + 899);
  const id = before.node('n-0');
  assert.ok(before.world.machines.running(id) > 0);
  assert.is(before.world.machines.running(id), before.world.store.pods.on(id).length);
});

// Its status comes back before its lease is renewed; a newer Ready condition counts as well (2.2).
test('a node that says it is Ready again is not lost a second time', async () => {
  const given = await scenario(cluster('{kind: node-unreachable, node: n-0, at: 10m, lasts: 15m}'));
  forEachSeed(30, seed => {
    const play = new Play(given, {seed}).run();
    assert.is(play.times('Ready Unknown').length, 1);
    assert.is(play.times('Ready True', own).length, 1);
  });
});

// A last heartbeat is at most 10.4 s old, and a request that hangs is given up after 10 s (1.8).
test('a node cut off for less than 29 s is not missed', async () => {
  await over(cluster('{kind: node-unreachable, node: n-0, at: 10m, lasts: 29s}'), play => {
    assert.equal(play.times('Ready Unknown'), []);
    assert.equal(play.times('unready'), []);
  });
});

// 2.5: 20 s at most until it is noticed, 40 s of quarantine, the next pass.
test('pods of a deleted Node object are gone after 40 to 80 s', async () => {
  const gone = '{at: 15m, do: delete, target: node/n-0}';
  const crash = '{kind: node-crash, node: n-0, at: 14m}';
  await over(cluster(crash, gone), play => {
    const removed = 900;
    const deleted = play.times('deleted', {from: removed});
    assert.ok(deleted.length > 0);
    for (const at of deleted) {
      assert.ok(at > removed + 40 && at < removed + 81, `${at - removed}`);
    }
    assert.is(play.ready('web'), 8);
    assert.is(play.world.store.pods.count, 8);
  });
});

// 13.8(8): non-tolerating pods go at once, PodGC removes them at its next pass.
test('the out-of-service taint frees a dead node of its pods within 20 to 25 s', async () => {
  const taint = 'node.kubernetes.io/out-of-service=nodeshutdown:NoExecute';
  const tainted = `{at: 15m, do: taint, node: n-0, taint: "${taint}"}`;
  await over(cluster('{kind: node-crash, node: n-0, at: 13m}', tainted), play => {
    const at = 900;
    const terminating = play.times('terminating', {node: 'n-0', from: at});
    assert.ok(terminating.length > 0);
    for (const time of terminating) assert.ok(time - at < 1, `${time - at}`);
    const deleted = play.times('deleted', {node: 'n-0', from: at});
    assert.is(deleted.length, terminating.length);
    for (const time of deleted) assert.ok(time - at < 25, `${time - at}`);
    for (const time of play.times('ready', {from: at})) assert.ok(time - at < 10, `${time - at}`);
    assert.is(play.ready('web'), 8);
  });
});

test('a pod on a dead node is Terminating for the whole day', async () => {
  const day = cluster('{kind: node-crash, node: n-0, at: 10m}').replace('1h', '1d');
  const play = new Play(await scenario(day)).run();
  const {pods} = play.world.store;
  const left = [...pods.all()].filter(one => pods.terminating(one));
  assert.is(left.length, play.times('terminating').length);
  assert.ok(left.length > 0);
  assert.equal(play.times('deleted'), []);
});

test('a forced deletion removes the object at once, and nothing proves that it stopped', async () => {
  const body = cluster('{kind: node-unreachable, node: n-0, at: 10m, lasts: 30m}');
  const given = await scenario(body);
  const first = new Play(given).run(fault + 500);
  const {pods} = first.world.store;
  const name = pods.name(pods.on(first.node('n-0'))[0]);
  const forced = `{at: 20m, do: delete, target: pod/${name}, force: true}`;
  const play = new Play(await scenario(body.replace('timeline: []', `timeline: [${forced}]`)));
  const before = play.run(1199).world.machines.running(play.node('n-0'));
  play.run(1230);
  assert.is(play.times('deleted', {who: name})[0], 1200.005);
  assert.is(play.world.machines.running(play.node('n-0')), before);
  whole(play.run());
});

test.run();
