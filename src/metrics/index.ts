// All that is measured of a run. To add a metric: a file with its family, and its line here.
//
// Made before the first pod is; it only looks, so a run is the same whatever is measured.

import type {Time} from '../engine/time.ts';
import {AvailabilityFigures} from './availability-figures.ts';
import {Census} from './census.ts';
import {EventLog} from './event-log.ts';
import type {Figure} from './figures.ts';
import {GpuUsage} from './gpu-usage.ts';
import {Incidents} from './incidents.ts';
import {Jobs} from './jobs.ts';
import {NodeAvailability} from './node-availability.ts';
import {NodeRegister} from './node-register.ts';
import {NodeUsage} from './node-usage.ts';
import {ObjectEvents} from './object-events.ts';
import {Outages} from './outages.ts';
import {type PodLife, PodLives} from './pod-lives.ts';
import {PodRecords} from './pod-records.ts';
import {RequestMeasures} from './request-measures.ts';
import {Rollouts} from './rollouts.ts';
import {Roots} from './roots.ts';
import {SchedulingFigures} from './scheduling-figures.ts';
import {ServiceMeasures} from './services/service-measures.ts';
import type {OutageLine} from './services/service-outage.ts';
import type {Slo} from './slos.ts';
import {PodAmounts} from './strategies/pod-amounts.ts';
import {StrategyMeasures} from './strategies/strategy-measures.ts';
import type {ResultTable} from './table.ts';
import {Timeseries} from './timeseries.ts';
import {type TroubledWorkload, troubled, troubledServices} from './troubled.ts';
import {WorkloadRecords} from './workload-records.ts';
import type {World} from './world.ts';

export type MeasureOptions = {
  /** pods.csv */
  readonly pods: boolean;
  /** events.csv */
  readonly events: boolean;
  /** timeseries.csv, sampled so often. */
  readonly timeseries: Time | undefined;
  /** Pods whose lives are told, by name or `namespace/name`. */
  readonly lives?: readonly string[];
  /** classes.csv, claimants.csv and the figures that strategies are judged by. */
  readonly strategies?: boolean;
  /** slos.csv, where there are requests. */
  readonly slos?: readonly Slo[];
  /** From when on a Service is in an outage. */
  readonly outage?: OutageLine;
};

const usualLine: OutageLine = {below: 0.9, for: 0};

export class Measures {
  readonly #world: World;
  readonly #scheduling: SchedulingFigures;
  readonly #usage: NodeUsage;
  readonly #strategies: StrategyMeasures;
  readonly #gpus: GpuUsage;
  readonly #incidents: Incidents;
  readonly #workloads: WorkloadRecords;
  readonly #outages: Outages;
  readonly #services: ServiceMeasures | undefined;
  readonly #rollouts: Rollouts;
  readonly #jobs: Jobs;
  readonly #requests: RequestMeasures | undefined;
  readonly #availability: AvailabilityFigures;
  readonly #pods: PodRecords | undefined;
  readonly #events: EventLog | undefined;
  readonly #timeseries: Timeseries | undefined;
  readonly #lives: PodLives | undefined;
  #end: Time | undefined;

  constructor(world: World, options: MeasureOptions) {
    const {pods, events, timeseries, lives = [], slos = [], outage = usualLine} = options;
    this.#world = world;
    const amounts = options.strategies ? new PodAmounts(world) : undefined;
    // First, so that it has counted by the time the others are told.
    const census = new Census(world);
    const register = new NodeRegister(world);
    this.#scheduling = new SchedulingFigures(world, census);
    const availability = new NodeAvailability(world, register);
    const usage = new NodeUsage(world, {census, register, availability});
    this.#usage = usage;
    this.#strategies = new StrategyMeasures(world, {census, register, amounts});
    this.#gpus = new GpuUsage(world, {census, register});
    const roots = new Roots(world);
    const incidents = new Incidents(world, census, roots);
    const workloads = new WorkloadRecords(world, census, roots);
    incidents.follow(workloads);
    this.#incidents = incidents;
    this.#workloads = workloads;
    if (world.network !== undefined) {
      const seen = {line: outage, census, roots, workloads};
      this.#services = new ServiceMeasures(world, world.network, seen);
      incidents.followServices(this.#services);
    }
    this.#outages = new Outages(world, {census, roots, incidents, workloads});
    this.#rollouts = new Rollouts(world, {roots, incidents, workloads});
    this.#jobs = new Jobs(world);
    this.#requests =
      world.requests === undefined ? undefined : new RequestMeasures(world, world.requests, slos);
    this.#availability = new AvailabilityFigures(world, workloads);
    this.#pods = pods ? new PodRecords(world, census, register) : undefined;
    this.#events = events ? new EventLog(world, census, register) : undefined;
    if (this.#events !== undefined) new ObjectEvents(world, census, this.#events);
    this.#timeseries =
      timeseries === undefined
        ? undefined
        : new Timeseries(world, {census, register, usage, every: timeseries});
    this.#lives =
      lives.length > 0 ? new PodLives(world, {census, register, pods: lives}) : undefined;
  }

  /** The run is over, or was interrupted, at `end`. Only then are there figures and tables. */
  finish(end: Time): void {
    this.#end = end;
    this.#gpus.finish();
    this.#services?.finish(end);
  }

  /** The lines of summary.csv, in the order in which people want to read them. */
  figures(): Figure[] {
    const end = this.#finished();
    return [
      ...this.#scheduling.figures(end),
      ...this.#availability.figures(end),
      ...(this.#services?.figures(end) ?? []),
      ...this.#incidents.figures(),
      ...(this.#requests?.figures(end) ?? []),
      ...this.#usage.figures(end),
      ...this.#strategies.figures(end),
      ...this.#gpus.figures(end),
    ];
  }

  /** All result files but summary.csv, which also says which run it is. */
  tables(): ResultTable[] {
    const end = this.#finished();
    const hasServices = (this.#services?.records.length ?? 0) > 0;
    const hasTrouble = this.#workloads.count > 0 || this.#incidents.count > 0 || hasServices;
    const tables = [
      this.#pods?.table(),
      hasTrouble ? this.#workloads.table(end) : undefined,
      hasServices ? this.#services?.table(end) : undefined,
      hasTrouble ? this.#outages.table(end, this.#services) : undefined,
      hasTrouble ? this.#incidents.table(end) : undefined,
      hasTrouble ? this.#incidents.recoveryTable() : undefined,
      this.#rollouts.count > 0 ? this.#rollouts.table() : undefined,
      this.#jobs.count > 0 ? this.#jobs.table(end) : undefined,
      ...(this.#requests?.tables(end) ?? []),
      this.#usage.table(end),
      ...this.#strategies.tables(end),
      ...this.#gpus.tables(),
      this.#timeseries?.table(),
      this.#events?.table(),
    ];
    return tables.filter(table => table !== undefined);
  }

  /** Worst first, workloads before Services. */
  get troubled(): readonly TroubledWorkload[] {
    const end = this.#finished();
    return [
      ...troubled(this.#workloads.book.records, end),
      ...troubledServices(this.#services?.records ?? [], end),
    ];
  }

  get lives(): readonly PodLife[] {
    return this.#lives?.lives ?? [];
  }

  #finished(): Time {
    if (this.#end !== undefined) return this.#end;
    throw new Error(`the run is not finished: it is ${this.#world.simulation.now}`);
  }
}
