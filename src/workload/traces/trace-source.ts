// Makes a trace's pods as they come. One event is pending at a time, for the next arrival; what has
// not come yet is numbers in columns.

import type {EventKind, Simulation} from '../../engine/simulation.ts';
import {type Time, toTime} from '../../engine/time.ts';
import type {ApiClient} from '../../objects/api-client.ts';
import {type Draw, drawer} from '../../options/drawer.ts';
import type {WorkloadWorld} from '../define-workload.ts';
import {capacityOf} from './capacity.ts';
import type {PodList} from './pod-list.ts';
import {podList} from './pod-list.ts';
import {nameOf, type Trace} from './trace.ts';
import type {TraceOptions} from './trace-options.ts';

export type LoadedTraceOptions = TraceOptions & {readonly trace: Trace};

export class TraceSource {
  readonly #simulation: Simulation;
  readonly #api: ApiClient;
  readonly #options: LoadedTraceOptions;
  readonly #list: PodList;
  readonly #draw: Draw | undefined;
  readonly #arrived: EventKind<number>;
  readonly #until: Time;
  /** Pods made so far, which is the next one's ordinal. */
  #made = 0;

  constructor(world: WorkloadWorld, options: LoadedTraceOptions) {
    const {simulation, api} = world;
    const {name, lifetime, until = Infinity, arrivals, inflate} = options;
    const random = (question: string) => simulation.random(`workload.${name}/${question}`);
    const timed = arrivals.by === 'trace' || arrivals.by === 'within';
    const capacity = inflate === undefined ? 0 : capacityOf(world.nodes, inflate.of);
    this.#simulation = simulation;
    this.#options = options;
    this.#until = until;
    this.#list = podList({...options, timed, capacity, random});
    this.#draw = typeof lifetime === 'string' ? undefined : drawer(lifetime, random('lifetimes'));
    this.#api = api.connect({
      ...{name: `workload-${name}`, program: 'workload', patient: true},
      ...{limits: {qps: undefined, burst: 1}, replies: {}},
    });
    this.#arrived = simulation.event(`workload.${name}-arrived`, () => this.#arrive());
    simulation.part(`workload.${name}`, this);
    this.#expect();
  }

  #expect(): void {
    if (this.#made === this.#list.length) return;
    const time = this.#timeOf(this.#made);
    if (time <= this.#until) this.#arrived.at(time, this.#made);
  }

  #arrive(): void {
    const {now} = this.#simulation;
    const {length} = this.#list;
    do this.#make(this.#made++);
    while (this.#made < length && this.#timeOf(this.#made) === now);
    this.#expect();
  }

  /** Of the i-th pod to come. */
  #timeOf(i: number): Time {
    const {arrivals, start} = this.#options;
    switch (arrivals.by) {
      case 'once':
        return start;
      case 'every':
        return start + i * arrivals.gap;
      case 'trace':
        return start + toTime(this.#momentOf(i) / arrivals.speed);
      default:
        return start + this.#within(i, arrivals.span);
    }
  }

  #within(i: number, span: Time): Time {
    const first = this.#momentOf(0);
    const last = this.#momentOf(this.#list.length - 1);
    return last > first ? toTime(((this.#momentOf(i) - first) / (last - first)) * span) : 0;
  }

  #momentOf(i: number): Time {
    const {at} = this.#options.trace.rows;
    return at === undefined ? 0 : at[this.#rowOf(this.#list.moment?.[i] ?? i)];
  }

  #rowOf(pod: number): number {
    return this.#list.row?.[pod] ?? pod;
  }

  #make(ordinal: number): void {
    const {trace, lifetime} = this.#options;
    const pod = this.#list.comer?.[ordinal] ?? ordinal;
    const row = this.#rowOf(pod);
    const told = lifetime === 'trace' ? trace.rows.lifetime[row] : Number.NaN;
    this.#api.createPod({
      name: this.#nameOf(pod, row),
      template: trace.shapes[trace.rows.shape[row]].template,
      lifetime: this.#draw?.() ?? (Number.isNaN(told) ? undefined : told),
      ordinal,
    });
  }

  /** Several pods of a row are told apart by their numbers, and its copies by theirs. */
  #nameOf(pod: number, row: number): string {
    const {name, trace} = this.#options;
    const {names, count: counts} = trace.rows;
    if (names === undefined) return `${name}-${pod}`;
    const own = nameOf(names, row);
    const number = this.#list.number?.[pod] ?? 0;
    const count = counts?.[row] ?? 1;
    if (number >= count) return `${own}-copy-${number - count + 1}`;
    return count === 1 ? own : `${own}-${number}`;
  }

  save(): number {
    return this.#made;
  }

  restore(made: number): void {
    this.#made = made;
  }
}
