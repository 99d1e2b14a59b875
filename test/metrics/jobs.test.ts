import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {simulate} from '../../src/scenario/simulate.ts';
import {scenarioOf} from '../support/busy-scenario.ts';

const job = `
      backoffLimit: 0
      template:
        metadata: {labels: {app: sum}}
        spec: {restartPolicy: Never, containers: [{name: main, image: "sum:1"}]}`;

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
metadata: {name: once}
spec:${job.replaceAll('\n    ', '\n')}
`);

test('each Job says when it was due, how late it began, and how it ended', async () => {
  const {tables} = await simulate(scenario);
  const table = tables.find(({file}) => file === 'jobs.csv');
  const rows = [...(table?.rows() ?? [])].map(row =>
    Object.fromEntries((table?.columns ?? []).map((column, i) => [column, String(row[i] ?? '')])),
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

test.run();
