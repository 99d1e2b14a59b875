// A database that is full: section 9.1 of the controllers' reference.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {workload} from './objects.ts';
import {Play, scenario} from './play.ts';

const body = (timeline: string, rest = '') => `duration: 20m
cluster:
  nodes: [{name: n, count: 3, allocatable: {cpu: 8, memory: 16Gi, pods: 110}}]
  controlPlane: {etcdQuota: 1Mi}
timeline: [${timeline}]
${rest}`;

const large = (name: string) =>
  JSON.stringify({
    ...{apiVersion: 'v1', kind: 'ConfigMap', metadata: {name}},
    data: {text: 'x'.repeat(1_020_000)},
  });

test('a full etcd scales nothing until space is free again and compacted', async () => {
  const timeline = [
    '{at: 60s, do: apply, file: large.json}',
    '{at: 70s, do: scale, target: deployment/web, replicas: 5}',
    '{at: 120s, do: delete, target: configmap/large}',
  ];
  const text = `${body(timeline.join(', '))}---\n${workload()}`;
  const given = await scenario(text, {'large.json': large('large')});
  const gaveUp = ['kube-scheduler.gave-up', 'kube-controller-manager.gave-up'];
  const play = new Play(given, {events: gaveUp}).run();
  // Their leases are writes too: they exit within 12 s, as when etcd has no majority.
  for (const each of gaveUp) {
    const [first] = play.times(each);
    assert.ok(first > 70 && first < 72.1, `${first}`);
  }
  const made = play.times('created', {from: 60});
  assert.is(made.length, 2);
  assert.ok(made[0] > 300, `${made[0]}`);
  assert.is(play.ready('web'), 5);
  const incident = play.rows('incidents.csv').find(({kind}) => kind === 'etcd-quota');
  assert.equal(
    [incident?.target, incident?.time, incident?.ended],
    ['etcd', '60.005000', '300.000000'],
  );
});

// What ended is told with a write, and only then is it deleted.
test('a generator fills etcd again as soon as there is space, and then nothing more goes', async () => {
  const pods = 'workload: [{kind: uniform, name: p, count: 600, over: 600s, lifetime: 100s}]\n';
  const given = await scenario(body('', pods).replace('1Mi', '250Ki'));
  const play = new Play(given).run();
  const incidents = play.rows('incidents.csv').map(({kind, ended}) => [kind, ended]);
  assert.equal(incidents, [
    ['etcd-quota', '300.000000'],
    ['etcd-quota', ''],
  ]);
  const [last] = play.times('created').slice(-1);
  assert.ok(last >= 300 && last < 320, `${last}`);
  assert.equal(play.times('deleted', {from: last + 40}), []);
});

test('a cluster with the usual quota hears nothing of it', async () => {
  const timeline = '{at: 60s, do: apply, file: large.json}';
  const text = body(timeline).replace('  controlPlane: {etcdQuota: 1Mi}\n', '');
  const play = new Play(await scenario(text, {'large.json': large('large')})).run();
  assert.is(
    play.rows('incidents.csv').some(({kind}) => kind === 'etcd-quota'),
    false,
  );
});

test.run();
