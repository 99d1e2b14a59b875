// Makes a Job whenever a CronJob is due (pkg/controller/cronjob/cronjob_controllerv2.go).
//
//   due ──▶ Forbid and one still runs: not this time
//       ──▶ Replace: those that run are deleted first
//       ──▶ a Job NAME-MINUTE is created ──▶ the status names it, old finished ones are deleted
//
// It wakes by a timer and when its Jobs change; while suspended it sleeps.

import type {Simulation} from '../engine/simulation.ts';
import type {Time} from '../engine/time.ts';
import type {WorkloadId} from '../objects/ids.ts';
import {
  type CronJobObject,
  type CronJobStatus,
  type JobObject,
  podTemplateOf,
} from '../objects/job-object.ts';
import {valueText} from '../objects/template-text.ts';
import type {NewWorkload} from '../objects/workload-request.ts';
import type {ClusterView} from './cluster-view.ts';
import {CronTimes} from './cron-times.ts';
import {nothing, type Plan, type PlannedRequest} from './plan.ts';
import type {ControllerParts} from './replica-set.ts';
import {WorkLoop} from './work-loop.ts';

type OwnJob = {readonly id: WorkloadId; readonly job: JobObject};

export class CronJobController {
  readonly #simulation: Simulation;
  readonly #view: ClusterView;
  readonly #times: CronTimes;
  readonly #loop: WorkLoop;

  constructor(
    {simulation, api, view, manager}: ControllerParts,
    {startTime}: {readonly startTime: number},
  ) {
    this.#simulation = simulation;
    this.#view = view;
    this.#times = new CronTimes(startTime);
    this.#loop = new WorkLoop({
      simulation,
      api,
      manager,
      name: 'cronjob-controller',
      workers: 5,
      sync: item => this.#sync(item as WorkloadId),
    });
    view.listen({
      workloadChanged: (id, after, before) => {
        const object = after ?? before;
        if (object?.kind === 'Job') this.#jobChanged(object);
        if (object?.kind !== 'CronJob') return;
        if (
          after?.kind === 'CronJob' &&
          before?.kind === 'CronJob' &&
          isRescheduled(after, before)
        ) {
          this.#reschedule(id, after);
        } else this.#loop.queue.add(id);
      },
    });
  }

  #jobChanged({owner}: JobObject): void {
    if (owner !== undefined && this.#view.workload(owner.id)?.kind === 'CronJob') {
      this.#loop.queue.add(owner.id);
    }
  }

  /** What the new schedule would have asked for before now is not made up for. */
  #reschedule(id: WorkloadId, cron: CronJobObject): void {
    const again = this.#times.untilNext(cron, this.#simulation.now);
    if (again !== undefined) this.#loop.queue.addAfter(id, again);
  }

  #sync(id: WorkloadId): Plan {
    const cron = this.#view.workload(id);
    if (cron?.kind !== 'CronJob') return nothing;
    const {now} = this.#simulation;
    const jobs = this.#jobsOf(id);
    const running = new Set(jobs.flatMap(({job}) => (isFinished(job) ? [] : [job.name])));
    const active = cron.status.active.filter(name => running.has(name));
    const cleaning = tooOld(cron, jobs).map(deletion);
    const rest = {...cron.status, active};
    if (cron.spec.suspend || cron.deletedAt !== undefined) {
      return planned(id, cron, {batches: [cleaning], status: rest, again: undefined});
    }
    const again = this.#times.untilNext(cron, now);
    const due = this.#dueNow(cron, {active, now});
    if (due === undefined) return planned(id, cron, {batches: [cleaning], status: rest, again});
    return this.#start(id, cron, {due, jobs, active, cleaning, again});
  }

  #dueNow(
    cron: CronJobObject,
    {active, now}: {active: readonly string[]; now: Time},
  ): Time | undefined {
    const {concurrencyPolicy, startingDeadline = Infinity} = cron.spec;
    const due = this.#times.unmet(cron, now);
    if (due === undefined || due + startingDeadline < now) return undefined;
    if (active.includes(this.#nameOf(cron, due)) || due === cron.status.lastSchedule) {
      return undefined;
    }
    return concurrencyPolicy === 'Forbid' && active.length > 0 ? undefined : due;
  }

  #start(
    id: WorkloadId,
    cron: CronJobObject,
    plan: {
      readonly due: Time;
      readonly jobs: readonly OwnJob[];
      readonly active: readonly string[];
      readonly cleaning: readonly PlannedRequest[];
      readonly again: Time | undefined;
    },
  ): Plan {
    const {due, jobs, active, cleaning, again} = plan;
    // What the clock brings goes back to nothing, whatever the timer was set by.
    this.#simulation.cause = 0;
    const name = this.#nameOf(cron, due);
    const replaced = cron.spec.concurrencyPolicy === 'Replace' ? active : [];
    const deletions = jobs.filter(({job}) => replaced.includes(job.name)).map(deletion);
    // Made before, by one that did not live to write it down.
    const known = jobs.some(({job}) => job.name === name);
    const creation: PlannedRequest[] = known
      ? []
      : [{verb: 'create', object: jobOf(cron, id, name)}];
    const left = active.filter(each => !replaced.includes(each));
    const status = {active: [...left, name], lastSchedule: due};
    return planned(id, cron, {batches: [deletions, creation, cleaning], status, again});
  }

  #nameOf({name}: CronJobObject, due: Time): string {
    return `${name}-${this.#times.minuteOf(due)}`;
  }

  /** In the order of creation. */
  #jobsOf(id: WorkloadId): OwnJob[] {
    return this.#view.workloadsOf(id).flatMap(each => {
      const job = this.#view.workload(each);
      return job?.kind === 'Job' ? [{id: each, job}] : [];
    });
  }
}

function isRescheduled({spec}: CronJobObject, {spec: before}: CronJobObject): boolean {
  return spec.schedule !== before.schedule || spec.timeZone !== before.timeZone;
}

function isFinished({status}: JobObject): boolean {
  return status.finished !== undefined;
}

/** As cleanupFinishedJobs: the first to start are the first to go. */
function tooOld({spec}: CronJobObject, jobs: readonly OwnJob[]): OwnJob[] {
  const {successfulJobsHistoryLimit, failedJobsHistoryLimit} = spec;
  const succeeded = jobs.filter(({job}) => job.status.finished?.as === 'Complete');
  const failed = jobs.filter(
    ({job}) => isFinished(job) && !succeeded.some(each => each.job === job),
  );
  return [
    ...beyond(succeeded, successfulJobsHistoryLimit),
    ...beyond(failed, failedJobsHistoryLimit),
  ];
}

function beyond(jobs: OwnJob[], limit: number): OwnJob[] {
  const startOf = ({job}: OwnJob): Time => job.status.startedAt ?? job.createdAt;
  const oldest = jobs.sort((a, b) => startOf(a) - startOf(b) || a.id - b.id);
  return oldest.slice(0, Math.max(0, jobs.length - limit));
}

function deletion({id}: OwnJob): PlannedRequest {
  return {verb: 'delete', workload: id, propagation: 'background'};
}

function jobOf(
  {namespace, name: cron, spec}: CronJobObject,
  id: WorkloadId,
  name: string,
): NewWorkload {
  const {labels, annotations, spec: job} = spec.job;
  const template = podTemplateOf(name, job.template);
  const owner = {id, kind: 'CronJob', name: cron};
  return {kind: 'Job', namespace, name, labels, annotations, owner, spec: {...job, template}};
}

// The status goes last, and only when all else went well: what it says has then been done.
function planned(
  workload: WorkloadId,
  {version, status: before}: CronJobObject,
  {
    batches,
    status,
    again,
  }: {
    batches: readonly (readonly PlannedRequest[])[];
    status: CronJobStatus;
    again: Time | undefined;
  },
): Plan {
  const same = valueText(status) === valueText(before);
  const write: PlannedRequest = {verb: 'update-status', workload, version, status};
  return {batches: [...batches, same ? [] : [write]], again};
}
