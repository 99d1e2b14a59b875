// Requests of one client for which an API server has no seat (see seats.ts), in order for each key.
//
//   no seat ──one is free within 15 s──▶ stored
//      └─none: 429──▶ a second later it asks again, as do those behind it ──ten times──▶ given up

import type {EventHandle, EventKind, Simulation} from '../engine/simulation.ts';
import {second, type Time} from '../engine/time.ts';
import {type Arrived, HeldRequests, type SavedHeld} from './held-requests.ts';
import {noSeat, seatPatience} from './seats.ts';

/** As the header Retry-After of a 429, which client-go follows ten times. */
const retryAfter: Time = second;
const mostRetries = 10;

export type SeatQueueOptions = {
  readonly simulation: Simulation;
  readonly name: string;
  /** Asks for ever. */
  readonly patient: boolean;
  readonly seated: (key: number, request: Arrived) => void;
  readonly ask: (key: number, request: Arrived) => void;
  readonly giveUp: (request: Arrived) => void;
  /** After each turn: perhaps nobody waits any more. */
  readonly called: () => void;
};

export class SeatQueue {
  readonly #options: SeatQueueOptions;
  readonly #due: EventKind<number>;
  readonly #waiting = new HeldRequests();
  /** Of the first of each key. */
  readonly #next = new Map<number, EventHandle>();

  constructor(options: SeatQueueOptions) {
    this.#options = options;
    const {simulation, name} = options;
    this.#due = simulation.event(`api.seat-awaited-by-${name}`, (key: number) => {
      this.#call(key);
      options.called();
    });
  }

  get empty(): boolean {
    return this.#waiting.empty;
  }

  has(key: number): boolean {
    return this.#waiting.has(key);
  }

  /** The last one was refused, so that whoever comes now waits behind it without asking. */
  refuses(key: number): boolean {
    return this.#waiting.last(key)?.seated === false;
  }

  /** `end`: when it is stored, or `noSeat`. */
  add(key: number, request: Arrived, end: Time): void {
    const {simulation} = this.#options;
    const last = this.#waiting.last(key)?.due ?? 0;
    if (end !== noSeat) this.#push(key, {...request, seated: true, due: Math.max(end, last)});
    else {
      const refusals = (request.refusals ?? 0) + 1;
      const retries = refusals <= mostRetries || this.#options.patient;
      const due = simulation.now + seatPatience + (retries ? retryAfter : 0);
      this.#push(key, {...request, seated: false, due, refusals});
    }
  }

  /** Behind one that was refused, as this one would be, or behind whoever waits for the gate. */
  follow(key: number, request: Arrived): void {
    const refusals = (request.refusals ?? 0) + (this.refuses(key) ? 1 : 0);
    this.#push(key, {...request, seated: false, due: this.#options.simulation.now, refusals});
  }

  drop(key: number): void {
    this.#waiting.drop(key);
    this.#cancel(key);
  }

  clear(): void {
    for (const key of this.#waiting.keys()) this.drop(key);
  }

  #push(key: number, request: Arrived): void {
    this.#waiting.add(key, request);
    if (!this.#next.has(key)) this.#expect(key);
  }

  #call(key: number): void {
    const {simulation, seated, giveUp} = this.#options;
    this.#next.delete(key);
    for (let first = this.#waiting.first(key); first; first = this.#waiting.first(key)) {
      if ((first.due ?? 0) > simulation.now) break;
      if (first.seated === false && !this.#isGivenUp(first)) return this.#askAgain(key);
      this.#waiting.shift(key);
      simulation.cause = first.cause;
      if (first.seated) seated(key, first);
      else giveUp(first);
    }
    if (this.#waiting.has(key)) this.#expect(key);
  }

  #isGivenUp({refusals = 0}: Arrived): boolean {
    return refusals > mostRetries && !this.#options.patient;
  }

  #askAgain(key: number): void {
    const {simulation, ask} = this.#options;
    const all: Arrived[] = [];
    while (this.#waiting.has(key)) all.push(this.#waiting.shift(key));
    for (const request of all) {
      simulation.cause = request.cause;
      ask(key, request);
    }
  }

  #expect(key: number): void {
    const {simulation} = this.#options;
    const due = this.#waiting.first(key)?.due ?? 0;
    this.#next.set(key, this.#due.at(Math.max(due, simulation.now), key));
  }

  #cancel(key: number): void {
    const handle = this.#next.get(key);
    if (handle !== undefined) this.#options.simulation.cancel(handle);
    this.#next.delete(key);
  }

  save(pack: (request: Arrived) => unknown): SavedSeatQueue {
    return {waiting: this.#waiting.save(pack), next: new Map(this.#next)};
  }

  restore({waiting, next}: SavedSeatQueue, unpack: (request: Arrived) => unknown): void {
    this.#waiting.restore(waiting, unpack);
    this.#next.clear();
    for (const [key, handle] of next) this.#next.set(key, handle);
  }
}

export type SavedSeatQueue = {
  readonly waiting: SavedHeld;
  readonly next: ReadonlyMap<number, EventHandle>;
};
