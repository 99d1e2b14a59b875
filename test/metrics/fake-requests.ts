// A book of requests that a test fills by hand.

import {Histogram} from '../../src/engine/histogram.ts';
import type {Time} from '../../src/engine/time.ts';
import type {
  EndpointLoad,
  Outcome,
  RequestBook,
  RequestObserver,
  RequestRecord,
} from '../../src/machines/request-book.ts';

export class FakeRecord implements RequestRecord {
  readonly namespace = 'default';
  readonly service: string;
  readonly caller: string;
  readonly nested: boolean;
  sent = 0;
  attempts = 0;
  hedges = 0;
  sameNode = 0;
  sameZone = 0;
  requestBytes = 0;
  answerBytes = 0;
  crossZoneBytes = 0;
  readonly latency = new Histogram();
  readonly failedLatency = new Histogram();
  observer: RequestObserver | undefined;
  readonly own: EndpointLoad[] = [];
  readonly #counts = new Map<Outcome, number>();

  constructor(service: string, caller: string, {nested = false} = {}) {
    this.service = service;
    this.caller = caller;
    this.nested = nested;
  }

  /** So many requests, each tried once. */
  end(outcome: Outcome, {latency = 1000, at = 0, times = 1}: End = {}): this {
    this.sent += times;
    this.attempts += times;
    this.#counts.set(outcome, this.count(outcome) + times);
    (outcome === 'ok' ? this.latency : this.failedLatency).record(latency, times);
    for (let i = 0; i < times; i++) this.observer?.ended(outcome, latency, at);
    return this;
  }

  load(endpoint: string, requests: number, failed = 0): this {
    const serial = Number(endpoint.replace(/\D/g, ''));
    this.own.push({endpoint, serial, node: `node-of-${endpoint}`, requests, failed});
    return this;
  }

  count(outcome: Outcome): number {
    return this.#counts.get(outcome) ?? 0;
  }

  loads(): Iterable<EndpointLoad> {
    return this.own;
  }
}

type End = {readonly latency?: Time; readonly at?: Time; readonly times?: number};

export function bookOf(...records: FakeRecord[]): RequestBook {
  return {
    records: () => records,
    observe: observerOf => {
      for (const record of records) record.observer = observerOf(record);
    },
  };
}
