// Memory, configuration and faults of containers, from scenario files to their results.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import type {ResultTable} from '../../src/metrics/table.ts';
import {readScenarioFrom} from '../../src/scenario/read-scenario-from.ts';
import {simulate} from '../../src/scenario/simulate.ts';
import {scenarioWith} from '../scenario/good-scenario.ts';
import {memoryFiles} from '../scenario/memory-files.ts';

type Row = Record<string, string>;

async function play(sections: Record<string, string>, documents: string, files = {}) {
  const text = scenarioWith({...sections}, documents);
  const read = await readScenarioFrom(memoryFiles({'a.yaml': text, ...files}), 'a.yaml');
  if (read.scenario === undefined) throw new Error(read.problems.map(String).join());
  const {tables} = await simulate(read.scenario);
  return {
    told: read.problems.map(({message}) => message),
    pods: rowsOf(tables, 'pods.csv'),
    events: rowsOf(tables, 'events.csv'),
    outages: rowsOf(tables, 'outages.csv'),
  };
}

function rowsOf(tables: readonly ResultTable[], file: string): Row[] {
  const table = tables.find(known => known.file === file);
  if (table === undefined) throw new Error(`no ${file}`);
  return [...table.rows()].map(row =>
    Object.fromEntries(table.columns.map((column, i) => [column, String(row[i] ?? '')])),
  );
}

function deployment(name: string, container: string, replicas = 1): string {
  return `---
apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}}
spec:
  replicas: ${replicas}
  selector: {matchLabels: {app: ${name}}}
  template: {metadata: {labels: {app: ${name}}}, spec: {containers: [{name: main, image: "b:1", ${container}}]}}
`;
}

const nodes = (count: number) =>
  `{nodes: [{name: n, count: ${count}, allocatable: {cpu: 4, memory: 1000Mi, pods: 10}}]}`;

test('what leaks is killed at its limit, and its pod counts the restarts', async () => {
  const {pods, events} = await play(
    {
      ...{duration: '30m', cluster: nodes(1)},
      behaviour: '[{selector: app=leaky, memory: {use: 100Mi, leakPerMinute: 20Mi}}]',
    },
    deployment('leaky', 'resources: {limits: {memory: 200Mi}}'),
  );
  assert.ok(Number(pods[0].restarts) >= 4 && Number(pods[0].restarts) <= 5, pods[0].restarts);
  assert.ok(events.some(({reason}) => reason === 'OOMKilling'));
  assert.is(pods.length, 1);
});

test('a node short of memory evicts a pod, which its controller makes again', async () => {
  const {pods, events} = await play(
    {
      ...{duration: '30m', cluster: nodes(2)},
      behaviour: '[{selector: app=leaky, memory: {use: 100Mi, leakPerMinute: 50Mi}}]',
    },
    deployment('leaky', 'resources: {requests: {memory: 200Mi}}'),
  );
  const [first, second] = pods;
  assert.equal([first.outcome, first.reason], ['evicted', 'Evicted']);
  // 100 of 1000 MiB, 50 more a minute.
  assert.ok(Number(first.ended) > 18 * 60 && Number(first.ended) < 18 * 60 + 30, first.ended);
  assert.ok(Number(second.started) - Number(first.ended) < 5);
  assert.ok(events.some(({reason, object}) => reason === 'Evicted' && object.includes('leaky')));
});

const settings = '{apiVersion: v1, kind: ConfigMap, metadata: {name: settings}, data: {a: b}}\n';

test('a pod waits for a ConfigMap until the timeline applies it', async () => {
  const {pods, events, told} = await play(
    {
      ...{duration: '20m', cluster: nodes(1)},
      timeline: '[{at: 10m, do: apply, file: settings.yaml}]',
    },
    deployment('web', 'envFrom: [{configMapRef: {name: settings}}]'),
    {'settings.yaml': settings},
  );
  assert.equal(told, []);
  const started = Number(pods[0].started);
  assert.ok(started > 600 && started < 620, pods[0].started);
  const failed = events.find(({reason}) => reason === 'Failed');
  assert.is(failed?.message, 'Error: configmap "settings" not found');
  assert.ok(Number(failed?.count) > 35, failed?.count);
});

test('one that never comes is warned of, and the pod says what it waits for', async () => {
  const {pods, told} = await play(
    {duration: '20m', cluster: nodes(1)},
    deployment('web', 'envFrom: [{secretRef: {name: login}}]'),
  );
  assert.equal(told, ['no Secret "login" in namespace default; pods that need it wait for it']);
  assert.equal([pods[0].outcome, pods[0].reason], ['pending', 'CreateContainerConfigError']);
});

test('outages by crashes, hangs and leaks name the fault', async () => {
  const rows: [fault: string, cause: string][] = [
    ['{kind: container-crash, pod: deployment/web, at: 5m}', 'container-crash'],
    ['{kind: pod-hang, pod: deployment/web, at: 5m}', 'pod-hang'],
    ['{kind: memory-leak, pod: deployment/web, at: 5m, perMinute: 100Mi}', 'memory-leak'],
  ];
  for (const [fault, expected] of rows) {
    const {outages} = await play(
      {duration: '10m', cluster: nodes(1), faults: `[${fault}]`},
      deployment(
        'web',
        'readinessProbe: {exec: {}}, livenessProbe: {exec: {}}, resources: {limits: {memory: 200Mi}}',
      ),
    );
    assert.match(outages[0]?.cause ?? 'none', expected, fault);
  }
});

test('a crash by itself is the cause of its outage', async () => {
  const {outages} = await play(
    {
      ...{duration: '40m', cluster: nodes(1)},
      behaviour: '[{selector: app=web, crashesAfter: 15m}]',
    },
    deployment('web', 'readinessProbe: {exec: {}}'),
  );
  assert.equal(
    outages.map(({cause}) => cause.split(' ')[0]),
    ['container-crash', 'container-crash'],
  );
  assert.is(outages[0].class, 'container');
});

test.run();
