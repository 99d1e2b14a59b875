// What a user looks for first in trouble that is small or odd: it has to be in the results.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {simulate} from '../../src/scenario/simulate.ts';
import {scenarioOf} from '../support/busy-scenario.ts';

const head = `
apiVersion: orrery/v1
kind: Scenario
question: Is it told?
duration: 20m
cluster:
  nodes: [{name: n, count: 2, allocatable: {cpu: 4, memory: 2Gi}}]
  kubelet: {lifecycle: detailed}
`;

const web = `
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 1
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: main, image: "web:1"}]}
`;

async function played(sections: string, objects: string) {
  const {tables, troubled} = await simulate(await scenarioOf(head + sections + objects));
  const rows = (name: string) => {
    const table = tables.find(({file}) => file === name);
    return [...(table?.rows() ?? [])].map(row =>
      Object.fromEntries((table?.columns ?? []).map((column, i) => [column, String(row[i] ?? '')])),
    );
  };
  return {files: tables.map(({file}) => file), rows, troubled};
}

test('a workload that never gets ready is among those in trouble', async () => {
  const {troubled} = await played('images: {missing: ["web:1"]}', web);
  assert.equal(
    troubled.map(({name, neverReady}) => [name, neverReady]),
    [['deployment/web', true]],
  );
  assert.equal([...new Set(troubled[0].strip)], ['down']);
  assert.equal((await played('', web)).troubled, []);
});

test('that a kubelet evicted the last replica is detected when its pod has Failed', async () => {
  const {rows} = await played('behaviour: [{memory: {use: 1Gi, leakPerMinute: 300Mi}}]', web);
  const [first] = rows('outages.csv');
  assert.match(first.cause, /^node-pressure node\/n-/);
  assert.is(first.detected, first.evicted);
  assert.ok(Number(first.detected) > Number(first.start) && first.detected < first.recreated);
});

test('a fault on nothing but bare pods has all files about trouble', async () => {
  const pod = `
---
{apiVersion: v1, kind: Pod, metadata: {name: bare}, spec: {containers: [{name: a, image: b}]}}
`;
  const about = ['workloads.csv', 'outages.csv', 'incidents.csv', 'recovery.csv'];
  const faulty = await played('faults: [{kind: node-crash, node: n-0, at: 5m}]', pod);
  assert.equal(
    about.filter(file => !faulty.files.includes(file)),
    [],
  );
  const calm = await played('', pod);
  assert.equal(
    about.filter(file => calm.files.includes(file)),
    [],
  );
});

test.run();
