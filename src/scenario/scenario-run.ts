// One run of a scenario: built, played in slices so that its caller can look up in between, and
// measured.

import type {TraceListener} from '../engine/simulation.ts';
import type {Time} from '../engine/time.ts';
import type {Figure} from '../metrics/figures.ts';
import {Measures} from '../metrics/index.ts';
import type {PodLife} from '../metrics/pod-lives.ts';
import type {ResultTable} from '../metrics/table.ts';
import type {TroubledWorkload} from '../metrics/troubled.ts';
import type {PluginDefinition} from '../scheduler/framework.ts';
import {type BuiltWorld, build} from './build.ts';
import type {LoadedScenario} from './loaded.ts';

export type RunOptions = {
  /** Of the scenario's plugin files; see `importPlugins`. */
  readonly plugins?: readonly PluginDefinition[];
  readonly replication?: number;
  /** The command that runs the same again, for error messages. */
  readonly repeat?: string;
  /** Sees every event as it happens. */
  readonly trace?: TraceListener;
  /** Pods whose lives are told, by name or `namespace/name`. */
  readonly lives?: readonly string[];
};

export type RunOutcome = {
  readonly seed: number;
  readonly replication: number;
  /** Until when it was simulated. */
  readonly end: Time;
  readonly complete: boolean;
  readonly events: number;
  readonly fingerprint: string;
  readonly figures: readonly Figure[];
  readonly tables: readonly ResultTable[];
  /** Workloads that were not always whole, and then Services, worst first. */
  readonly troubled: readonly TroubledWorkload[];
  readonly lives: readonly PodLife[];
};

export class ScenarioRun {
  readonly #scenario: LoadedScenario;
  readonly #world: BuiltWorld;
  readonly #measures: Measures;
  #complete = false;

  constructor(scenario: LoadedScenario, options: RunOptions = {}) {
    const {plugins = [], replication = 0, repeat, trace, lives = []} = options;
    this.#scenario = scenario;
    this.#world = build(scenario, {plugins, replication, repeat});
    this.#world.simulation.trace(trace);
    const {outage, slos} = scenario;
    const {pods, events, timeseries, strategies} = scenario.results;
    this.#measures = new Measures(this.#world, {
      pods,
      events,
      timeseries: timeseries?.every,
      strategies,
      ...{lives, outage, slos},
    });
    this.#world.start();
  }

  get now(): Time {
    return this.#world.simulation.now;
  }

  get eventsHandled(): number {
    return this.#world.simulation.eventsHandled;
  }

  /** Plays on for so many events at most; false once the scenario's end is reached. */
  advance(maxEvents = Infinity): boolean {
    const {ended} = this.#world.simulation.run(this.#scenario.duration, {maxEvents});
    this.#complete = ended === 'done';
    return !this.#complete;
  }

  /** What was measured until now. */
  finish(): RunOutcome {
    const {simulation} = this.#world;
    this.#measures.finish(simulation.now);
    return {
      seed: this.#scenario.seed,
      replication: simulation.replication,
      end: simulation.now,
      complete: this.#complete,
      events: simulation.eventsHandled,
      fingerprint: simulation.fingerprint,
      figures: this.#measures.figures(),
      tables: this.#measures.tables(),
      troubled: this.#measures.troubled,
      lives: this.#measures.lives,
    };
  }
}
