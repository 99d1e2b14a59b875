// Causes among the real parts: scenarios whose outages have a known reason.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import type {ResultTable} from '../../src/metrics/table.ts';
import {simulate} from '../../src/scenario/simulate.ts';
import {scenarioOf} from '../support/busy-scenario.ts';

const base = (strategy: string, happenings: string) => `
apiVersion: orrery/v1
kind: Scenario
question: To what is an outage put down?
duration: 40m
cluster:
  nodes: [{name: n, count: 3, allocatable: {cpu: 4, memory: 16Gi}}]
  kubelet: {lifecycle: detailed}
${happenings}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 2
  strategy: ${strategy}
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
        - name: main
          image: "web:1"
          readinessProbe:
            {initialDelaySeconds: 10, periodSeconds: 2, failureThreshold: 1, tcpSocket: {port: 80}}
`;

const rolling = '{type: RollingUpdate, rollingUpdate: {maxSurge: 0, maxUnavailable: 1}}';
const release = '{at: 10m, do: set-image, target: deployment/web, image: "web:2"}';

test('a crash during a rollout is the cause, and the rollout contributes', async () => {
  const [row, ...others] = await outages(
    rolling,
    `timeline: [${release}]
faults: [{kind: container-crash, pod: deployment/web, at: 10m5s}]`,
  );
  assert.equal(others, []);
  assert.match(row.cause, /^container-crash pod\/default\/web-/);
  assert.match(row.contributors, /^set-image deployment\/web/);
  assert.is(row.class, 'container');
  // The kubelet looks once a second, and the readiness probe has to succeed anew.
  assert.is(row.start, '605.000000');
  assert.ok(Number(row.detected) > 605 && Number(row.detected) < 606.1);
  assert.ok(Number(row.duration) > 5);
});

test('a rollout that takes what a hang has left is the cause, and the hang contributes', async () => {
  const [row, ...others] = await outages(
    '{type: Recreate}',
    `timeline: [${release}]
faults: [{kind: pod-hang, pod: {selector: {matchLabels: {app: web}}, count: 1}, at: 9m30s, lasts: 20m}]`,
  );
  assert.equal(others, []);
  assert.match(row.cause, /^set-image deployment\/web/);
  assert.match(row.contributors, /^pod-hang pod\/default\/web-/);
  assert.is(row.class, 'rollout');
});

test('a registry that is down while a new version comes makes an outage longer', async () => {
  const [row] = await outages(
    '{type: Recreate}',
    `timeline: [${release}]
faults: [{kind: registry-outage, at: 9m, lasts: 10m}]`,
  );
  assert.match(row.cause, /^set-image deployment\/web/);
  assert.match(row.contributors, /^registry-outage/);
  assert.ok(Number(row.duration) > 9 * 60);
});

test('a lost node is the cause of all that follows until its pod runs elsewhere', async () => {
  const crash = 'faults: [{kind: node-crash, node: n-0, at: 10m, lasts: 20m}]';
  const tables = await played('{type: Recreate}', `${crash}\n`, {replicas: 1});
  const [outage] = rows(tables, 'outages.csv');
  const [incident] = rows(tables, 'incidents.csv');
  assert.is(incident.kind, 'node-crash');
  assert.equal([outage.cause, outage.class], [`node-crash ${incident.target}`, 'node']);
  const after = (time: string) => Number(time) - 600;
  // As the reference's end-to-end timeline of a hard node crash.
  assert.ok(after(incident.detected) >= 40 && after(incident.detected) <= 55);
  assert.is(after(outage.start), 0);
  assert.ok(after(outage.detected) >= 40 && after(outage.detected) <= 56);
  assert.ok(after(outage.evicted) >= 340 && after(outage.evicted) <= 366);
  const steps = [outage.evicted, outage.recreated, outage.scheduled, outage.started, outage.end];
  assert.equal(
    steps,
    [...steps].sort((one, other) => Number(one) - Number(other)),
  );
  assert.is(incident.recovered, outage.end);
});

test('a node that fails while no master is there is lost by its own fault', async () => {
  const faults = `faults:
  - {kind: master-loss, master: {percent: 100}, at: 10m, lasts: 10m}
  - {kind: node-crash, node: n-0, at: 11m}`;
  const tables = await played('{type: Recreate}', faults, {replicas: 3});
  const incidents = rows(tables, 'incidents.csv').filter(({kind}) => kind === 'node-crash');
  assert.equal(
    incidents.map(({pods, workloads_degraded}) => [pods, workloads_degraded]),
    [['1', '1']],
  );
  assert.ok(Number(incidents[0].detected) > 20 * 60);
  const evicted = rows(tables, 'recovery.csv').filter(({step}) => step === 'evicted');
  assert.equal(
    evicted.map(({incident}) => incident),
    [incidents[0].id],
  );
});

test('a reboot goes on to be its own cause when the masters are back', async () => {
  const faults = `faults:
  - {kind: master-loss, master: {percent: 100}, at: 10m, lasts: 10m}
  - {kind: node-reboot, node: {percent: 100}, at: 12m, downtime: 10s}`;
  const tables = await played('{type: Recreate}', faults, {replicas: 1});
  const [outage] = rows(tables, 'outages.csv');
  // No pods without a list of them.
  assert.ok(outage.start === '720.000000' && Number(outage.end) > 1200);
  assert.match(outage.contributors, /^master-loss /);
  const [, reboot] = rows(tables, 'incidents.csv');
  assert.equal([reboot.kind, reboot.detected], ['node-reboot', outage.detected]);
  const incidents = new Set(rows(tables, 'recovery.csv').map(({incident}) => incident));
  assert.equal([...incidents], [reboot.id]);
});

test('a rollout that leaves a replica is no outage', async () => {
  assert.equal(await outages(rolling, `timeline: [${release}]`), []);
});

async function outages(strategy: string, happenings: string) {
  return rows(await played(strategy, happenings), 'outages.csv');
}

async function played(strategy: string, happenings: string, {replicas = 2} = {}) {
  const text = base(strategy, happenings).replace('replicas: 2', `replicas: ${replicas}`);
  return (await simulate(await scenarioOf(text))).tables;
}

function rows(tables: readonly ResultTable[], file: string) {
  const table = tables.find(one => one.file === file);
  if (table === undefined) throw new Error(`no ${file}`);
  return [...table.rows()].map(row =>
    Object.fromEntries(table.columns.map((column, i) => [column, String(row[i] ?? '')])),
  );
}

test.run();
