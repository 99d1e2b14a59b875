// What a CronJob says besides its Job, with the API server's defaults and checks
// (pkg/apis/batch/v1/defaults.go, pkg/apis/batch/validation, ValidateCronJobSpec).

import {readSchedule} from '../objects/cron-schedule.ts';
import type {CronJobSpec} from '../objects/job-object.ts';
import type {PodTemplate} from '../objects/pod-spec.ts';
import {readZone} from '../objects/zone.ts';
import {show} from '../options/show.ts';
import {checkOneOf} from './container.ts';
import type {Field} from './field.ts';
import {readJobSpec} from './job-spec.ts';
import {readAnnotations, readLabels} from './metadata.ts';
import {count, optionalSeconds} from './numbers.ts';

const policies: readonly CronJobSpec['concurrencyPolicy'][] = ['Allow', 'Forbid', 'Replace'];

export function readCronJobSpec(spec: Field, template: PodTemplate): CronJobSpec {
  const policy = spec.get('concurrencyPolicy');
  checkOneOf(policy, policies);
  const job = spec.get('jobTemplate');
  const metadata = job.get('metadata');
  return {
    schedule: readScheduleText(spec.get('schedule')),
    timeZone: readTimeZone(spec.get('timeZone')),
    concurrencyPolicy: policies.find(known => known === policy.text()) ?? 'Allow',
    suspend: spec.get('suspend').flag(),
    startingDeadline: optionalSeconds(spec.get('startingDeadlineSeconds')),
    successfulJobsHistoryLimit: count(spec.get('successfulJobsHistoryLimit'), 3),
    failedJobsHistoryLimit: count(spec.get('failedJobsHistoryLimit'), 1),
    job: {
      labels: readLabels(metadata.get('labels')),
      annotations: readAnnotations(metadata.get('annotations')),
      spec: readJobSpec(job.get('spec'), template),
    },
  };
}

function readScheduleText(field: Field): string {
  const text = field.text() ?? '';
  const example = 'expected a schedule such as "*/5 * * * *"';
  if (text === '') field.error(`${example}, got nothing`);
  else if (/TZ=/.test(text)) field.error(`expected timeZone beside it, got ${show(text)}`);
  else if (readSchedule(text) === undefined) field.error(`${example}, got ${show(text)}`);
  return text;
}

function readTimeZone(field: Field): string | undefined {
  const name = field.text();
  if (name === undefined || readZone(name) !== undefined) return name;
  field.error(`expected a time zone such as Europe/Berlin, got ${show(name)}`);
  return undefined;
}
