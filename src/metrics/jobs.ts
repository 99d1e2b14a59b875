// jobs.csv: one row for each Job: when it began, when it was over, and how it ended.

import type {Time} from '../engine/time.ts';
import type {WorkloadId} from '../objects/ids.ts';
import type {WorkloadObject} from '../objects/workload-object.ts';
import {optionalSecondsText, secondsText} from './seconds-text.ts';
import type {Cell, ResultTable} from './table.ts';
import type {World} from './world.ts';

type JobObject = Extract<WorkloadObject, {readonly kind: 'Job'}>;

export class Jobs {
  readonly #world: World;
  /** As they were when they were deleted; those that are there say themselves what they are. */
  readonly #gone = new Map<WorkloadId, JobObject>();
  #jobs: WorkloadId[] = [];

  constructor(world: World) {
    this.#world = world;
    const {workloads, workloadSignals} = world.store;
    workloadSignals.created.watch(id => {
      if (workloads.get(id)?.kind === 'Job') this.#jobs.push(id);
    });
    workloadSignals.deleted.watch(id => {
      const object = workloads.get(id);
      if (object?.kind === 'Job') this.#gone.set(id, object);
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
    return {jobs: this.#jobs, gone: this.#gone};
  }

  restore(saved: ReturnType<Jobs['save']>): void {
    this.#jobs = saved.jobs;
    this.#gone.clear();
    for (const [id, object] of saved.gone) this.#gone.set(id, object);
  }

  *#rows(end: Time): Generator<Cell[]> {
    const {workloads} = this.#world.store;
    for (const id of this.#jobs) {
      const object = this.#gone.get(id) ?? workloads.get(id);
      if (object?.kind === 'Job') yield row(object, {deleted: this.#gone.has(id), end});
    }
  }
}

function row(job: JobObject, {deleted, end}: {deleted: boolean; end: Time}): Cell[] {
  const {namespace, name, owner, createdAt, status} = job;
  const {startedAt, finished, succeeded, failed} = status;
  const open = deleted ? 'deleted' : 'open';
  return [
    namespace,
    name,
    owner?.kind === 'CronJob' ? owner.name : undefined,
    secondsText(createdAt),
    optionalSecondsText(startedAt),
    optionalSecondsText(finished?.at),
    startedAt === undefined ? undefined : secondsText((finished?.at ?? end) - startedAt),
    succeeded,
    failed,
    finished?.as ?? open,
  ];
}

/**
 * `duration`: from its start to its end, or to the end of the run. `succeeded`, `failed`: of its
 * pods. `outcome`: `Complete`, the reason of its failure, `deleted` before its end, or `open`.
 */
const columns = [
  'namespace',
  'name',
  'cron_job',
  'created',
  'started',
  'completed',
  'duration',
  'succeeded',
  'failed',
  'outcome',
];
