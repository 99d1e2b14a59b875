// What a Job or CronJob may not say, as pkg/apis/batch/validation has it.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {second} from '../../src/engine/time.ts';
import {readManifests} from '../../src/manifests/read.ts';
import {rows} from './problems-of.ts';

const template = 'template: {spec: {restartPolicy: Never, containers: [{name: main, image: b}]}}';

const job = (part: string): string =>
  `{apiVersion: batch/v1, kind: Job, metadata: {name: a}, spec: {${template}, ${part}}}\n`;

const cron = (part: string): string =>
  `{apiVersion: batch/v1, kind: CronJob, metadata: {name: a}, spec: {jobTemplate: {spec: {${template}}}, ${part}}}\n`;

const rule = (part: string): string => `podFailurePolicy: {rules: [{${part}}]}`;

test('mistakes of Jobs', () => {
  rows(job, [
    ['backoffLimitPerIndex: 1', 'expected completionMode Indexed beside it'],
    ['maxFailedIndexes: 1', 'expected backoffLimitPerIndex beside it'],
    ['successPolicy: {rules: [{succeededCount: 1}]}', 'expected completionMode Indexed beside it'],
    [
      'completionMode: Indexed, completions: 3, successPolicy: {rules: [{succeededIndexes: 3-1}]}',
      'expected indexes such as 0,2-5, got "3-1"',
    ],
    [
      rule('action: FailIndex, onExitCodes: {operator: In, values: [1]}'),
      'expected backoffLimitPerIndex with FailIndex',
    ],
    [rule('action: Ignore'), 'expected either onExitCodes or onPodConditions'],
    [
      rule('action: Ignore, onExitCodes: {operator: In, values: [0]}'),
      'expected exit codes other than 0 with In',
    ],
    [
      rule('action: Ignore, onExitCodes: {containerName: mian, operator: In, values: [1]}'),
      'expected one of main, got "mian"; did you mean main?',
    ],
    [
      `${rule('action: Count, onPodConditions: [{type: DisruptionTarget}]')}, podReplacementPolicy: TerminatingOrFailed`,
      'expected one of Failed, got "TerminatingOrFailed"',
    ],
  ]);
});

test('mistakes of CronJobs', () => {
  const example = 'spec.schedule: expected a schedule such as "*/5 * * * *"';
  rows(cron, [
    ['suspend: true', `${example}, got nothing`],
    ['schedule: "61 * * * *"', `${example}, got "61 * * * *"`],
    ['schedule: "TZ=UTC 0 * * * *"', 'expected timeZone beside it, got "TZ=UTC 0 * * * *"'],
    [
      'schedule: "@daily", timeZone: Europe/Atlantis',
      'expected a time zone such as Europe/Berlin, got "Europe/Atlantis"',
    ],
    [
      'schedule: "@daily", concurrencyPolicy: Never',
      'expected one of Allow, Forbid, Replace, got "Never"',
    ],
  ]);
});

test('defaults are those of the API server', () => {
  const {objects, problems} = readManifests(`${job('')}---\n${cron('schedule: "@hourly"')}`, {
    file: 'x.yaml',
  });
  assert.equal(problems, []);
  const [one, other] = objects.map(({value}) => {
    if (value.type !== 'workload') throw new Error('no workload');
    return value.workload.wish;
  });
  assert.ok(one.kind === 'Job' && other.kind === 'CronJob');
  const {template: pods, ...rest} = one.spec;
  assert.is(pods.labels.get('batch.kubernetes.io/job-name'), 'a');
  assert.equal([rest.completions, rest.parallelism, rest.backoffLimit], [1, 1, 6]);
  assert.is(rest.podReplacementPolicy, 'TerminatingOrFailed');
  const {concurrencyPolicy, successfulJobsHistoryLimit, failedJobsHistoryLimit} = other.spec;
  assert.equal(
    [concurrencyPolicy, successfulJobsHistoryLimit, failedJobsHistoryLimit],
    ['Allow', 3, 1],
  );
});

test('with a limit for each index there is none for all together', () => {
  const text = job('completionMode: Indexed, completions: 4, backoffLimitPerIndex: 1');
  const [{value}] = readManifests(text, {file: 'x.yaml'}).objects;
  assert.ok(value.type === 'workload' && value.workload.wish.kind === 'Job');
  if (value.type !== 'workload' || value.workload.wish.kind !== 'Job') return;
  assert.is(value.workload.wish.spec.backoffLimit, 2 ** 31 - 1);
  assert.is(value.workload.wish.spec.template.spec.terminationGracePeriod, 30 * second);
});

test.run();
