// Jobs and CronJobs as the API holds them. A Job's status says all that its controller must
// remember: whoever takes over counts no pod twice and misses none.

import type {Time} from '../engine/time.ts';
import type {Disruption} from './disruption.ts';
import type {Labels} from './labels.ts';
import type {PodEnd} from './pod-end.ts';
import type {PodTemplate} from './pod-spec.ts';
import type {WorkloadMetadata} from './workload-object.ts';

export type JobObject = WorkloadMetadata & {
  readonly kind: 'Job';
  readonly spec: JobSpec;
  readonly status: JobStatus;
};

export type JobSpec = {
  readonly template: PodTemplate;
  readonly parallelism: number;
  /** `undefined`: a work queue, over with the first success. */
  readonly completions: number | undefined;
  readonly indexed: boolean;
  readonly backoffLimit: number;
  /** Failures that each index may have; `undefined`: only all together are counted. */
  readonly backoffLimitPerIndex: number | undefined;
  readonly maxFailedIndexes: number | undefined;
  readonly podFailurePolicy: readonly PodFailureRule[] | undefined;
  readonly successPolicy: readonly SuccessRule[] | undefined;
  readonly podReplacementPolicy: 'TerminatingOrFailed' | 'Failed';
  readonly activeDeadline: Time | undefined;
  readonly suspend: boolean;
  /** From its end to its deletion; `undefined`: never. */
  readonly ttlAfterFinished: Time | undefined;
};

export type PodFailureRule = {
  readonly action: 'FailJob' | 'FailIndex' | 'Ignore' | 'Count';
  readonly exitCodes: ExitCodeRule | undefined;
  /** Types of conditions of which one must be there, with this status. */
  readonly conditions: readonly {readonly type: string; readonly status: string}[];
};

export type ExitCodeRule = {
  /** `undefined`: any. */
  readonly container: string | undefined;
  readonly operator: 'In' | 'NotIn';
  readonly values: readonly number[];
};

export type SuccessRule = {
  /** `undefined`: any. */
  readonly indexes: ReadonlySet<number> | undefined;
  /** `undefined`: all of them. */
  readonly count: number | undefined;
};

export type JobStatus = {
  readonly startedAt: Time | undefined;
  readonly active: number;
  readonly ready: number;
  /** Being deleted, and still there. */
  readonly terminating: number;
  readonly succeeded: number;
  readonly failed: number;
  /** Of an indexed job, ascending. */
  readonly completedIndexes: readonly number[];
  /** Of a job with a limit for each index, ascending. */
  readonly failedIndexes: readonly number[];
  /** Failures by index, of such a job. */
  readonly indexFailures: ReadonlyMap<number, number>;
  /**
   * Serials of pods that are there and count no more, ascending: those that have lost the finalizer
   * of a Job's pods.
   */
  readonly counted: readonly number[];
  /** Pods that have gone before they were counted: those that their finalizer would have kept. */
  readonly gone: readonly GonePod[];
  /** FailureTarget: no more pods, the Job fails when the last is gone. */
  readonly failing: JobFailure | undefined;
  /** SuccessCriteriaMet: no more pods, the Job is complete when the last is gone. */
  readonly succeeding: boolean;
  readonly finished: {readonly as: 'Complete' | JobFailure; readonly at: Time} | undefined;
};

/** What is counted of a pod. */
export type GonePod = {
  readonly serial: number;
  readonly succeeded: boolean;
  readonly endedAt: Time;
  readonly index: number | undefined;
  readonly end: PodEnd | undefined;
  readonly disruption: Disruption | undefined;
};

export type JobFailure =
  | 'BackoffLimitExceeded'
  | 'DeadlineExceeded'
  | 'PodFailurePolicy'
  | 'FailedIndexes'
  | 'MaxFailedIndexesExceeded';

export type CronJobObject = WorkloadMetadata & {
  readonly kind: 'CronJob';
  readonly spec: CronJobSpec;
  readonly status: CronJobStatus;
};

export type CronJobSpec = {
  /** As written, and known to be readable: see `readSchedule`. */
  readonly schedule: string;
  /** A known one; `undefined`: UTC. */
  readonly timeZone: string | undefined;
  readonly concurrencyPolicy: 'Allow' | 'Forbid' | 'Replace';
  readonly suspend: boolean;
  /** How late a Job may start; `undefined`: however late. */
  readonly startingDeadline: Time | undefined;
  /** Finished Jobs that are kept. */
  readonly successfulJobsHistoryLimit: number;
  readonly failedJobsHistoryLimit: number;
  readonly job: {readonly labels: Labels; readonly annotations: Labels; readonly spec: JobSpec};
};

export type CronJobStatus = {
  /** Names of its Jobs that have not finished. */
  readonly active: readonly string[];
  /** For when the last Job that was made was due. */
  readonly lastSchedule: Time | undefined;
};

/** As the API server marks the pods of a Job (registry/batch/job, generateSelector). */
export function podTemplateOf(job: string, template: PodTemplate): PodTemplate {
  const marks = [
    ['batch.kubernetes.io/job-name', job],
    ['job-name', job],
  ] as const;
  const labels = new Map([...template.labels, ...marks]);
  return {...template, labels, owner: {kind: 'Job', name: job}};
}

const completionIndex = 'batch.kubernetes.io/job-completion-index';

/** Of a pod of an indexed Job. */
export function completionIndexOf({labels}: {readonly labels: Labels}): number | undefined {
  const text = labels.get(completionIndex);
  return text === undefined ? undefined : Number(text);
}

export function indexLabels(index: number): readonly [string, string][] {
  return [[completionIndex, `${index}`]];
}

export const noJobStatus: JobStatus = {
  startedAt: undefined,
  active: 0,
  ready: 0,
  terminating: 0,
  succeeded: 0,
  failed: 0,
  completedIndexes: [],
  failedIndexes: [],
  indexFailures: new Map(),
  counted: [],
  gone: [],
  failing: undefined,
  succeeding: false,
  finished: undefined,
};
