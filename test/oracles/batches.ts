// Traffic observed in batches of one length, nearly independent of one another, so that their
// spread says how sure a figure is. A first run says how long the run must be that counts.

import {Histogram} from '../../src/engine/histogram.ts';
import {second, seconds} from '../../src/engine/time.ts';
import type {Record} from '../../src/network/traffic/record.ts';
import {mean} from '../support/statistics.ts';
import {estimated, type Figure, runsWanted} from './figure.ts';
import {expectedNumbers, type Oracle} from './oracle-file.ts';
import {startsAfter, type TrafficScenario, trafficScenarioText} from './traffic-scenario.ts';
import {TrafficWorld} from './traffic-world.ts';

export const unit = second;
const precision = 0.001;

export type Batch = {
  /** Of the first caller. */
  readonly record: Record;
  /** Of all callers, and then of the applications' calls. */
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
  /** What is wanted is the root of the mean. */
  readonly root?: boolean;
  /** In place of what the file has. */
  readonly expected?: number;
};

export type Model = {
  readonly scenario: TrafficScenario;
  readonly measures: Readonly<{[name: string]: Measure}>;
  /** Requests a unit. */
  readonly rate: number;
  /** Looked at every so many units: how many requests are at each pod. */
  readonly look?: {readonly every: number; of(present: readonly number[]): readonly number[]};
  /** Batches that are not counted: it begins empty. */
  readonly warmUp?: number;
  /** In units, at least. */
  readonly fillsIn?: number;
  /** A batch has so many; else there are a few batches, the longer the run the longer. */
  readonly batchRequests?: number;
  readonly first?: number;
  /** Requests of the longest run. */
  readonly most?: number;
  readonly loosest?: number;
  readonly expectedErrors?: Readonly<{[name: string]: number}>;
};

/** Figures of one oracle, by as many scenarios as that takes. */
export async function figuresOf(
  oracle: Oracle,
  models: readonly Model[],
  seed: number,
): Promise<readonly Figure[]> {
  const figures: Figure[] = [];
  for (const [i, model] of models.entries()) {
    figures.push(...(await figuresOfOne(oracle, model, seedOf(seed, i))));
  }
  return figures;
}

/** As the first, shortest runs play them. */
export function scenariosOf(models: readonly Model[], seed: number): readonly string[] {
  return models.map((model, i) => {
    const {first = usualFirst} = model;
    const {whole} = unitsOf(model, first);
    return trafficScenarioText(model.scenario, {seed: seedOf(seed, i), units: whole});
  });
}

const usualFirst = 200_000;

/** Each scenario has dice of its own, so that deviations are independent. */
const seedOf = (seed: number, place: number): number => 10 * seed + place;

async function figuresOfOne(
  oracle: Oracle,
  model: Model,
  seed: number,
): Promise<readonly Figure[]> {
  const {first = usualFirst, most = 3_000_000} = model;
  const names = expectedNumbers(oracle).filter(([name]) => model.measures[name] !== undefined);
  if (names.length === 0) return [];
  for (let requests = first; ; ) {
    const batches = await observe(model, seed, requests);
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
  const given = batches.map(batch => measure.of(batch));
  const sample = measure.root === true ? roots(given) : given;
  const stretches = batches.reduce((sum, batch) => sum + (measure.times?.(batch) ?? Infinity), 0);
  const {loosest = 0.1, expectedErrors = {}} = model;
  return estimated(name, measure.expected ?? expected, {
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

/** As far from the root of their mean as they are from the mean, for their part in it. */
function roots(sample: readonly number[]): readonly number[] {
  const middle = mean(sample);
  const root = Math.sqrt(middle);
  return root === 0 ? sample : sample.map(each => root + (each - middle) / (2 * root));
}

/** How many batches, how long each is, the time before the first, and all of it. */
function unitsOf({batchRequests, rate, warmUp = 2, fillsIn = 0}: Model, requests: number) {
  const batches = batchRequests === undefined ? 50 : Math.ceil(requests / batchRequests);
  const length = Math.max(1, Math.ceil((batchRequests ?? requests / batches) / rate));
  const before = Math.ceil(Math.max(length * warmUp, fillsIn));
  return {batches, length, before, whole: before + batches * length};
}

async function observe(model: Model, seed: number, requests: number): Promise<readonly Batch[]> {
  const {scenario, look} = model;
  const {batches, length, before, whole} = unitsOf(model, requests);
  const world = await TrafficWorld.of(trafficScenarioText(scenario, {seed, units: whole}));
  const looks = new Looks();
  if (look !== undefined) {
    world.everySoOften(seconds(look.every), present => looks.add(look.of(present)));
  }
  const begin = startsAfter(scenario) + before;
  world.run(seconds(begin));
  return Array.from({length: batches}, (_, i) => {
    world.startRecords();
    looks.start();
    world.run(seconds(begin + (i + 1) * length));
    const records = world.records();
    return {record: records[0], records, length, seen: looks.means()};
  });
}

class Looks {
  #sums: number[] = [];
  #count = 0;

  start(): void {
    this.#sums = [];
    this.#count = 0;
  }

  add(seen: readonly number[]): void {
    for (const [i, value] of seen.entries()) this.#sums[i] = (this.#sums[i] ?? 0) + value;
    this.#count++;
  }

  means(): readonly number[] {
    return this.#sums.map(sum => sum / this.#count);
  }
}
