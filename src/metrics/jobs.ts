// jobs.csv: one row for each Job: when it was due, if a CronJob made it, when it ran, how it ended.

import type {Time} from '../engine/time.ts';
import type {Cursor} from '../objects/change-log.ts';
import type {WorkloadId} from '../objects/ids.ts';
import type {CronJobObject, JobObject} from '../objects/job-object.ts';
import {optionalSecondsText, secondsText} from './seconds-text.ts';
import type {Cell, ResultTable} from './table.ts';
import type {World} from './world.ts';

export class Jobs {
  readonly #world: World;
  readonly #cursor: Cursor;
  /** As they were when they were deleted; those that are there say themselves what they are. */
  readonly #gone = new Map<WorkloadId, {readonly job: JobObject; readonly at: Time}>();
  /** When the Jobs of CronJobs were due, by namespace and name: their CronJobs' statuses say it. */
  readonly #due = new Map<string, Time>();
  #jobs: WorkloadId[] = [];

  constructor(world: World) {
    this.#world = world;
    const {workloads, workloadSignals} = world.store;
    this.#cursor = workloads.log.cursor(() => this.#readLog());
    workloadSignals.created.watch(id => {
      if (workloads.get(id)?.kind === 'Job') this.#jobs.push(id);
    });
    workloadSignals.deleted.watch(id => {
      const object = workloads.get(id);
      if (object?.kind !== 'Job') return;
      this.#gone.set(id, {job: object, at: world.simulation.now});
    });
    world.simulation.part('metrics.jobs', this);
  }

  get count(): number {
    return this.#jobs.length;
  }

  table(end: Time): ResultTable {
    return {file: 'jobs.csv', columns, long: true, rows: () => this.#rows(end)};
  }

  save() {
    return {jobs: this.#jobs, gone: this.#gone, due: this.#due};
  }

  restore(saved: ReturnType<Jobs['save']>): void {
    this.#jobs = saved.jobs;
    this.#gone.clear();
    this.#due.clear();
    for (const [id, gone] of saved.gone) this.#gone.set(id, gone);
    for (const [name, time] of saved.due) this.#due.set(name, time);
  }

  #readLog(): void {
    const {log} = this.#world.store.workloads;
    while (this.#cursor.next < log.end) {
      const object = log.value(this.#cursor.next++);
      if (object?.kind === 'CronJob') this.#noteDue(object);
    }
  }

  // The controller adds the Job to those that are active when it notes when it was due.
  #noteDue({namespace, status: {active, lastSchedule}}: CronJobObject): void {
    const latest = active.at(-1);
    if (latest === undefined || lastSchedule === undefined) return;
    const name = `${namespace}/${latest}`;
    if (!this.#due.has(name)) this.#due.set(name, lastSchedule);
  }

  *#rows(end: Time): Generator<Cell[]> {
    const {workloads} = this.#world.store;
    for (const id of this.#jobs) {
      const gone = this.#gone.get(id);
      const job = gone?.job ?? workloads.get(id);
      if (job?.kind !== 'Job') continue;
      const due = this.#due.get(`${job.namespace}/${job.name}`);
      yield row(job, {due, deleted: gone !== undefined, end: gone?.at ?? end});
    }
  }
}

function row(
  {namespace, name, owner, createdAt, status}: JobObject,
  {due, deleted, end}: {due: Time | undefined; deleted: boolean; end: Time},
): Cell[] {
  const {startedAt, finished, succeeded, failed} = status;
  const begun = startedAt !== undefined;
  return [
    namespace,
    name,
    owner?.kind === 'CronJob' ? owner.name : undefined,
    optionalSecondsText(due),
    secondsText(createdAt),
    optionalSecondsText(startedAt),
    begun && due !== undefined ? secondsText(startedAt - due) : undefined,
    optionalSecondsText(finished?.at),
    begun ? secondsText((finished?.at ?? end) - startedAt) : undefined,
    succeeded,
    failed,
    finished?.as ?? (deleted ? 'deleted' : 'open'),
  ];
}

/**
 * `due`: by the schedule of its CronJob; `lateness`: from then to its start. `duration`: from its
 * start to its end, to its deletion before that, or to the end of the run. `succeeded`, `failed`:
 * of its pods. `outcome`: `Complete`, the reason of its failure, `deleted` before its end, or
 * `open`.
 */
const columns = [
  'namespace',
  'name',
  'cron_job',
  'due',
  'created',
  'started',
  'lateness',
  'completed',
  'duration',
  'succeeded',
  'failed',
  'outcome',
];
