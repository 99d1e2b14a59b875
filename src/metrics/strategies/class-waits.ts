// How long pods of each class wait: by priority, by quality of service and by the devices they ask
// for. A strategy that is fast on the whole may be so at the cost of one class.

import {Histogram, type SavedHistogram} from '../../engine/histogram.ts';
import {formatSeconds, type Time} from '../../engine/time.ts';
import type {PodId} from '../../objects/ids.ts';
import type {PodTemplate} from '../../objects/pod-spec.ts';
import {qosClass} from '../../objects/qos.ts';
import type {Census} from '../census.ts';
import {type Figure, meanSeconds, ratioText} from '../figures.ts';
import {IntegralRows} from '../integral-rows.ts';
import {secondsText} from '../seconds-text.ts';
import type {Cell, ResultTable} from '../table.ts';
import {Texts} from '../texts.ts';
import type {World} from '../world.ts';
import {gpuAsked, gpuClass} from './gpu-asked.ts';

const kinds = ['priority', 'qos', 'gpu'] as const;

type Counts = {created: number; scheduled: number; preempted: number};

export class ClassWaits {
  readonly #world: World;
  /** `priority/1000`, `qos/Burstable`, `gpu/share`: a row of all that follows. */
  readonly #names = new Texts();
  readonly #pending = new IntegralRows(1);
  #counts: Counts[] = [];
  #waits: Histogram[] = [];
  #priorities = new Map<number, number>();
  #templates = new WeakMap<PodTemplate, readonly [qos: number, gpu: number]>();

  constructor(world: World, census: Census) {
    this.#world = world;
    const {store} = world;
    const {signals} = store;
    signals.created.watch(pod => this.#count(pod, 'created', 1));
    census.bound.watch(pod => this.#count(pod, 'scheduled', -1));
    census.over.watch(pod => {
      if (store.pods.node(pod) === undefined) this.#wait(pod, -1);
    });
    signals.preempted.watch(pod => this.#count(pod, 'preempted', 0));
    signals.scheduled.watch((pod, _node, {latency}) => {
      for (let kind = 0; kind < kinds.length; kind++) {
        this.#waits[this.#row(pod, kind)].record(latency);
      }
    });
    world.simulation.part('metrics.class-waits', this);
  }

  /** Of kinds with more than one class: one class is all pods, of whom other figures tell. */
  figures(): Figure[] {
    const rows = this.#ordered();
    const several = kinds.filter(kind => rows.filter(row => row.kind === kind).length > 1);
    return rows.filter(({kind}) => several.includes(kind)).flatMap(({row}) => this.#figures(row));
  }

  table(end: Time): ResultTable {
    return {file: 'classes.csv', columns, long: false, rows: () => this.#rows(end)};
  }

  save() {
    return {
      names: this.#names.save(),
      pending: this.#pending.save(),
      counts: structuredClone(this.#counts),
      waits: this.#waits.map(wait => wait.save()),
    };
  }

  restore(saved: ReturnType<ClassWaits['save']>): void {
    this.#names.restore(saved.names);
    this.#pending.restore(saved.pending);
    this.#counts = structuredClone(saved.counts);
    this.#waits = saved.waits.map(restored);
    this.#priorities = new Map();
    this.#templates = new WeakMap();
  }

  #count(pod: PodId, what: keyof Counts, waiting: 1 | 0 | -1): void {
    for (let kind = 0; kind < kinds.length; kind++) this.#counts[this.#row(pod, kind)][what]++;
    if (waiting !== 0) this.#wait(pod, waiting);
  }

  #wait(pod: PodId, change: 1 | -1): void {
    const {now} = this.#world.simulation;
    for (let kind = 0; kind < kinds.length; kind++) {
      this.#pending.add(this.#row(pod, kind), 0, change, now);
    }
  }

  #row(pod: PodId, kind: number): number {
    const {pods} = this.#world.store;
    if (kind > 0) return this.#rowsOf(pods.template(pod))[kind - 1];
    const priority = pods.priority(pod);
    const known = this.#priorities.get(priority);
    if (known !== undefined) return known;
    const row = this.#rowOf(`priority/${priority}`);
    this.#priorities.set(priority, row);
    return row;
  }

  #rowsOf(template: PodTemplate): readonly [qos: number, gpu: number] {
    const known = this.#templates.get(template);
    if (known !== undefined) return known;
    const qos = this.#rowOf(`qos/${qosClass(template.spec)}`);
    const rows = [qos, this.#rowOf(`gpu/${gpuClass(gpuAsked(template.spec))}`)] as const;
    this.#templates.set(template, rows);
    return rows;
  }

  #rowOf(name: string): number {
    const row = this.#names.number(name);
    if (row === this.#counts.length) {
      this.#counts.push({created: 0, scheduled: 0, preempted: 0});
      this.#waits.push(new Histogram());
    }
    return row;
  }

  #figures(row: number): Figure[] {
    const object = this.#names.text(row);
    const wait = this.#waits[row];
    const {created, scheduled} = this.#counts[row];
    const samples = wait.count;
    const p99 = wait.quantile(0.99);
    const mean = meanSeconds(wait.sum, samples);
    const late = p99 === undefined ? undefined : formatSeconds(p99);
    const unscheduled = ratioText(created - scheduled, created);
    return [
      {metric: 'scheduling_latency_mean', object, value: mean, unit: 's', samples},
      {metric: 'scheduling_latency_p99', object, value: late, unit: 's', samples},
      {metric: 'unscheduled_share', object, value: unscheduled, unit: 'share', samples: undefined},
    ];
  }

  *#rows(end: Time): Generator<Cell[]> {
    for (const {kind, name, row} of this.#ordered()) {
      const {created, scheduled, preempted} = this.#counts[row];
      const wait = this.#waits[row];
      const quantiles = [0.5, 0.9, 0.99].map(share => seconds(wait.quantile(share)));
      yield [
        kind,
        name,
        created,
        scheduled,
        created - scheduled,
        ratioText(this.#pending.integral(row, 0, end), 1_000_000),
        preempted,
        meanSeconds(wait.sum, wait.count),
        ...quantiles,
        seconds(wait.max),
      ];
    }
  }

  /** By kind; highest priorities first, devices by number, all others by name. */
  #ordered() {
    const rows = this.#counts.map((_, row) => {
      const text = this.#names.text(row);
      const slash = text.indexOf('/');
      return {row, kind: kindOf(text.slice(0, slash)), name: text.slice(slash + 1)};
    });
    return rows.sort((a, b) => {
      if (a.kind !== b.kind) return kinds.indexOf(a.kind) - kinds.indexOf(b.kind);
      if (a.kind === 'priority') return Number(b.name) - Number(a.name);
      return orderOf(a.name) - orderOf(b.name) || (a.name < b.name ? -1 : 1);
    });
  }
}

function kindOf(text: string): (typeof kinds)[number] {
  return kinds.find(kind => kind === text) ?? 'gpu';
}

/** `none` and `share` before whole devices. */
function orderOf(name: string): number {
  return /^\d+$/.test(name) ? Number(name) : 0;
}

function restored(saved: SavedHistogram): Histogram {
  const histogram = new Histogram();
  histogram.restore(saved);
  return histogram;
}

function seconds(time: Time | undefined): string | undefined {
  return time === undefined ? undefined : secondsText(time);
}

/**
 * `kind`: `priority` (its value), `qos` (as Kubernetes has it) or `gpu` (`none`, `share` of one
 * device, or how many whole ones). Counts are as in summary.csv: `pods_unscheduled` were never
 * bound, `preemptions` lost their place to a pod of higher priority. Times are in seconds;
 * `scheduling_latency` is of pods whose binding was answered.
 */
const columns = [
  'kind',
  'class',
  'pods_created',
  'pods_scheduled',
  'pods_unscheduled',
  'pending_pod_seconds',
  'preemptions',
  'scheduling_latency_mean',
  'scheduling_latency_p50',
  'scheduling_latency_p90',
  'scheduling_latency_p99',
  'scheduling_latency_max',
];
