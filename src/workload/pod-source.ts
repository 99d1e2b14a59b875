// Makes a workload's pods as they come. One event is pending at a time, for the next arrival.

import type {RandomStream} from '../engine/random.ts';
import type {EventKind, Simulation} from '../engine/simulation.ts';
import type {Time} from '../engine/time.ts';
import type {ApiClient} from '../objects/api-client.ts';
import {type Draw, drawer} from '../options/drawer.ts';
import type {ArrivalTimes} from './arrival-times.ts';
import type {CommonOptions} from './common-options.ts';
import type {WorkloadWorld} from './define-workload.ts';
import {type SavedTemplates, TemplatePool} from './template-pool.ts';

export type PodSourceOptions = {
  readonly options: CommonOptions;
  readonly times: ArrivalTimes;
  readonly random: (question: string) => RandomStream;
};

export class PodSource {
  readonly #simulation: Simulation;
  readonly #api: ApiClient;
  readonly #name: string;
  readonly #times: ArrivalTimes;
  readonly #until: Time;
  readonly #lifetime: Draw | undefined;
  readonly #templates: TemplatePool;
  readonly #arrived: EventKind<number>;
  /** Pods made so far, which is the next one's ordinal. */
  #made = 0;

  constructor(world: WorkloadWorld, {options, times, random}: PodSourceOptions) {
    const {simulation, api} = world;
    const {name, lifetime} = options;
    this.#simulation = simulation;
    this.#name = name;
    this.#times = times;
    this.#until = options.until ?? Infinity;
    this.#lifetime = lifetime && drawer(lifetime, random('lifetimes'));
    this.#templates = new TemplatePool(world, options, random);
    const limits = {qps: undefined, burst: 1};
    this.#api = api.connect({
      name: `workload-${name}`,
      program: 'workload',
      patient: true,
      limits,
      replies: {},
    });
    this.#arrived = simulation.event(`workload.${name}-arrived`, () => this.#arrive());
    simulation.part(`workload.${name}`, this);
    this.#expect(times.first(options.start));
  }

  #expect(arrival: Time | undefined): void {
    if (arrival === undefined || arrival > this.#until) return;
    this.#arrived.at(arrival, this.#made);
  }

  #arrive(): void {
    const {size, limit = Infinity} = this.#times;
    const last = this.#made + size;
    while (this.#made < last) this.#make(this.#made++);
    if (this.#made < limit) this.#expect(this.#times.next(this.#simulation.now));
  }

  #make(ordinal: number): void {
    this.#api.createPod({
      name: `${this.#name}-${ordinal}`,
      template: this.#templates.template(ordinal),
      lifetime: this.#lifetime?.(),
      ordinal,
    });
  }

  save(): SavedSource {
    return {made: this.#made, times: this.#times.save?.(), templates: this.#templates.save()};
  }

  restore({made, times, templates}: SavedSource): void {
    this.#made = made;
    this.#times.restore?.(times);
    this.#templates.restore(templates);
  }
}

export type SavedSource = {
  readonly made: number;
  readonly times: unknown;
  readonly templates: SavedTemplates;
};
