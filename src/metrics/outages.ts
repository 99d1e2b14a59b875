// outages.csv: when which workload had no ready replica, why, and what held up the repair. Rows of
// Services join them.
//
// The cause is the root of the change that took the last ready replica. Contributors are the roots
// by which the others were missing then, and what got in the way of new ones: a registry that
// failed while one of them was pulling, cordons and lost nodes when the scheduler turned one down,
// and what was wrong with the control plane meanwhile.

import type {Time} from '../engine/time.ts';
import type {CauseId} from '../objects/causes.ts';
import type {NodeId, PodId} from '../objects/ids.ts';
import type {NodeObject} from '../objects/node-spec.ts';
import {classOf} from './cause-classes.ts';
import type {Census} from './census.ts';
import type {Incidents} from './incidents.ts';
import {newOutage, nowhere, type Outage, type WayBack} from './outage.ts';
import {hindrances, outageColumns, outageRow} from './outage-row.ts';
import type {Roots} from './roots.ts';
import type {ServiceMeasures} from './services/service-measures.ts';
import {serviceOutageRow} from './services/service-outage-row.ts';
import type {ResultTable} from './table.ts';
import type {WorkloadRecord} from './workload-record.ts';
import type {WorkloadRecords} from './workload-records.ts';
import type {World} from './world.ts';

export class Outages {
  readonly #world: World;
  readonly #census: Census;
  readonly #roots: Roots;
  readonly #incidents: Incidents;
  readonly #workloads: WorkloadRecords;
  #outages: Outage[] = [];
  /** Now open, by the workload's number. */
  readonly #open = new Map<number, Outage>();
  /** Image faults that last, and roots of what keeps nodes cordoned. */
  readonly #imageFaults = new Set<CauseId>();
  readonly #cordons = new Map<NodeId, CauseId>();

  constructor(
    world: World,
    seen: {census: Census; roots: Roots; incidents: Incidents; workloads: WorkloadRecords},
  ) {
    this.#world = world;
    this.#census = seen.census;
    this.#roots = seen.roots;
    this.#incidents = seen.incidents;
    this.#workloads = seen.workloads;
    seen.workloads.wentDown.watch((record, pod) => this.#begin(record, pod));
    seen.workloads.cameBack.watch((record, pod) => this.#end(record, pod));
    this.#watchReplicas();
    this.#watchDetection();
    this.#watchHindrances();
    world.simulation.part('metrics.outages', this);
  }

  /** Those that took time, in the order in which they began. */
  get all(): readonly Outage[] {
    return this.#outages.filter(outage => !outage.void);
  }

  table(end: Time, services: ServiceMeasures | undefined): ResultTable {
    const world = this.#world;
    const {records} = this.#workloads.book;
    const rows = () => {
      const context = {world, roots: this.#roots, end, hindrances: hindrances(world)};
      const own = this.all.filter(({start}) => start < end);
      const ofWorkloads = own.map(outage => ({
        start: outage.start,
        row: outageRow(outage, {...context, record: records[outage.workload]}),
      }));
      const ofServices = (services?.outages(end) ?? []).map(([record, outage]) => ({
        start: outage.start,
        row: serviceOutageRow({record, outage}, {...context, workloads: own}),
      }));
      // Stable: of one time, workloads first.
      return [...ofWorkloads, ...ofServices]
        .sort((one, other) => one.start - other.start)
        .map(({row}) => row);
    };
    return {file: 'outages.csv', columns: outageColumns, long: true, rows};
  }

  save() {
    const outages = this.#outages;
    const open = [...this.#open.keys()].map(
      workload => [workload, this.#openAt(workload)] as const,
    );
    return {outages, open, imageFaults: this.#imageFaults, cordons: this.#cordons};
  }

  restore(saved: ReturnType<Outages['save']>): void {
    this.#outages = saved.outages;
    this.#open.clear();
    for (const [workload, at] of saved.open) this.#open.set(workload, this.#outages[at]);
    this.#imageFaults.clear();
    for (const root of saved.imageFaults) this.#imageFaults.add(root);
    this.#cordons.clear();
    for (const [node, root] of saved.cordons) this.#cordons.set(node, root);
  }

  #openAt(workload: number): number {
    return this.#outages.findLastIndex(outage => outage.workload === workload);
  }

  #begin(record: WorkloadRecord, pod: PodId | undefined): void {
    const {pods} = this.#world.store;
    const preempted = pod !== undefined && pods.disruption(pod) === 'PreemptionByScheduler';
    const root = this.#roots.now();
    const goes = pod === undefined || pods.terminating(pod) || this.#census.stage(pod) === 'over';
    const node = pod === undefined ? undefined : pods.node(pod);
    const outage = newOutage(this.#world.simulation.now, {
      workload: record.index,
      root,
      // Of what broke down the API knows nothing yet, nor of a node that is yet to fail.
      detected:
        goes && this.#incidents.isOutBy(node, root)
          ? this.#incidents.detected(root)?.last
          : undefined,
      as: pod === undefined ? 'start' : preempted ? 'preemption' : undefined,
      contributors: record.losses,
    });
    this.#outages.push(outage);
    this.#open.set(record.index, outage);
  }

  #end(record: WorkloadRecord, pod: PodId | undefined): void {
    const outage = this.#open.get(record.index);
    if (outage === undefined) return;
    this.#open.delete(record.index);
    outage.end = this.#world.simulation.now;
    outage.void = outage.end === outage.start;
    outage.back = (pod === undefined ? undefined : outage.coming.get(pod)) ?? nowhere;
    outage.coming.clear();
  }

  #watchReplicas(): void {
    const {signals, pods} = this.#world.store;
    signals.created.watch(pod => this.#come(pod, 'recreated'));
    this.#census.bound.watch(pod => this.#come(pod, 'scheduled'));
    signals.started.watch(pod => this.#come(pod, 'started'));
    signals.restarted.watch(pod => this.#come(pod, 'started'));
    signals.container.watch((pod, _container, step) => {
      if (step === 'pulled') this.#come(pod, 'pulled');
      if (step === 'pulling' || step === 'pull-failed') this.#blameImageFaults(pod);
    });
    const evicted = (pod: PodId) => {
      const outage = this.#of(pod);
      if (outage === undefined || pods.disruption(pod) === undefined) return;
      outage.evicted ||= this.#world.simulation.now;
    };
    signals.terminating.watch(evicted);
    this.#census.over.watch(evicted);
  }

  /** The API shows that a replica is not what it was. */
  #watchDetection(): void {
    const {pods} = this.#world.store;
    const detect = (pod: PodId) => {
      const outage = this.#of(pod);
      if (outage !== undefined) outage.detected ??= this.#world.simulation.now;
    };
    this.#world.store.signals.unready.watch(detect);
    this.#census.over.watch((pod, outcome) => {
      // What its kubelet evicts has Failed too; what is deleted shows nothing but its going.
      const evicted = outcome === 'evicted' && !pods.terminating(pod);
      if (outcome === 'failed' || evicted) detect(pod);
    });
  }

  #watchHindrances(): void {
    const {causes, signals, nodeSignals} = this.#world.store;
    causes.began.watch(id => {
      const cause = causes.get(id);
      if (cause?.origin === 'fault' && classOf(cause) === 'image') this.#imageFaults.add(id);
    });
    causes.ended.watch(id => this.#imageFaults.delete(id));
    signals.refused.watch((pod, {firstFailingPlugin}) => this.#blameFor(pod, firstFailingPlugin));
    nodeSignals.changed.watch((node, before, after) => this.#noteCordon(node, before, after));
  }

  #of(pod: PodId): Outage | undefined {
    if (this.#open.size === 0) return undefined;
    const record = this.#workloads.book.of(pod);
    return record && this.#open.get(record.index);
  }

  #come(pod: PodId, step: keyof WayBack): void {
    const outage = this.#of(pod);
    if (outage === undefined) return;
    const known = outage.coming.get(pod);
    const way = known ?? {...nowhere};
    way[step] = this.#world.simulation.now;
    if (known === undefined) outage.coming.set(pod, way);
  }

  #blameImageFaults(pod: PodId): void {
    if (this.#imageFaults.size === 0) return;
    const outage = this.#of(pod);
    if (outage === undefined) return;
    for (const root of this.#imageFaults) this.#blame(outage, root);
  }

  /** The scheduler turned down a replica that is needed. */
  #blameFor(pod: PodId, plugin: string): void {
    const outage = this.#of(pod);
    if (outage === undefined) return;
    if (plugin === 'NodeUnschedulable') {
      for (const root of this.#cordons.values()) this.#blame(outage, root);
      return;
    }
    outage.noRoom ||= plugin === 'NodeResourcesFit' || plugin === 'GpuShare';
    // Lost nodes are tainted, and what they cannot take would have fitted there.
    for (const root of this.#incidents.nodesOut()) this.#blame(outage, root);
  }

  #blame(outage: Outage, root: CauseId): void {
    if (root !== 0 && root !== outage.root) outage.contributors.add(root);
  }

  #noteCordon(node: NodeId, before: NodeObject | undefined, after: NodeObject | undefined): void {
    const closed = after?.unschedulable === true;
    if (closed === (before?.unschedulable === true)) return;
    if (closed) this.#cordons.set(node, this.#roots.now());
    else this.#cordons.delete(node);
  }
}
