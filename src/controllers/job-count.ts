// What the Job controller counts: each pod once, when it has ended (or is being deleted, unless its
// Job waits for the end). Everything that is remembered stands in the Job's status.

import type {Time} from '../engine/time.ts';
import {
  completionIndexOf,
  type GonePod,
  type JobObject,
  type JobStatus,
} from '../objects/job-object.ts';
import {actionOn} from './job-policy.ts';
import {atItsEnd, type KnownPod} from './known-pod.ts';

export type JobCount = Pick<
  JobStatus,
  'succeeded' | 'failed' | 'completedIndexes' | 'failedIndexes' | 'indexFailures' | 'counted'
> & {
  /** Those counted just now, in the order of their ends. */
  readonly news: readonly GonePod[];
  /** A rule of its podFailurePolicy says that the Job has failed. */
  readonly forbidden: boolean;
};

export function countJob(job: JobObject, pods: readonly KnownPod[], now: Time): JobCount {
  const {spec, status} = job;
  const known = new Set(status.counted);
  const news = endsToCount(job, pods, {known, now});
  const tally = new Tally(job);
  for (const pod of news) tally.add(pod);
  const there = new Set(pods.map(({serial}) => serial));
  const counted = [...status.counted, ...news.map(({serial}) => serial)];
  return {
    ...tally.result(spec.indexed),
    counted: counted.filter(serial => there.has(serial)).sort((a, b) => a - b),
    news,
  };
}

function endsToCount(
  {spec, status}: JobObject,
  pods: readonly KnownPod[],
  {known, now}: {known: ReadonlySet<number>; now: Time},
): GonePod[] {
  const waits = spec.podReplacementPolicy === 'Failed';
  const ends = status.gone.filter(({serial}) => !known.has(serial));
  const seen = new Set(ends.map(({serial}) => serial));
  for (const pod of pods) {
    if (known.has(pod.serial) || seen.has(pod.serial)) continue;
    if (!atItsEnd(pod) && !(pod.terminating && !waits)) continue;
    ends.push({
      serial: pod.serial,
      succeeded: pod.phase === 'Succeeded',
      endedAt: atItsEnd(pod) ? pod.endedAt : now,
      index: completionIndexOf(pod.template),
      end: pod.end,
      disruption: pod.disruption,
    });
  }
  return ends.sort((a, b) => a.endedAt - b.endedAt || a.serial - b.serial);
}

class Tally {
  readonly #job: JobObject;
  readonly #completed: Set<number>;
  readonly #failedIndexes: Set<number>;
  readonly #indexFailures: Map<number, number>;
  #succeeded: number;
  #failed: number;
  #forbidden = false;

  constructor(job: JobObject) {
    const {status} = job;
    this.#job = job;
    this.#completed = new Set(status.completedIndexes);
    this.#failedIndexes = new Set(status.failedIndexes);
    this.#indexFailures = new Map(status.indexFailures);
    this.#succeeded = status.succeeded;
    this.#failed = status.failed;
  }

  add(pod: GonePod): void {
    const {index} = pod;
    if (pod.succeeded) {
      this.#succeeded++;
      if (index !== undefined) this.#completed.add(index);
      return;
    }
    const action = actionOn(pod, this.#job.spec);
    if (action === 'Ignore') return;
    this.#failed++;
    if (action === 'FailJob') this.#forbidden = true;
    if (index !== undefined) this.#failIndex(index, action === 'FailIndex');
  }

  #failIndex(index: number, atOnce: boolean): void {
    const limit = this.#job.spec.backoffLimitPerIndex;
    if (limit === undefined) return;
    const failures = (this.#indexFailures.get(index) ?? 0) + 1;
    this.#indexFailures.set(index, failures);
    if (atOnce || failures > limit) this.#failedIndexes.add(index);
  }

  result(indexed: boolean): Omit<JobCount, 'counted' | 'news'> {
    const completedIndexes = ascending(this.#completed);
    return {
      succeeded: indexed ? completedIndexes.length : this.#succeeded,
      failed: this.#failed,
      completedIndexes,
      failedIndexes: ascending([...this.#failedIndexes].filter(each => !this.#completed.has(each))),
      indexFailures: this.#indexFailures,
      forbidden: this.#forbidden,
    };
  }
}

function ascending(numbers: Iterable<number>): number[] {
  return [...numbers].sort((a, b) => a - b);
}
