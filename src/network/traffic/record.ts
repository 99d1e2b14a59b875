// What a client's requests came to: how many ended in which way, how long those that were answered
// took, and which pods they reached. Its size does not depend on their number.

import {Histogram, type SavedHistogram} from '../../engine/histogram.ts';
import type {Time} from '../../engine/time.ts';
import {
  type EndpointLoad,
  type Outcome,
  outcomes,
  type RequestObserver,
  type RequestRecord,
} from '../../machines/request-book.ts';

export type RecordOptions = {
  /** Of quantiles. */
  readonly relativeError: number;
  /** Also how long requests of one attempt waited before they were worked on. */
  readonly waits: boolean;
};

export type RecordLabels = Pick<RequestRecord, 'namespace' | 'service' | 'caller' | 'nested'>;

/** What one pod, or address, got of a record's attempts. */
type Load = {
  -readonly [key in keyof EndpointLoad]: EndpointLoad[key];
} & {
  /** The server's own number, also of an address, and its slot while it is there. */
  readonly key: number;
  readonly slot: number;
};

type NewLoad = {
  readonly slot: number;
  readonly serial: number;
  readonly name: string;
  readonly nodeName: string | undefined;
};

export type SavedRecord = {
  readonly numbers: readonly number[];
  readonly counts: readonly number[];
  readonly latency: SavedHistogram;
  readonly failedLatency: SavedHistogram;
  readonly waits: SavedHistogram | undefined;
  readonly loads: readonly Load[];
  readonly slots: readonly (number | undefined)[];
};

const unlabelled: RecordLabels = {namespace: '', service: '', caller: '', nested: false};

export class Record implements RequestRecord {
  readonly namespace: string;
  readonly service: string;
  readonly caller: string;
  readonly nested: boolean;
  sent = 0;
  /** Copies and repetitions included. */
  attempts = 0;
  hedges = 0;
  sameNode = 0;
  sameZone = 0;
  requestBytes = 0;
  answerBytes = 0;
  crossZoneBytes = 0;
  readonly latency: Histogram;
  readonly failedLatency: Histogram;
  readonly waits: Histogram | undefined;
  observer: RequestObserver | undefined;
  readonly #counts = outcomes.map(() => 0);
  #loads: Load[] = [];
  /** By the number of a server that is there now. */
  #bySlot: (Load | undefined)[] = [];
  /** By the same number, not yet added to its load. */
  #visits = new Float64Array(64);
  #failures = new Float64Array(64);

  constructor({relativeError, waits}: RecordOptions, labels: RecordLabels = unlabelled) {
    this.namespace = labels.namespace;
    this.service = labels.service;
    this.caller = labels.caller;
    this.nested = labels.nested;
    this.latency = new Histogram(relativeError);
    this.failedLatency = new Histogram(relativeError);
    this.waits = waits ? new Histogram(relativeError) : undefined;
  }

  answered(latency: Time, at: Time = 0): void {
    this.#counts[0]++;
    this.latency.record(latency);
    if (this.observer !== undefined) this.observer.ended('ok', latency, at);
  }

  ended(outcome: Exclude<Outcome, 'ok'>, latency: Time = 0, at: Time = 0): void {
    this.#counts[outcomes.indexOf(outcome)]++;
    this.failedLatency.record(latency);
    this.observer?.ended(outcome, latency, at);
  }

  count(outcome: Outcome): number {
    return this.#counts[outcomes.indexOf(outcome)];
  }

  /** Those that have an outcome. */
  get over(): number {
    return this.#counts.reduce((sum, count) => sum + count, 0);
  }

  get underWay(): number {
    return this.sent - this.over;
  }

  loads(): Iterable<EndpointLoad> {
    for (const load of this.#bySlot) if (load !== undefined) this.#settle(load);
    return this.#loads;
  }

  knows(slot: number): boolean {
    return this.#visits[slot] > 0 || this.#bySlot[slot] !== undefined;
  }

  addLoad({slot, serial, name: endpoint, nodeName: node}: NewLoad): void {
    const load = {endpoint, node, key: serial, serial: Math.max(0, serial), requests: 0, failed: 0};
    this.#loads.push({...load, slot});
    this.#bySlot[slot] = this.#loads[this.#loads.length - 1];
    if (slot < this.#visits.length) return;
    this.#visits = copied(this.#visits, 2 * slot);
    this.#failures = copied(this.#failures, 2 * slot);
  }

  /** Somebody whose load was added. */
  countVisit(slot: number): void {
    this.#visits[slot]++;
  }

  countFailure(slot: number, serial: number): void {
    if (this.#bySlot[slot]?.key === serial) this.#failures[slot]++;
  }

  /** The number is free for another server. */
  forgetServer(slot: number): void {
    const load = this.#bySlot[slot];
    if (load === undefined) return;
    this.#settle(load);
    this.#bySlot[slot] = undefined;
  }

  #settle(load: Load): void {
    const {slot} = load;
    load.requests += this.#visits[slot];
    load.failed += this.#failures[slot];
    this.#visits[slot] = 0;
    this.#failures[slot] = 0;
  }

  save(): SavedRecord {
    this.loads();
    return {
      numbers: this.#numbers(),
      counts: [...this.#counts],
      latency: this.latency.save(),
      failedLatency: this.failedLatency.save(),
      waits: this.waits?.save(),
      loads: this.#loads.map(load => ({...load})),
      slots: this.#bySlot.map(load => (load === undefined ? undefined : this.#loads.indexOf(load))),
    };
  }

  restore(saved: SavedRecord): void {
    [this.sent, this.attempts, this.hedges, this.sameNode, this.sameZone] = saved.numbers;
    [this.requestBytes, this.answerBytes, this.crossZoneBytes] = saved.numbers.slice(5);
    for (const [i, count] of saved.counts.entries()) this.#counts[i] = count;
    this.latency.restore(saved.latency);
    this.failedLatency.restore(saved.failedLatency);
    if (saved.waits !== undefined) this.waits?.restore(saved.waits);
    this.#loads = saved.loads.map(load => ({...load}));
    this.#visits = new Float64Array(Math.max(64, saved.slots.length));
    this.#failures = new Float64Array(this.#visits.length);
    this.#bySlot = saved.slots.map(place => (place === undefined ? undefined : this.#loads[place]));
  }

  #numbers(): readonly number[] {
    const {sent, attempts, hedges, sameNode, sameZone} = this;
    const {requestBytes, answerBytes, crossZoneBytes} = this;
    return [
      ...[sent, attempts, hedges, sameNode, sameZone],
      ...[requestBytes, answerBytes, crossZoneBytes],
    ];
  }
}

function copied(from: Float64Array, length: number): Float64Array<ArrayBuffer> {
  const to = new Float64Array(length);
  to.set(from);
  return to;
}
