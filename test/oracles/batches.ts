// Traffic observed in batches of one length, nearly independent of one another, so that their
// spread says how sure a figure is. A first run says how long the run must be that counts.

import {Histogram} from '../../src/engine/histogram.ts';
import {Simulation} from '../../src/engine/simulation.ts';
import {second, type Time} from '../../src/engine/time.ts';
import type {Record} from '../../src/network/traffic/record.ts';
import type {Station} from '../../src/network/traffic/station.ts';
import {Traffic} from '../../src/network/traffic/traffic.ts';
import {estimated, type Figure, runsWanted} from './figure.ts';
import {expectedNumbers, type Oracle} from './oracle-file.ts';
import {WorldBuilder} from './world.ts';

export const unit = second;
const precision = 0.001;
const batchCount = 50;

/** Of one batch, of one client. */
export type Batch = {
  readonly record: Record;
  readonly records: readonly Record[];
  /** In units. */
  readonly length: number;
  /** The mean of each thing looked at. */
  readonly seen: readonly number[];
};

export type Measure = {
  of(batch: Batch): number;
  /** How often it happened in the batch, for what may be rare. */
  times?(batch: Batch): number;
  /** Half-width that is still good enough, where it takes more than the model says. */
  readonly loosest?: number;
  /** A quantile of all batches together. */
  quantile?: {readonly p: number; histogram(record: Record): Histogram | undefined};
};

export type Model = {
  build(world: WorldBuilder): void;
  readonly measures: Readonly<{[name: string]: Measure}>;
  /** Requests a unit. */
  readonly rate: number;
  /** Looked at every so many units. */
  readonly look?: {readonly every: number; of(stations: readonly Station[], now: Time): number[]};
  /** Batches that are not counted: it begins empty. */
  readonly warmUp?: number;
  readonly first?: number;
  /** Requests of the longest run. */
  readonly most?: number;
  readonly loosest?: number;
  readonly expectedErrors?: Readonly<{[name: string]: number}>;
};

export function figuresOf(oracle: Oracle, model: Model, seed: number): readonly Figure[] {
  const {first = 200_000, most = 3_000_000} = model;
  const names = expectedNumbers(oracle).filter(([name]) => model.measures[name] !== undefined);
  for (let requests = first; ; ) {
    const batches = observe(model, `${seed}/${oracle.id}`, requests);
    const figures = names.map(([name, expected]) => figureOf(name, expected, {model, batches}));
    const judged = figures.filter(({name}) => model.measures[name].loosest === undefined);
    const wanted = Math.max(...judged.map(runsWanted));
    if (wanted <= 1 || requests >= most) return figures;
    requests = Math.min(most, requests * 1.3 * wanted);
  }
}

function figureOf(
  name: string,
  expected: number,
  {model, batches}: {model: Model; batches: readonly Batch[]},
): Figure {
  const measure = model.measures[name];
  const sample = batches.map(batch => measure.of(batch));
  const stretches = batches.reduce((sum, batch) => sum + (measure.times?.(batch) ?? Infinity), 0);
  const {loosest = 0.1, expectedErrors = {}} = model;
  return estimated(name, expected, {
    sample,
    stretches,
    measured: measure.quantile && quantileOfAll(measure.quantile, batches),
    loosest: measure.loosest ?? loosest,
    expectedError: expectedErrors[name] ?? 0,
  });
}

function quantileOfAll(
  {p, histogram}: NonNullable<Measure['quantile']>,
  batches: readonly Batch[],
): number {
  const all = new Histogram(precision);
  for (const {record} of batches) {
    const each = histogram(record);
    if (each !== undefined) all.merge(each);
  }
  return (all.quantile(p) ?? Number.NaN) / unit;
}

function observe(model: Model, seed: string, requests: number): readonly Batch[] {
  const simulation = new Simulation({seed});
  const traffic = new Traffic(simulation);
  const world = new WorldBuilder(simulation, traffic);
  model.build(world);
  const length = Math.max(unit, Math.ceil((requests / batchCount / model.rate) * unit));
  const looks = new Looks(world.stations, model.look);
  if (model.look !== undefined) {
    simulation.sampler(Math.ceil(model.look.every * unit), now => looks.take(now));
  }
  const warmUp = Math.ceil(length * (model.warmUp ?? 2));
  simulation.run(warmUp);
  return Array.from({length: batchCount}, (_, i) => {
    traffic.startRecords();
    looks.start();
    simulation.run(warmUp + (i + 1) * length);
    const records = world.clients.map(client => traffic.record(client));
    return {record: records[0], records, length: length / unit, seen: looks.means()};
  });
}

class Looks {
  readonly #stations: readonly Station[];
  readonly #look: Model['look'];
  #sums: number[] = [];
  #count = 0;

  constructor(stations: readonly Station[], look: Model['look']) {
    this.#stations = stations;
    this.#look = look;
  }

  start(): void {
    this.#sums = [];
    this.#count = 0;
  }

  take(now: Time): void {
    for (const [i, value] of (this.#look?.of(this.#stations, now) ?? []).entries()) {
      this.#sums[i] = (this.#sums[i] ?? 0) + value;
    }
    this.#count++;
  }

  means(): readonly number[] {
    return this.#sums.map(sum => sum / this.#count);
  }
}
