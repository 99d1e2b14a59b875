// Runs the pods of a Job until enough have succeeded or too many failed (pkg/controller/job).
//
//   pods end ──1 s──▶ counted ──▶ more pods, after a back-off where some failed
//                        │
//                        └──▶ enough, or too many failures: the rest is deleted, the Job over
//
// Simplified: counting and status are one write, and a Job that has outlived its
// ttlSecondsAfterFinished is deleted here and not by a controller of its own.

import type {Simulation} from '../engine/simulation.ts';
import {second, type Time} from '../engine/time.ts';
import type {WorkloadId} from '../objects/ids.ts';
import type {JobObject, JobStatus} from '../objects/job-object.ts';
import {valueText} from '../objects/template-text.ts';
import type {WorkloadObject} from '../objects/workload-object.ts';
import type {ClusterView} from './cluster-view.ts';
import {inDeletionOrder} from './deletion-order.ts';
import {Expectations} from './expectations.ts';
import {JobBackOff, type SavedBackOff} from './job-back-off.ts';
import {countJob} from './job-count.ts';
import {
  failureOf,
  isComplete,
  type JobSight,
  meetsCriteria,
  pendingIndexes,
  wantedActive,
} from './job-decision.ts';
import {JobPods} from './job-pods.ts';
import {atItsEnd, isActive, type KnownPod} from './known-pod.ts';
import {nothing, type Plan, type PlannedRequest, slowStart} from './plan.ts';
import type {ControllerParts} from './replica-set.ts';
import {WorkLoop} from './work-loop.ts';

/** Pods created in one sync. */
const burst = 500;
/** Changes of pods wait so long for others. */
const batching: Time = second;

/** What is to be done with its pods, and when to look again. */
type Management = {
  readonly creations: readonly PlannedRequest[];
  readonly deletions: readonly KnownPod[];
  readonly again: Time | undefined;
};

export class JobController {
  readonly #simulation: Simulation;
  readonly #view: ClusterView;
  readonly #pods: JobPods;
  readonly #loop: WorkLoop;
  readonly #expectations = new Expectations();
  readonly #backOffs = new Map<WorkloadId, JobBackOff>();

  constructor({simulation, api, view, names, manager}: ControllerParts) {
    this.#simulation = simulation;
    this.#view = view;
    this.#pods = new JobPods(names);
    this.#loop = new WorkLoop({
      simulation,
      api,
      manager,
      name: 'job-controller',
      workers: 5,
      sync: item => this.#sync(item as WorkloadId),
      notCreated: item => this.#expectations.creationSeen(item as WorkloadId),
    });
    simulation.part('job-controller.expectations', this.#expectations);
    simulation.part('job-controller.back-offs', this);
    manager.join({stop: () => this.#forgetAll(), start: () => undefined});
    view.listen({
      podAdded: pod => this.#podChanged(pod, owner => this.#expectations.creationSeen(owner)),
      podUpdated: pod => this.#podChanged(pod, owner => this.#seen(owner, pod, pod.terminating)),
      podDeleted: pod => this.#podChanged(pod, owner => this.#seen(owner, pod, true)),
      workloadChanged: (id, after, before) => {
        if ((after ?? before)?.kind !== 'Job') return;
        if (after === undefined) this.#forget(id, before);
        if (before?.generation !== after?.generation) this.#loop.queue.add(id);
        else this.#loop.queue.addAfter(id, batching);
      },
    });
  }

  #podChanged({owner}: KnownPod, seen: (owner: WorkloadId) => void): void {
    if (owner === undefined || this.#view.workload(owner)?.kind !== 'Job') return;
    seen(owner);
    this.#loop.queue.addAfter(owner, batching);
  }

  #seen(owner: WorkloadId, {id}: KnownPod, leaving: boolean): void {
    if (leaving) this.#expectations.deletionSeen(owner, id);
  }

  #backOff(id: WorkloadId): JobBackOff {
    const backOff = this.#backOffs.get(id) ?? new JobBackOff();
    this.#backOffs.set(id, backOff);
    return backOff;
  }

  #forgetAll(): void {
    this.#expectations.clear();
    this.#backOffs.clear();
  }

  #forget(id: WorkloadId, object: WorkloadObject | undefined): void {
    if (object?.kind === 'Job') this.#pods.forget(object);
    this.#expectations.forget(id);
    this.#backOffs.delete(id);
  }

  #sync(id: WorkloadId): Plan {
    const job = this.#view.workload(id);
    if (job?.kind !== 'Job' || job.deletedAt !== undefined) return nothing;
    const {now} = this.#simulation;
    if (job.status.finished !== undefined) return expired(id, job, now);
    const pods = this.#view.podsOf(id);
    const count = countJob(job, pods, now);
    this.#note(id, job, count.news);
    const sight: JobSight = {
      count,
      active: pods.filter(isActive),
      leaving: pods.filter(pod => pod.terminating && !atItsEnd(pod)),
      startedAt: job.status.startedAt ?? now,
      now,
    };
    const verdict = verdictOn(job, sight);
    const management =
      verdict.over === undefined ? this.#manage(id, job, sight) : this.#clear(sight);
    return this.#plan(id, job, {sight, verdict, management});
  }

  /** Its finalizer is taken off each pod that counts, with a request of its own. */
  #note(id: WorkloadId, {spec}: JobObject, news: JobSight['count']['news']): void {
    for (let i = 0; i < news.length; i++) this.#loop.spendRequest();
    if (news.length > 0) this.#backOff(id).note(news, spec.backoffLimitPerIndex !== undefined);
  }

  // A pod that is deleted because it is too many has neither succeeded nor failed: it loses its
  // finalizer first, which is to say that it stands in the status as counted.
  #plan(
    id: WorkloadId,
    job: JobObject,
    {sight, verdict, management}: {sight: JobSight; verdict: Verdict; management: Management},
  ): Plan {
    const {creations, deletions, again} = management;
    const status = statusWrite(id, job, statusOf(job, {sight, verdict, deletions}));
    if (deletions.length === 0) return {batches: slowStart(creations), last: status, again};
    const ids = deletions.map(pod => pod.id);
    this.#expectations.expect(id, sight.now, {deletions: ids});
    const requests = ids.map(pod => ({verb: 'delete-pod', pod}) as const);
    return {batches: status === undefined ? [requests] : [[status], requests], again};
  }

  #manage(id: WorkloadId, job: JobObject, sight: JobSight): Management {
    const {active, leaving, startedAt, now} = sight;
    const {activeDeadline, podReplacementPolicy} = job.spec;
    const again = activeDeadline && Math.max(0, startedAt + activeDeadline - now);
    const idle: Management = {creations: [], deletions: [], again};
    if (!this.#expectations.satisfied(id, now)) return idle;
    const wanted = wantedActive(job, sight);
    if (active.length > wanted) {
      const victims = inDeletionOrder({pods: active, related: active, now});
      return {...idle, deletions: victims.slice(0, active.length - wanted)};
    }
    const waiting = podReplacementPolicy === 'Failed' ? leaving.length : 0;
    const missing = Math.min(wanted - active.length - waiting, burst);
    return missing > 0 ? this.#create(id, job, {sight, missing, idle}) : idle;
  }

  #create(
    id: WorkloadId,
    job: JobObject,
    {sight, missing, idle}: {sight: JobSight; missing: number; idle: Management},
  ): Management {
    const {now} = sight;
    const backOff = this.#backOff(id);
    const perIndex = job.spec.backoffLimitPerIndex !== undefined;
    let wait = perIndex ? 0 : backOff.left(now);
    if (wait > 0) return {...idle, again: Math.min(wait, idle.again ?? wait)};
    const mayStart = (index: number): boolean => {
      const left = perIndex ? backOff.left(now, index) : 0;
      if (left > 0) wait = Math.min(left, wait === 0 ? left : wait);
      return left === 0;
    };
    const creations = job.spec.indexed
      ? pendingIndexes(job, sight, {most: missing, mayStart}).map(index =>
          this.#pods.indexed(id, job, index),
        )
      : Array.from({length: missing}, () => this.#pods.plain(id, job));
    if (creations.length > 0) {
      this.#expectations.expect(id, now, {creations: creations.length});
    }
    return {...idle, creations, again: wait > 0 ? Math.min(wait, idle.again ?? wait) : idle.again};
  }

  #clear({active}: JobSight): Management {
    return {creations: [], deletions: active, again: undefined};
  }

  save(): ReadonlyMap<WorkloadId, SavedBackOff> {
    return new Map([...this.#backOffs].map(([id, backOff]) => [id, backOff.save()]));
  }

  restore(saved: ReadonlyMap<WorkloadId, SavedBackOff>): void {
    this.#backOffs.clear();
    for (const [id, backOff] of saved) this.#backOffs.set(id, new JobBackOff(backOff));
  }
}

type Verdict = Pick<JobStatus, 'failing' | 'succeeding'> & {
  readonly over: NonNullable<JobStatus['finished']>['as'] | undefined;
};

// What has been decided stays so: FailureTarget, SuccessCriteriaMet.
function verdictOn(job: JobObject, sight: JobSight): Verdict {
  const {failing: failed, succeeding: met} = job.status;
  const failing = met ? undefined : (failed ?? failureOf(job, sight));
  const succeeding = met || (failing === undefined && meetsCriteria(job, sight));
  const complete = succeeding || isComplete(job, sight);
  return {failing, succeeding, over: failing ?? (complete ? 'Complete' : undefined)};
}

/** Only when the last pod is gone is a Job finished. */
function statusOf(
  {spec}: JobObject,
  {
    sight: {count, active, leaving, startedAt, now},
    verdict: {over, failing, succeeding},
    deletions,
  }: {sight: JobSight; verdict: Verdict; deletions: readonly KnownPod[]},
): JobStatus {
  const {news: _, forbidden: __, ...counts} = count;
  const left = active.length + leaving.length;
  return {
    ...counts,
    // Of a Job that has failed every pod that had not ended is counted as failed.
    failed: counts.failed + (failing === undefined ? 0 : deletions.length),
    counted: [...count.counted, ...deletions.map(({serial}) => serial)].sort((a, b) => a - b),
    gone: [],
    startedAt: spec.suspend ? undefined : startedAt,
    active: active.length,
    ready: active.filter(({ready}) => ready).length,
    terminating: leaving.length,
    failing,
    succeeding,
    finished: over === undefined || left > 0 ? undefined : {as: over, at: now},
  };
}

function statusWrite(
  id: WorkloadId,
  {version, status: before}: JobObject,
  status: JobStatus,
): PlannedRequest | undefined {
  if (valueText(status) === valueText(before)) return undefined;
  return {verb: 'update-status', workload: id, version, status};
}

/** As the TTL controller: a finished Job goes when its time is over. */
function expired(id: WorkloadId, {spec, status}: JobObject, now: Time): Plan {
  if (spec.ttlAfterFinished === undefined || status.finished === undefined) return nothing;
  const again = status.finished.at + spec.ttlAfterFinished - now;
  if (again > 0) return {batches: [], again};
  return {batches: [[{verb: 'delete', workload: id, propagation: 'background'}]]};
}
