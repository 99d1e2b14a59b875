// What becomes of a Job, from what was counted of it (pkg/controller/job/job_controller.go, syncJob
// and manageJob).

import type {Time} from '../engine/time.ts';
import {completionIndexOf, type JobFailure, type JobObject} from '../objects/job-object.ts';
import type {JobCount} from './job-count.ts';
import {isEnough} from './job-policy.ts';
import type {KnownPod} from './known-pod.ts';

export type JobSight = {
  readonly count: JobCount;
  /** Neither ended nor being deleted. */
  readonly active: readonly KnownPod[];
  /** Being deleted, and not yet ended. */
  readonly leaving: readonly KnownPod[];
  readonly startedAt: Time;
  readonly now: Time;
};

/** Why it must fail, if it must. */
export function failureOf(
  {spec}: JobObject,
  {count, active, startedAt, now}: JobSight,
): JobFailure | undefined {
  const {backoffLimit, activeDeadline, suspend, maxFailedIndexes = Infinity} = spec;
  if (count.forbidden) return 'PodFailurePolicy';
  if (count.failed > backoffLimit) return 'BackoffLimitExceeded';
  if (spec.template.spec.restartPolicy === 'OnFailure') {
    // As pastBackoffLimitOnFailure: restarts in place are failures too.
    const restarts = active.reduce((sum, pod) => sum + pod.restarts, 0);
    const most = Math.max(1, backoffLimit);
    if (restarts >= most) return 'BackoffLimitExceeded';
  }
  if (!suspend && activeDeadline !== undefined && now - startedAt >= activeDeadline) {
    return 'DeadlineExceeded';
  }
  const failed = count.failedIndexes.length;
  if (failed > maxFailedIndexes) return 'MaxFailedIndexesExceeded';
  const all = count.completedIndexes.length + failed >= (spec.completions ?? Infinity);
  return all && failed > 0 ? 'FailedIndexes' : undefined;
}

export function meetsCriteria({spec}: JobObject, {count}: JobSight): boolean {
  if (spec.successPolicy === undefined) return false;
  return isEnough(spec.successPolicy, new Set(count.completedIndexes));
}

export function isComplete({spec}: JobObject, {count, active}: JobSight): boolean {
  const {completions} = spec;
  if (completions === undefined) return count.succeeded > 0 && active.length === 0;
  return count.succeeded >= completions;
}

/** How many pods are to be active now. */
export function wantedActive({spec}: JobObject, {count, active}: JobSight): number {
  const {completions, parallelism, suspend} = spec;
  if (suspend) return 0;
  if (completions === undefined) {
    return count.succeeded > 0 ? Math.min(active.length, parallelism) : parallelism;
  }
  return Math.max(0, Math.min(parallelism, completions - count.succeeded));
}

/** The lowest first: neither done nor given up, and nobody at work on them. */
export function pendingIndexes(
  {spec}: JobObject,
  {count, active, leaving}: JobSight,
  {most, mayStart}: {most: number; mayStart: (index: number) => boolean},
): number[] {
  const busy = spec.podReplacementPolicy === 'Failed' ? [...active, ...leaving] : active;
  const taken = new Set([...count.completedIndexes, ...count.failedIndexes]);
  for (const {template} of busy) taken.add(completionIndexOf(template) ?? -1);
  const pending: number[] = [];
  for (let index = 0; index < (spec.completions ?? 0) && pending.length < most; index++) {
    if (!taken.has(index) && mayStart(index)) pending.push(index);
  }
  return pending;
}
