// A station: where requests are worked on, such as the process in a pod. What it does with them is
// its discipline; what they all have in common is here.
//
// A request that nobody waits for has no event of its own: the station knows when it will leave,
// and settles it when the next one comes or somebody looks.

import type {Time} from '../../engine/time.ts';

/**
 * Whose request it is: 0 and more, a client that only counts; below 0, a call that is told of its
 * end.
 */
export type Ticket = number;

/** When a request will have been worked on; `Infinity` where that is not known beforehand. */
export type Leaves = Time;

/** There was no room; like the next, below every time. */
export const turnedAway = -1;
/** Nobody listens there any more. */
export const refused = -2;

export type StationOptions = {
  readonly discipline: 'fifo' | 'sharing';
  /** Requests worked on at a time; with `sharing` the processors that all share. */
  readonly workers: number;
  /** Requests that may be there, waiting or worked on. */
  readonly limit: number;
  /** A worker stays with its request until somebody lets it go. */
  readonly holds?: boolean;
  readonly throttle?: Throttle | undefined;
};

export type Throttle = {
  /** CPUs that all requests together may use. */
  readonly quota: number;
  /** From 0 to 1: for that share of its work a request uses one. */
  readonly cpu: number;
};

/** What a station tells: each request once, by one of the two. */
export interface Settlement {
  left(ticket: Ticket, arrived: Time, started: Time, left: Time): void;
  /** It was there when the station closed. */
  broken(ticket: Ticket, arrived: Time): void;
}

/** A ticket in place of that one, of a request that leaves then, if that is known. */
export type Retag = (ticket: Ticket, arrived: Time, leaves: Leaves) => Ticket;

export interface Station {
  /** It says on admission when a request will leave. */
  readonly foretells: boolean;
  readonly open: boolean;
  /** Waiting or worked on. */
  present(now: Time): number;
  /**
   * `work`: the time that it takes by itself. `since`: told as its arrival, where that is to be
   * another time.
   */
  admit(ticket: Ticket, work: Time, now: Time, since?: Time): Leaves;
  /** What `admit` would say, if there is room. */
  expected(work: Time, now: Time): Leaves;
  /** Gives those that are there other tickets. */
  retag(now: Time, retag: Retag): void;
  /** Tells of all that have left by now. */
  settle(now: Time): void;
  /** All that are there break, and others are refused. */
  close(now: Time): void;
  reopen(now: Time): void;
  /** It has been closed, and nobody asks it any more. */
  discard(): void;
  save(): unknown;
  restore(saved: unknown): void;
}
