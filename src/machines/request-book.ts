// What requests came to, as metrics read it. The traffic engine keeps it: a record for each called
// Service and caller, whose size does not depend on the number of requests.

import type {Histogram} from '../engine/histogram.ts';
import type {Time} from '../engine/time.ts';

/**
 * `error`: the answer was one; `rejected`: no room, or a policy; `refused`: nobody listened, or a
 * proxy said so; `connect-timeout`, `timeout`: the client's patience ended before, or after there
 * was a connection; `reset`: it broke on the way; `http-…`: an HTTP proxy answered itself;
 * `bad-certificate`: not one for that host; `unresolved`: the name was not found. From the best to
 * the worst is no order: it is columns'.
 */
export const outcomes = [
  'ok',
  'error',
  'rejected',
  'refused',
  'connect-timeout',
  'reset',
  'timeout',
  'http-308',
  'http-404',
  'http-502',
  'http-503',
  'http-504',
  'bad-certificate',
  'unresolved',
] as const;

export type Outcome = (typeof outcomes)[number];

/** What one pod got of a record's requests. */
export type EndpointLoad = {
  /** `name` of the pod, or an address that is no pod's. */
  readonly endpoint: string;
  /** The pod's; 0 for an address that is no pod's. */
  readonly serial: number;
  /** The node's name, where there is one. */
  readonly node: string | undefined;
  /** Attempts that reached it, and those of them that were not answered well. */
  readonly requests: number;
  readonly failed: number;
};

export interface RequestRecord {
  /** Of the called Service; both empty and the name as written where no Service is known. */
  readonly namespace: string;
  readonly service: string;
  /** The traffic entry's name; of a nested call the application that calls. */
  readonly caller: string;
  /** An application calls: its requests are part of others. */
  readonly nested: boolean;
  readonly sent: number;
  count(outcome: Outcome): number;
  /** All tries and copies; and the copies alone. Tries again are the rest beyond `sent`. */
  readonly attempts: number;
  readonly hedges: number;
  /** Of requests that ended `ok`, from being sent to the last byte of the answer. */
  readonly latency: Histogram;
  /** Of all others that ended. */
  readonly failedLatency: Histogram;
  /** Of the requests that ended `ok`: served on the caller's node, in the caller's zone. */
  readonly sameNode: number;
  readonly sameZone: number;
  /** All sent both ways; those between two zones. */
  readonly requestBytes: number;
  readonly answerBytes: number;
  readonly crossZoneBytes: number;
  /** In the order in which they got their first. */
  loads(): Iterable<EndpointLoad>;
}

/** Hears of each request's end: maybe only after it, so not in the order of `at`. */
export interface RequestObserver {
  ended(outcome: Outcome, latency: Time, at: Time): void;
}

export interface RequestBook {
  /** In the order of (traffic entry, application as written); up to date, nothing is disturbed. */
  records(): readonly RequestRecord[];
  /** Asked once for each record there is or will be: who hears of its requests, if anybody. */
  observe(observerOf: (record: RequestRecord) => RequestObserver | undefined): void;
}
