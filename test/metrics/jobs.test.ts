import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {simulate} from '../../src/scenario/simulate.ts';
import {scenarioOf} from '../support/busy-scenario.ts';

const job = `
      backoffLimit: 0
      template:
        metadata: {labels: {app: sum}}
        spec: {restartPolicy: Never, containers: [{name: main, image: "sum:1"}]}`;

const hasty = `
  schedule: "* * * * *"
  concurrencyPolicy: Replace
  jobTemplate:
    spec:
      template:
        metadata: {labels: {app: slow}}
        spec: {restartPolicy: Never, containers: [{name: main, image: "slow:1"}]}`;

const scenario = await scenarioOf(`
apiVersion: orrery/v1
kind: Scenario
question: How late are Jobs?
duration: 10m
cluster:
  nodes: [{name: n, count: 1, allocatable: {cpu: 4, memory: 16Gi}}]
  kubelet: {lifecycle: detailed}
behaviour:
  - {selector: {matchLabels: {app: sum}}, exitsAfter: 20s}
  - {selector: {matchLabels: {app: failing}}, exitsAfter: 5s, exitCode: 1}
---
apiVersion: batch/v1
kind: CronJob
metadata: {name: sum}
spec:
  schedule: "*/2 * * * *"
  jobTemplate:
    spec:${job}
---
apiVersion: batch/v1
kind: Job
metadata: {name: failing}
spec:
      backoffLimit: 2
      template:
        metadata: {labels: {app: failing}}
        spec: {restartPolicy: Never, containers: [{name: main, image: "failing:1"}]}
---
apiVersion: batch/v1
kind: CronJob
metadata: {name: hasty}
spec:${hasty}
---
apiVersion: batch/v1
kind: Job
metadata: {name: once}
spec:${job.replaceAll('\n    ', '\n')}
`);

const {tables} = await simulate(scenario);

function rowsOf(name: string): Record<string, string>[] {
  const table = tables.find(({file}) => file === name);
  return [...(table?.rows() ?? [])].map(row =>
    Object.fromEntries((table?.columns ?? []).map((column, i) => [column, String(row[i] ?? '')])),
  );
}

test('each Job says when it was due, how late it began, and how it ended', () => {
  const rows = rowsOf('jobs.csv').filter(
    ({name, cron_job}) => name === 'once' || cron_job === 'sum',
  );
  const [once, ...made] = rows;
  assert.equal([once.name, once.cron_job, once.due, once.lateness], ['once', '', '', '']);
  assert.is(once.outcome, 'Complete');
  const dues = [120, 240, 360, 480, 600].map(due => `${due}.000000`);
  assert.equal(
    made.map(({due}) => due),
    dues.slice(0, made.length),
  );
  assert.ok(made.length >= 4);
  for (const {cron_job, lateness, duration, succeeded, outcome} of made.slice(0, 4)) {
    assert.equal([cron_job, succeeded, outcome], ['sum', '1', 'Complete']);
    assert.ok(Number(lateness) >= 0.1 && Number(lateness) < 1);
    assert.ok(Number(duration) > 20 && Number(duration) < 30);
  }
});

test('a Job that was replaced lasted until it was deleted', () => {
  const replaced = rowsOf('jobs.csv').filter(({outcome}) => outcome === 'deleted');
  assert.ok(replaced.length >= 8);
  for (const {duration, completed} of replaced) {
    assert.is(completed, '');
    assert.ok(Math.abs(Number(duration) - 60) < 0.1, `${duration} s of a minute`);
  }
});

test('pods of a Job that failed are not desired any more', () => {
  const failing = rowsOf('jobs.csv').find(({name}) => name === 'failing');
  assert.equal([failing?.failed, failing?.outcome], ['3', 'BackoffLimitExceeded']);
  const row = rowsOf('workloads.csv').find(({name}) => name === 'failing');
  // Three pods of some ten seconds each, in ten minutes.
  assert.ok(Number(row?.desired_mean) > 0.02 && Number(row?.desired_mean) < 0.06);
});

test.run();
