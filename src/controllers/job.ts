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
import type {PodTemplate} from '../objects/pod-spec.ts';
import type {JobFailure, JobObject, JobStatus, WorkloadObject} from '../objects/workload-object.ts';
import type {ClusterView} from './cluster-view.ts';
import {inDeletionOrder} from './deletion-order.ts';
import {Expectations} from './expectations.ts';
import {
  failureOf,
  isComplete,
  type JobSight,
  pendingIndexes,
  wantedActive,
} from './job-decision.ts';
import {indexLabels, indexOf, JobRecord, type SavedJobRecord} from './job-record.ts';
import {isActive, type KnownPod} from './known-pod.ts';
import type {NameStreams} from './name-streams.ts';
import {nothing, type Plan, type PlannedRequest, slowStart} from './plan.ts';
import type {ControllerParts} from './replica-set.ts';
import {WorkLoop} from './work-loop.ts';

/** Pods created in one sync. */
const burst = 500;
/** Changes of pods wait so long for others. */
const batching: Time = second;

export class JobController {
  readonly #simulation: Simulation;
  readonly #view: ClusterView;
  readonly #names: NameStreams;
  readonly #loop: WorkLoop;
  readonly #expectations = new Expectations();
  readonly #records = new Map<WorkloadId, JobRecord>();
  /** Of an indexed Job, by index; they follow from its template. */
  readonly #templates = new Map<PodTemplate, Map<number, PodTemplate>>();

  constructor({simulation, api, view, names, manager}: ControllerParts) {
    this.#simulation = simulation;
    this.#view = view;
    this.#names = names;
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
    simulation.part('job-controller.records', this);
    manager.join({stop: () => this.#expectations.clear(), start: () => this.#forgetBackOffs()});
    view.listen({
      podAdded: pod => this.#podChanged(pod, owner => this.#expectations.creationSeen(owner)),
      podUpdated: pod => this.#podChanged(pod, owner => this.#seen(owner, pod, pod.terminating)),
      podDeleted: pod => this.#podChanged(pod, owner => this.#podDeleted(owner, pod)),
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

  /** It may never have been seen to end. */
  #podDeleted(owner: WorkloadId, pod: KnownPod): void {
    this.#seen(owner, pod, true);
    this.#record(owner).count([{...pod, terminating: true}], this.#simulation.now);
  }

  #record(id: WorkloadId): JobRecord {
    const record = this.#records.get(id) ?? new JobRecord();
    this.#records.set(id, record);
    return record;
  }

  // What was counted stands in the Job's status and in finalizers, what was waited for nowhere.
  #forgetBackOffs(): void {
    for (const record of this.#records.values()) record.failuresInARow = 0;
  }

  #forget(id: WorkloadId, object: WorkloadObject | undefined): void {
    if (object?.kind === 'Job') this.#templates.delete(object.spec.template);
    this.#expectations.forget(id);
    this.#records.delete(id);
  }

  #sync(id: WorkloadId): Plan {
    const object = this.#view.workload(id);
    if (object?.kind !== 'Job' || object.deletedAt !== undefined) return nothing;
    const {now} = this.#simulation;
    if (object.status.finished !== undefined) return expired(id, object, now);
    const pods = this.#view.podsOf(id);
    const record = this.#record(id);
    const news = record.count(pods, now);
    for (let i = 0; i < news; i++) this.#loop.spendRequest();
    const startedAt = object.status.startedAt ?? now;
    const sight = {record, active: pods.filter(isActive), startedAt, now};
    const failing = object.status.failing ?? failureOf(object, sight);
    const over: JobFailure | 'Complete' | undefined =
      failing ?? (isComplete(object, sight) ? 'Complete' : undefined);
    const {batches, again} =
      over === undefined ? this.#manage(id, object, sight) : this.#clear(id, sight);
    // Only when the last pod is gone is a Job finished.
    const left = pods.some(pod => isActive(pod) || (pod.terminating && pod.phase === 'Running'));
    const finished = over === undefined || left ? undefined : {as: over, at: now};
    const status = {...counted(object, sight, startedAt), failing, finished};
    return {batches, last: statusWrite(id, object, status), again};
  }

  #manage(id: WorkloadId, object: JobObject, sight: JobSight): Pick<Plan, 'batches' | 'again'> {
    const {record, active, startedAt, now} = sight;
    const {activeDeadline} = object.spec;
    const deadline = activeDeadline && Math.max(0, startedAt + activeDeadline - now);
    if (!this.#expectations.satisfied(id, now)) return {batches: [], again: deadline};
    const wanted = wantedActive(object, sight);
    if (active.length > wanted) {
      const victims = inDeletionOrder({pods: active, related: active, now});
      return this.#delete(id, victims.slice(0, active.length - wanted), {record, again: deadline});
    }
    const missing = Math.min(wanted - active.length, burst);
    const wait = record.backOff(now);
    if (missing > 0 && wait > 0) return {batches: [], again: Math.min(wait, deadline ?? wait)};
    return {batches: this.#create(id, object, {sight, missing}), again: deadline};
  }

  #clear(id: WorkloadId, {record, active}: JobSight): Pick<Plan, 'batches' | 'again'> {
    return this.#delete(id, active, {record, again: undefined});
  }

  #delete(
    id: WorkloadId,
    pods: readonly KnownPod[],
    {record, again}: {record: JobRecord; again: Time | undefined},
  ): Pick<Plan, 'batches' | 'again'> {
    const deletions = pods.map(pod => pod.id);
    for (const pod of pods) record.ignore(pod);
    if (pods.length > 0) this.#expectations.expect(id, this.#simulation.now, {deletions});
    return {batches: [deletions.map(pod => ({verb: 'delete-pod', pod}))], again};
  }

  #create(
    id: WorkloadId,
    object: JobObject,
    {sight, missing}: {sight: JobSight; missing: number},
  ): PlannedRequest[][] {
    const {completions, indexed, template} = object.spec;
    const request = (pods: PodTemplate, name: string): PlannedRequest => ({
      ...{verb: 'create-pod', name, template: pods, owner: id, lifetime: undefined},
    });
    const requests = indexed
      ? pendingIndexes(completions ?? 0, {
          done: sight.record.indexes,
          active: new Set(sight.active.flatMap(pod => indexOf(pod) ?? [])),
          count: missing,
        }).map(index => request(this.#indexed(template, index), this.#names.podName(object, index)))
      : Array.from({length: missing}, () => request(template, this.#names.podName(object)));
    if (requests.length === 0) return [];
    this.#expectations.expect(id, this.#simulation.now, {creations: requests.length});
    return slowStart(requests);
  }

  #indexed(template: PodTemplate, index: number): PodTemplate {
    const known = this.#templates.get(template) ?? new Map<number, PodTemplate>();
    this.#templates.set(template, known);
    const own = known.get(index) ?? {
      ...template,
      labels: new Map([...template.labels, ...indexLabels(index)]),
      annotations: new Map([...template.annotations, ...indexLabels(index)]),
    };
    known.set(index, own);
    return own;
  }

  save(): ReadonlyMap<WorkloadId, SavedJobRecord> {
    return new Map([...this.#records].map(([id, record]) => [id, record.save()]));
  }

  restore(saved: ReadonlyMap<WorkloadId, SavedJobRecord>): void {
    this.#records.clear();
    for (const [id, record] of saved) this.#records.set(id, JobRecord.from(record));
  }
}

function counted(
  {spec}: JobObject,
  {record, active}: JobSight,
  startedAt: Time,
): Omit<JobStatus, 'failing' | 'finished'> {
  return {
    startedAt: spec.suspend ? undefined : startedAt,
    active: active.length,
    ready: active.filter(({ready}) => ready).length,
    succeeded: spec.indexed ? record.indexes.size : record.succeeded,
    failed: record.failed,
    completedIndexes: [...record.indexes].sort((a, b) => a - b),
  };
}

function statusWrite(
  id: WorkloadId,
  {version, status: before}: JobObject,
  status: JobStatus,
): PlannedRequest | undefined {
  if (JSON.stringify(status) === JSON.stringify({...status, ...before})) return undefined;
  return {verb: 'update-status', workload: id, version, status};
}

/** As the TTL controller: a finished Job goes when its time is over. */
function expired(id: WorkloadId, {spec, status}: JobObject, now: Time): Plan {
  if (spec.ttlAfterFinished === undefined || status.finished === undefined) return nothing;
  const again = status.finished.at + spec.ttlAfterFinished - now;
  if (again > 0) return {batches: [], again};
  return {batches: [[{verb: 'delete', workload: id, propagation: 'background'}]]};
}
