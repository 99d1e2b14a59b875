// What becomes of a Job, from what was counted of it (pkg/controller/job/job_controller.go, syncJob
// and manageJob).

import type {Time} from '../engine/time.ts';
import type {JobFailure, JobObject} from '../objects/workload-object.ts';
import type {JobRecord} from './job-record.ts';
import type {KnownPod} from './known-pod.ts';

export type JobSight = {
  readonly record: JobRecord;
  /** Neither ended nor being deleted. */
  readonly active: readonly KnownPod[];
  readonly startedAt: Time;
  readonly now: Time;
};

/** Why it must fail, if it must. */
export function failureOf(
  {spec}: JobObject,
  {record, active, startedAt, now}: JobSight,
): JobFailure | undefined {
  const {backoffLimit, activeDeadline, suspend} = spec;
  if (record.failed > backoffLimit) return 'BackoffLimitExceeded';
  if (spec.template.spec.restartPolicy === 'OnFailure') {
    // As pastBackoffLimitOnFailure: restarts in place are failures too.
    const restarts = active.reduce((sum, pod) => sum + pod.restarts, 0);
    const most = Math.max(1, backoffLimit);
    if (restarts >= most) return 'BackoffLimitExceeded';
  }
  if (suspend || activeDeadline === undefined) return undefined;
  return now - startedAt >= activeDeadline ? 'DeadlineExceeded' : undefined;
}

export function isComplete({spec}: JobObject, {record, active}: JobSight): boolean {
  const {completions, indexed} = spec;
  if (completions === undefined) return record.succeeded > 0 && active.length === 0;
  return (indexed ? record.indexes.size : record.succeeded) >= completions;
}

/** How many pods are to be active now. */
export function wantedActive({spec}: JobObject, {record, active}: JobSight): number {
  const {completions, parallelism, suspend} = spec;
  if (suspend) return 0;
  if (completions === undefined) {
    return record.succeeded > 0 ? Math.min(active.length, parallelism) : parallelism;
  }
  const done = spec.indexed ? record.indexes.size : record.succeeded;
  return Math.max(0, Math.min(parallelism, completions - done));
}

/** The lowest first, without those that are done or under way. */
export function pendingIndexes(
  completions: number,
  {done, active, count}: {done: ReadonlySet<number>; active: ReadonlySet<number>; count: number},
): number[] {
  const pending: number[] = [];
  for (let index = 0; index < completions && pending.length < count; index++) {
    if (!done.has(index) && !active.has(index)) pending.push(index);
  }
  return pending;
}
