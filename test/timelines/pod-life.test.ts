// Pods that start and go on healthy nodes: sections 1.7, 5.4, 5.5, 12.2, 13.3 and 13.8(10) of the
// controllers' reference.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {forEachSeed} from '../support/for-each-seed.ts';
import {mean} from '../support/statistics.ts';
import {document, workload} from './objects.ts';
import {Play, played, scenario} from './play.ts';

const cluster = (timeline: string, rest = '') => `duration: 30m
cluster: {nodes: [{name: n, count: 4, allocatable: {cpu: 4, memory: 16Gi, pods: 110}}]}
timeline: [${timeline}]
${rest}`;

test('a pod of a Deployment that is deleted is replaced at once, and gone after its end', async () => {
  const behaviour = 'behaviour: [{stopsAfter: 4s}]\n';
  const body = cluster('', behaviour + workload({replicas: 3}));
  const [name] = (await played(body)).entries('ready').map(({who}) => who);
  const deletes = `{at: 10m, do: delete, target: pod/${name}}`;
  const given = await scenario(body.replace('timeline: []', `timeline: [${deletes}]`));
  const play = new Play(given).run();
  const at = 600;
  const [terminating] = play.times('terminating');
  assert.ok(terminating - at < 0.05, `${terminating}`);
  const [created] = play.times('created', {from: at});
  assert.ok(created - at < 0.1, `${created}`);
  const [ready] = play.times('ready', {from: at});
  assert.ok(ready - at > 0.5 && ready - at < 3.5, `${ready}`);
  const [deleted] = play.times('deleted');
  assert.ok(deleted - at > 4.1 && deleted - at < 7.1, `${deleted}`);
});

// What it says when it is told to stop, its grace, and when its object is gone after that.
for (const [stopsAfter, grace, least, most] of [
  ['1s', 30, 2, 4],
  ['20s', 30, 21, 23],
  ['1h', 30, 31, 33],
  ['1h', 5, 6, 8],
] as const) {
  test(`a pod with ${grace} s of grace that needs ${stopsAfter} is gone after ${least} to ${most} s`, async () => {
    const web = workload({replicas: 12, pod: {terminationGracePeriodSeconds: grace}});
    const scale = '{at: 10m, do: scale, target: deployment/web, replicas: 0}';
    const play = await played(cluster(scale, `behaviour: [{stopsAfter: ${stopsAfter}}]\n${web}`));
    const deleted = play.times('deleted').map(at => at - 600);
    assert.is(deleted.length, 12);
    // Sandbox, and two looks of up to a second: 0.2 to 2.4 s, of which the mean is held to 1.7.
    for (const at of deleted) assert.ok(at > least - 0.9 && at < most, `${at}`);
    assert.ok(mean(deleted) > least && mean(deleted) < most - 1, `${mean(deleted)}`);
  });
}

// kubernetes.io/blog/2015/09: 100 nodes that take 30 pods each, 50th, 90th and 99th percentile.
for (const [what, full, expected] of [
  ['10 % full', 3, [0.9, 1.29, 1.59]],
  ['full', 30, [1.94, 2.5, 4.32]],
] as const) {
  test(`100 nodes that are ${what} start pods as fast as published, within a quarter`, async () => {
    const other = `{name: load, count: ${(full - 1) * 100}}`;
    const given = await scenario(`duration: 15m
cluster:
  nodes:
    - name: n
      count: 100
      allocatable: {cpu: 64, memory: 256Gi, pods: 30}
      images: [{name: "shop/web:1", size: 1Mi}]
  kubelet: {lifecycle: detailed}
workload:
  - {kind: batch, ${other.slice(1, -1)}, template: {spec: {containers: [{name: main, image: "shop/web:1"}]}}}
  - kind: uniform
    name: late
    start: 5m
    over: 5m
    count: 100
    template: {spec: {containers: [{name: main, image: "shop/web:1"}]}}
`);
    const found: number[] = [];
    forEachSeed(2, seed => {
      for (const row of new Play(given, {seed}).run().rows('pods.csv')) {
        if (row.name.startsWith('late')) found.push(Number(row.startup_latency));
      }
    });
    found.sort((one, other) => one - other);
    assert.is(found.length, 200);
    for (const [i, p] of [0.5, 0.9, 0.99].entries()) {
      const quantile = found[Math.ceil(p * found.length) - 1];
      assert.ok(Math.abs(quantile / expected[i] - 1) <= 0.25, `${p}: ${quantile}`);
    }
  });
}

// 5.5: each hop is a watch and a request; in the background the owner goes first.
test('a deleted Deployment goes before its pods, and with foreground after them', async () => {
  for (const cascade of ['background', 'foreground', 'orphan']) {
    const deletes = `{at: 10m, do: delete, target: deployment/web, cascade: ${cascade}}`;
    const play = await played(cluster(deletes, workload({replicas: 5})));
    const {store} = play.world;
    assert.is(store.workloads.id('Deployment/default/web'), undefined);
    const terminating = play.times('terminating');
    assert.is(terminating.length, cascade === 'orphan' ? 0 : 5);
    for (const at of terminating) assert.ok(at < 602, `${at}`);
    assert.is(store.pods.count, cascade === 'orphan' ? 5 : 0);
  }
});

test('a deleted namespace waits 5 s, and goes when its pods are gone', async () => {
  const namespace = document({apiVersion: 'v1', kind: 'Namespace', metadata: {name: 'shop'}});
  const web = workload({replicas: 5}).replace('"name":"web"}', '"name":"web","namespace":"shop"}');
  const deletes = '{at: 10m, do: delete, target: namespace/shop}';
  const play = await played(cluster(deletes, `${namespace}${web}`));
  const terminating = play.times('terminating');
  assert.ok(terminating.length >= 5, `${terminating.length}`);
  for (const at of terminating) assert.ok(at > 605 && at < 606, `${at}`);
  const {store} = play.world;
  assert.is(store.pods.count, 0);
  assert.is(store.workloads.id('Deployment/shop/web'), undefined);
  assert.is(store.namespaces.id('shop'), undefined);
});

test.run();
