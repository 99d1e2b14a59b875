// slos.csv: how each objective fared. It hears of the end of each request that it is about, counts
// it in a bucket of time, and is judged when the run is over.

import type {Time} from '../engine/time.ts';
import type {RequestBook, RequestObserver, RequestRecord} from '../machines/request-book.ts';
import {type Figure, ratioText} from './figures.ts';
import {optionalSecondsText, secondsText} from './seconds-text.ts';
import {SloCounts} from './slo-counts.ts';
import {fastBurn, SloWindows, slowBurn, type Tally} from './slo-windows.ts';
import type {Cell, ResultTable} from './table.ts';
import type {World} from './world.ts';

export type Slo = {
  readonly name: string;
  /** The called Service; any that the caller calls where absent. */
  readonly service: {readonly namespace: string; readonly name: string} | undefined;
  /** An entry of `traffic`, or an application that calls; all callers where absent. */
  readonly from: string | undefined;
  /** A request is good if it ends `ok`, within so long where that is written. */
  readonly within: Time | undefined;
  /** Share of requests that is to be good, such as 0.999. */
  readonly objective: number;
  readonly window: Time;
};

export class Slos {
  readonly #slos: readonly Slo[];
  readonly #counts: readonly SloCounts[];

  constructor({simulation}: World, slos: readonly Slo[], requests: RequestBook) {
    this.#slos = slos;
    this.#counts = slos.map(() => new SloCounts());
    if (slos.length === 0) return;
    requests.observe(record => this.#observerOf(record));
    simulation.part('metrics.slos', this);
  }

  table(end: Time): ResultTable {
    return {
      file: 'slos.csv',
      columns: sloColumns,
      long: false,
      rows: () => this.#slos.map((slo, i) => sloRow(slo, this.#counts[i], end)),
    };
  }

  /** Of each objective the share that was good, and what was spent of its budget. */
  figures(end: Time): Figure[] {
    return this.#slos.flatMap((slo, i) => sloFigures(slo, this.#counts[i], end));
  }

  save() {
    return this.#counts.map(counts => counts.save());
  }

  restore(saved: ReturnType<Slos['save']>): void {
    for (const [i, counts] of this.#counts.entries()) counts.restore(saved[i]);
  }

  #observerOf(record: RequestRecord): RequestObserver | undefined {
    const [first, ...others] = this.#slos
      .map((slo, i) => ({slo, counts: this.#counts[i]}))
      .filter(({slo}) => isAbout(slo, record))
      .map(({slo, counts}) => observer(slo, counts));
    if (others.length === 0) return first;
    return {
      ended: (outcome, latency, at) => {
        first.ended(outcome, latency, at);
        for (const other of others) other.ended(outcome, latency, at);
      },
    };
  }
}

function observer({within = Infinity}: Slo, counts: SloCounts): RequestObserver {
  return {
    ended: (outcome, latency, at) => counts.add(outcome === 'ok' && latency <= within, at),
  };
}

function isAbout({service, from}: Slo, record: RequestRecord): boolean {
  if (from !== undefined && from !== record.caller) return false;
  if (service === undefined) return true;
  return service.name === record.service && service.namespace === record.namespace;
}

/**
 * `good` of `valid`: over the run, by when they ended. `budget`: how many of the last `window` may
 * be bad, `budget_spent`: the share of it that was; `exhausted`: when it was all spent for the
 * first time. `fast_burn`, `slow_burn`: when the first alert of each kind came. Times are ends of
 * a stretch of `resolution`.
 */
const sloColumns = [
  ...['name', 'namespace', 'service', 'from', 'objective', 'window'],
  ...['good', 'valid', 'ratio', 'budget', 'budget_spent', 'exhausted'],
  ...['fast_burn', 'slow_burn', 'resolution'],
];

function sloFigures({name, objective, window}: Slo, counts: SloCounts, end: Time): Figure[] {
  const windows = new SloWindows(counts, end);
  const {valid, bad} = windows.all;
  const last = windows.last(window);
  const named = {object: name, unit: 'share', samples: valid};
  return [
    {metric: 'slo_good', ...named, value: ratioText(valid - bad, valid)},
    {metric: 'slo_budget_spent', ...named, value: spentText(last, mayFailOf(objective))},
  ];
}

/** The share of requests that may be bad, as its decimal digits say. */
function mayFailOf(objective: number): number {
  return Number((1 - objective).toFixed(9));
}

function spentText({valid, bad}: Tally, mayFail: number): string | undefined {
  return valid === 0 || mayFail === 0 ? undefined : (bad / (mayFail * valid)).toFixed(6);
}

function sloRow(slo: Slo, counts: SloCounts, end: Time): Cell[] {
  const {name, service, from, objective, window} = slo;
  const mayFail = mayFailOf(objective);
  const windows = new SloWindows(counts, end);
  const {valid, bad} = windows.all;
  const last = windows.last(window);
  const time = (when: Time | undefined) =>
    optionalSecondsText(when === undefined ? undefined : Math.min(when, end));
  return [
    ...[name, service?.namespace, service?.name, from, objective, secondsText(window)],
    ...[valid - bad, valid, ratioText(valid - bad, valid), (mayFail * last.valid).toFixed(6)],
    spentText(last, mayFail),
    time(windows.exhausted(mayFail, window)),
    ...[fastBurn, slowBurn].map(alert => time(windows.firstAlert(mayFail, alert))),
    secondsText(counts.width),
  ];
}
