// Where a new connection goes. A destination is what a client calls: a Service's cluster IP, a load
// balancer, an ingress. It is asked once a connection, and answers into a `Route` that the caller
// keeps, so that asking allocates nothing.

import type {Time} from '../engine/time.ts';
import type {Place} from '../machines/links.ts';
import type {Target} from '../machines/service-views.ts';

/**
 * How the first packet fares: `there` (at the target, whatever it does with it), `refused` by a
 * proxy, `dropped` on the way, `unresolved` (no such name), or answered by an HTTP proxy itself:
 * with a status, or a certificate.
 * `searching`: not yet known, since a name server is silent; the caller is to ask again after
 * `delay`, with the `search` that it was given.
 */
export type Arrival = 'there' | 'refused' | 'dropped' | 'unresolved' | 'searching' | Answered;

export type Answered = 'http-308' | 'http-404' | 'http-503' | 'bad-certificate';

export type Route = {
  arrival: Arrival;
  /** With `there` only. */
  target: Target | undefined;
  /**
   * The node at which it enters the cluster, where that is not the caller's own. As a connection is
   * tried again, the one at which it went in before.
   */
  entry: Place;
  /** Time that finding the way has cost: DNS, a proxy's rules. */
  delay: Time;
  /** How far a search for the name is; 0 where it begins and once it is over; or `nameKnown`. */
  search: number;
};

/** The caller has found the name before, and only asks where it leads now. */
export const nameKnown = -1;

export type Caller = {
  /** A number of its own, by which affinity knows it. */
  readonly id: number;
  readonly place: Place;
  /** The serial of the pod that calls, if it is one. */
  readonly pod?: number | undefined;
  /** The number of its template. */
  readonly template?: number | undefined;
};

export interface Destination {
  readonly name: string;
  /** `avoid`: targets, by serial, that were tried before and are to be left out if possible. */
  route(caller: Caller, route: Route, avoid: readonly number[]): void;
  /** A pod that it named has answered. */
  answered?(caller: Caller, serial: number, took: Time): void;
}

export function emptyRoute(): Route {
  return {arrival: 'dropped', target: undefined, entry: undefined, delay: 0, search: 0};
}
