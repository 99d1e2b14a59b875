// rollouts.csv: one row for each rollout of a Deployment or DaemonSet, from the moment its template
// is another (or the first) until every replica is of it and available.

import type {Time} from '../engine/time.ts';
import type {CauseId} from '../objects/causes.ts';
import type {WorkloadId} from '../objects/ids.ts';
import type {Incidents} from './incidents.ts';
import type {Roots} from './roots.ts';
import {optionalSecondsText, secondsText} from './seconds-text.ts';
import type {Cell, ResultTable} from './table.ts';
import type {WorkloadRecords} from './workload-records.ts';
import type {World} from './world.ts';

type Outcome = 'completed' | 'stalled' | 'superseded' | 'deleted' | 'open';

type Rollout = {
  readonly workload: WorkloadId;
  readonly root: CauseId;
  readonly started: Time;
  completed: Time | undefined;
  outcome: Outcome;
  revision: number | undefined;
  minAvailable: number;
  surgeUsed: number;
};

export class Rollouts {
  readonly #world: World;
  readonly #roots: Roots;
  readonly #incidents: Incidents;
  readonly #workloads: WorkloadRecords;
  #rollouts: Rollout[] = [];
  /** Now under way, by number in order. */
  readonly #current = new Map<WorkloadId, number>();

  constructor(
    world: World,
    seen: {roots: Roots; incidents: Incidents; workloads: WorkloadRecords},
  ) {
    this.#world = world;
    this.#roots = seen.roots;
    this.#incidents = seen.incidents;
    this.#workloads = seen.workloads;
    const {workloadSignals: signals} = world.store;
    signals.rolloutStarted.watch(workload => this.#begin(workload));
    signals.rolloutCompleted.watch(workload => this.#close(workload, 'completed'));
    signals.rolloutStalled.watch(workload => this.#stall(workload));
    signals.deleted.watch(workload => this.#close(workload, 'deleted'));
    world.simulation.part('metrics.rollouts', this);
  }

  get count(): number {
    return this.#rollouts.length;
  }

  table(): ResultTable {
    return {file: 'rollouts.csv', columns, long: true, rows: () => this.#rows()};
  }

  save() {
    return {rollouts: this.#rollouts, current: this.#current};
  }

  restore(saved: ReturnType<Rollouts['save']>): void {
    this.#rollouts = saved.rollouts;
    this.#current.clear();
    for (const [workload, index] of saved.current) this.#current.set(workload, index);
  }

  #begin(workload: WorkloadId): void {
    this.#close(workload, 'superseded');
    const root = this.#roots.now();
    this.#current.set(workload, this.#rollouts.length);
    this.#rollouts.push({
      ...{workload, root, started: this.#world.simulation.now, completed: undefined},
      ...{outcome: 'open', revision: undefined, minAvailable: 0, surgeUsed: 0},
    });
    this.#incidents.begin(root);
    const record = this.#workloads.book.ofWorkload(workload);
    if (record === undefined) return;
    record.leastReady = record.ready;
    record.mostAbove = 0;
  }

  #stall(workload: WorkloadId): void {
    const rollout = this.#underWay(workload);
    if (rollout !== undefined) rollout.outcome = 'stalled';
  }

  #close(workload: WorkloadId, outcome: 'completed' | 'superseded' | 'deleted'): void {
    const rollout = this.#underWay(workload);
    if (rollout === undefined) return;
    this.#measure(rollout);
    this.#current.delete(workload);
    this.#incidents.finish(rollout.root);
    if (outcome === 'completed') rollout.completed = this.#world.simulation.now;
    // One that was stuck stays so when the next comes.
    if (outcome === 'completed' || rollout.outcome === 'open') rollout.outcome = outcome;
  }

  #underWay(workload: WorkloadId): Rollout | undefined {
    return this.#rollouts[this.#current.get(workload) ?? -1];
  }

  #measure(rollout: Rollout): void {
    const {workload} = rollout;
    const record = this.#workloads.book.ofWorkload(workload);
    const object = this.#world.store.workloads.get(workload);
    if (object?.kind === 'Deployment') rollout.revision ??= object.status.revision || undefined;
    if (record === undefined) return;
    rollout.minAvailable = record.leastReady;
    rollout.surgeUsed = record.mostAbove;
  }

  // In the order in which they began.
  *#rows(): Generator<Cell[]> {
    for (const workload of this.#current.keys()) {
      const rollout = this.#underWay(workload);
      if (rollout !== undefined) this.#measure(rollout);
    }
    for (const rollout of this.#rollouts) yield this.#row(rollout);
  }

  #row(rollout: Rollout): Cell[] {
    const {workload, started, completed, outcome, revision, root} = rollout;
    const [kind, namespace, name] = this.#world.store.workloads.nameOf(workload).split('/');
    return [
      kind,
      namespace,
      name,
      revision,
      secondsText(started),
      optionalSecondsText(completed),
      completed === undefined ? undefined : secondsText(completed - started),
      rollout.minAvailable,
      rollout.surgeUsed,
      outcome,
      this.#roots.text(root),
    ];
  }
}

/**
 * `min_available`: the fewest replicas that were ready at once (of the first rollout none are at
 * the start); `max_surge_used`: by how many pods it was above the desired number at most, those
 * that are being deleted not counted. `revision`: of a Deployment. `outcome`: `stalled` is past its
 * progress deadline (of a Deployment),
 * `superseded` by another template. `cause`: the operation that began it.
 */
const columns = [
  'kind',
  'namespace',
  'name',
  'revision',
  'started',
  'completed',
  'duration',
  'min_available',
  'max_surge_used',
  'outcome',
  'cause',
];
