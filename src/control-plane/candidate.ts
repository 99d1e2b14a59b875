// What one process knows of the lease that it may come to hold: when it first saw the record as it
// is now. Its looks are drawn when they begin to matter, which changes nothing: they do not depend
// on what they find.

import type {EventHandle} from '../engine/event-table.ts';
import type {RandomStream} from '../engine/random.ts';
import type {Time} from '../engine/time.ts';
import {leaseDuration, nextLook} from './lease-timing.ts';
import {noRestarts, type Restarts} from './process-restarts.ts';

export type SavedCandidate = {
  running: boolean;
  /** The process began, and looked for the first time. */
  since: Time;
  /** It has reached the API since; `undefined` while it does not. */
  seesSince: Time | undefined;
  /** The record of which renewal it has seen, and when first. */
  seen: {readonly renewal: Time; readonly at: Time} | undefined;
  restarts: Restarts;
  /** What comes next of itself: its start, its exit, or its taking over. */
  next: EventHandle | undefined;
};

export class Candidate {
  readonly #looks: RandomStream;
  readonly state: SavedCandidate;

  /** `looks` decides when it looks. Without `state` it has run for long. */
  constructor(looks: RandomStream, state: Partial<SavedCandidate> = {}) {
    this.#looks = looks;
    const idle = {seen: undefined, restarts: noRestarts, next: undefined};
    const longAgo = {running: true, since: -Infinity, seesSince: -Infinity};
    this.state = {...longAgo, ...idle, ...state};
  }

  /** It waits for the lease, and would see that it is free. */
  get watches(): boolean {
    return this.state.running && this.state.seesSince !== undefined;
  }

  /** The process is another, which remembers nothing. */
  begin(now: Time, sees: boolean): void {
    const {state} = this;
    state.running = true;
    state.since = now;
    state.seesSince = sees ? now : undefined;
    state.seen = undefined;
  }

  /** It sees nothing from now on. `renewal`: the latest that there was. */
  lookAway(now: Time, renewal: Time): void {
    const {state} = this;
    const at = this.#seenAt(renewal);
    state.seen = at <= now ? {renewal, at} : undefined;
    state.seesSince = undefined;
  }

  /** It has not seen another record than this renewal's for as long as a lease lasts, and looks. */
  takesOverAt(renewal: Time, now: Time): Time {
    const at = this.#seenAt(renewal);
    this.state.seen = {renewal, at};
    return nextLook(this.#looks, at, Math.max(now, at + leaseDuration));
  }

  looksAt(now: Time): Time {
    return nextLook(this.#looks, this.state.since, now);
  }

  #seenAt(renewal: Time): Time {
    const {since, seesSince = -Infinity, seen} = this.state;
    if (seen?.renewal === renewal) return seen.at;
    return nextLook(this.#looks, since, Math.max(since, seesSince, renewal));
  }
}
