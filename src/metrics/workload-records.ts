// workloads.csv: one row for each workload that a pod belongs to. Desired are as many replicas as
// its object says. Where it says nothing (a Job, an owner without controller), they are the pods
// that nobody has wished away: created, and neither succeeded nor deleted. A pod that failed or was
// preempted is still desired, and missing, but not a Job's. A pod that is being deleted is no
// replica any more, as in `status.readyReplicas`.

import {Signal} from '../engine/signal.ts';
import type {Time} from '../engine/time.ts';
import type {CauseId} from '../objects/causes.ts';
import type {Cursor} from '../objects/change-log.ts';
import type {PodId, WorkloadId} from '../objects/ids.ts';
import type {PodOutcome} from '../objects/pod-signals.ts';
import type {Census} from './census.ts';
import type {Roots} from './roots.ts';
import {roomFor} from './rows.ts';
import type {ResultTable} from './table.ts';
import {replicasWanted} from './top-owner.ts';
import {WorkloadBook} from './workload-book.ts';
import type {WorkloadChange, WorkloadRecord} from './workload-record.ts';
import {workloadColumns, workloadRow} from './workload-row.ts';
import type {World} from './world.ts';

// What a pod counts as, as bits.
const [alive, ready, wished] = [1, 2, 4];

export class WorkloadRecords {
  readonly book: WorkloadBook;
  /** A ready replica went, or came back, and to what its loss is put down. */
  readonly lost = new Signal<[record: WorkloadRecord, root: CauseId]>();
  readonly returned = new Signal<[record: WorkloadRecord, root: CauseId]>();
  /** None is ready any more, or one is again; no pod: what is desired is another. */
  readonly wentDown = new Signal<[record: WorkloadRecord, pod: PodId | undefined]>();
  readonly cameBack = new Signal<[record: WorkloadRecord, pod: PodId | undefined]>();
  readonly #world: World;
  readonly #census: Census;
  readonly #roots: Roots;
  readonly #cursor: Cursor;
  #state = new Uint8Array(64);

  constructor(world: World, census: Census, roots: Roots) {
    this.#world = world;
    this.#census = census;
    this.#roots = roots;
    this.book = new WorkloadBook(world);
    const {signals, workloads} = world.store;
    this.#cursor = workloads.log.cursor(() => this.#readLog());
    signals.created.watch(pod => this.#create(pod));
    census.ready.watch(pod => this.#gain(pod));
    census.unready.watch(pod => this.#drop(pod, ready));
    signals.terminating.watch(pod => this.#terminate(pod));
    census.reowned.watch(pod => this.#changeOwner(pod));
    census.over.watch((pod, outcome) => this.#end(pod, outcome));
    world.simulation.part('metrics.workloads', this);
  }

  get count(): number {
    return this.book.records.length;
  }

  table(end: Time): ResultTable {
    const rows = () => this.book.records.map(record => workloadRow(record, end));
    return {file: 'workloads.csv', columns: workloadColumns, long: true, rows};
  }

  save(): Uint8Array<ArrayBuffer> {
    return this.#state;
  }

  restore(saved: ReturnType<WorkloadRecords['save']>): void {
    this.#state = saved;
  }

  #create(pod: PodId): void {
    this.#state = roomFor(this.#state, pod);
    const record = this.book.assign(pod);
    if (record === undefined) this.#state[pod] = 0;
    else this.#join(pod, record, alive | wished);
  }

  #gain(pod: PodId): void {
    const record = this.book.of(pod);
    if (record === undefined || (this.#state[pod] & (alive | ready)) !== alive) return;
    this.#state[pod] |= ready;
    this.#takeBack(record, pod);
    this.#change(record, pod, {desired: 0, ready: 1, alive: 0});
  }

  /** Takes from the pod what it counts as, if it does. */
  #drop(pod: PodId, what: number): void {
    const record = this.book.of(pod);
    const state = this.#state[pod];
    const taken = state & what;
    if (record === undefined || taken === 0) return;
    this.#state[pod] = state & ~what;
    const unwished = (taken & wished) !== 0 && !record.identity.declared;
    const lost = (taken & ready) !== 0;
    // What was wished away, or was one too many, is not missed.
    if (lost && !unwished && record.ready <= record.desired.value) this.#lose(record);
    this.#change(record, pod, {
      desired: unwished ? -1 : 0,
      ready: lost ? -1 : 0,
      alive: (taken & alive) === 0 ? 0 : -1,
    });
  }

  #terminate(pod: PodId): void {
    const disrupted = this.#world.store.pods.disruption(pod) !== undefined;
    this.#leave(pod, {wished: disrupted});
  }

  #end(pod: PodId, outcome: PodOutcome): void {
    this.#leave(pod, {wished: outcome !== 'succeeded' && outcome !== 'deleted'});
  }

  // A Job wishes for another pod in the place of one that failed, or for none.
  #leave(pod: PodId, still: {readonly wished: boolean}): void {
    const stays = still.wished && this.book.of(pod)?.lasting === true;
    this.#drop(pod, stays ? alive | ready : alive | ready | wished);
  }

  /** Adopted by another, or let go. */
  #changeOwner(pod: PodId): void {
    const before = this.book.of(pod);
    if (this.book.find(pod) === before) return;
    const state = before === undefined ? this.#asItIs(pod) : this.#state[pod];
    this.#drop(pod, alive | ready | wished);
    const record = this.book.assign(pod);
    if (record !== undefined) this.#join(pod, record, state);
  }

  #asItIs(pod: PodId): number {
    const {pods} = this.#world.store;
    if (pods.terminating(pod)) return 0;
    return this.#census.isReady(pod) ? alive | ready | wished : alive | wished;
  }

  #join(pod: PodId, record: WorkloadRecord, state: number): void {
    this.#state[pod] = state;
    this.#change(record, pod, {
      desired: (state & wished) === 0 || record.identity.declared ? 0 : 1,
      ready: (state & ready) === 0 ? 0 : 1,
      alive: (state & alive) === 0 ? 0 : 1,
    });
  }

  #readLog(): void {
    const {log} = this.#world.store.workloads;
    while (this.#cursor.next < log.end) {
      const row = this.#cursor.next++;
      const object = log.value(row);
      if (object === undefined || object.owner !== undefined) continue;
      const record = this.book.ofWorkload(log.id(row) as WorkloadId);
      if (!record?.identity.declared) continue;
      const gone = log.kind(row) === 'deleted' || object.deletedAt !== undefined;
      const desired = (gone ? 0 : (replicasWanted(object) ?? 0)) - record.desired.value;
      if (desired !== 0) this.#change(record, undefined, {desired, ready: 0, alive: 0});
    }
  }

  #change(record: WorkloadRecord, pod: PodId | undefined, by: WorkloadChange): void {
    const {now} = this.#world.simulation;
    const wasDown = record.down;
    record.change(now, by);
    while (record.losses.length > record.missing) {
      this.returned.emit(record, record.losses.shift() as CauseId);
    }
    if (record.down === wasDown) return;
    if (record.down) {
      record.goDown(now);
      this.wentDown.emit(record, pod);
    } else {
      record.comeBack(now);
      this.cameBack.emit(record, pod);
    }
  }

  #lose(record: WorkloadRecord): void {
    if (record.firstReady === undefined || !record.lasting) return;
    const root = this.#roots.now();
    record.losses.push(root);
    this.lost.emit(record, root);
  }

  /** Of several losses, a pod makes up for that by which it came, or was itself lost. */
  #takeBack(record: WorkloadRecord, pod: PodId): void {
    if (record.losses.length === 0) return;
    const own = record.losses.indexOf(this.#roots.now());
    const roots = this.#roots.of(this.#world.store.pods.cause(pod));
    const at = own >= 0 ? own : record.losses.indexOf(roots);
    if (at < 0) return;
    const [root] = record.losses.splice(at, 1);
    this.returned.emit(record, root);
  }
}
