// Requests that are tried again or copied:
//
//   begun ─▶ a try ─▶ answered well ─▶ over
//            │  └ failed ─▶ pause ─▶ another try, as long as tries and budget last
//            └ not answered in time ─▶ a copy beside it; the first good answer counts

import type {EventHandle} from '../../engine/event-table.ts';
import type {EventKind, Simulation} from '../../engine/simulation.ts';
import {toTime} from '../../engine/time.ts';
import type {Outcome} from '../../machines/request-book.ts';
import type {AttemptId, Attempts, Ended} from './attempts.ts';
import type {Calling} from './callings.ts';
import type {ClientPlace, ClientPlaces} from './client-places.ts';
import {pauseBefore} from './pause.ts';
import {RowTable} from './row-table.ts';

type RequestId = number & {readonly id: 'request'};

// Columns. The first is 0 where the row is free.
const client = 0;
const parent = 1;
const begun = 2;
const tries = 3;
/** Tries that are under way. */
const open = 4;
/** Events' handles, one higher; 0: none. */
const pause = 5;
const hedge = 6;
/** Of the budget. */
const repeating = 7;
/** Tickets of the tries under way. */
const one = 8;
const other = 9;
const firstTried = 10;
const mostTried = 10;
const width = firstTried + mostTried;

export type RetryParts = {
  readonly attempts: Attempts;
  readonly clients: ClientPlaces;
  start(id: AttemptId, avoid: readonly number[]): void;
  /** Nobody waits for it any more. */
  readonly abandon: (one: AttemptId | undefined, other: AttemptId | undefined) => void;
  /** As one that was tried once, with when all of it began. */
  over(ended: Ended): void;
};

export class Retries {
  readonly #simulation: Simulation;
  readonly #parts: RetryParts;
  readonly #rows = new RowTable(width);
  readonly #paused: EventKind<RequestId>;
  readonly #late: EventKind<RequestId>;

  constructor(simulation: Simulation, parts: RetryParts) {
    this.#simulation = simulation;
    this.#parts = parts;
    this.#paused = simulation.event('traffic.pause-over', (request: RequestId) => {
      this.#rows.set(request, pause, 0);
      this.#try(request);
    });
    this.#late = simulation.event('traffic.answer-awaited-long', (request: RequestId) => {
      this.#rows.set(request, hedge, 0);
      this.#copy(request);
    });
  }

  begin(who: ClientPlace, ticket: number): void {
    const rows = this.#rows;
    const request = rows.take() as RequestId;
    rows.set(request, client, who.slot + 1);
    rows.set(request, parent, ticket);
    rows.set(request, begun, this.#simulation.now);
    const {hedgeAfter} = who.calling.options;
    if (hedgeAfter !== undefined) {
      rows.set(request, hedge, this.#late.after(hedgeAfter, request) + 1);
    }
    this.#try(request);
  }

  tryOver(ended: Ended): void {
    const rows = this.#rows;
    const request = (ended.request - 1) as RequestId;
    const {calling} = ended.client;
    const left = rows.get(request, open) - 1;
    rows.set(request, open, left);
    this.#countBack(request, calling);
    const count = rows.get(request, tries);
    rows.set(request, firstTried + ((count - 1) % mostTried), ended.serial);
    const {outcome} = ended;
    if (mayRepeat(calling, outcome) && this.#repeat(request, calling)) return;
    if (outcome !== 'ok' && left > 0) return;
    this.#conclude(request, ended);
  }

  /** What a client that is gone had under way; returns how many. */
  withdraw(who: ClientPlace): number {
    const rows = this.#rows;
    let count = 0;
    for (let row = 0; row < rows.used; row++) {
      if (rows.get(row, client) !== who.slot + 1) continue;
      this.#end(row as RequestId, who.calling);
      count++;
    }
    return count;
  }

  save() {
    return this.#rows.save();
  }

  restore(saved: ReturnType<RowTable['save']>): void {
    this.#rows.restore(saved);
  }

  #try(request: RequestId): void {
    const {attempts, clients} = this.#parts;
    const rows = this.#rows;
    const who = clients.all[rows.get(request, client) - 1];
    const count = rows.get(request, tries);
    const avoid = this.#tried(request, who, count);
    rows.set(request, tries, count + 1);
    rows.set(request, open, rows.get(request, open) + 1);
    const id = attempts.create(who, 0, request + 1);
    const free = attempts.find(rows.get(request, one)) === undefined ? one : other;
    rows.set(request, free, attempts.ticket(id));
    this.#parts.start(id, avoid);
  }

  #tried(request: RequestId, {calling}: ClientPlace, count: number): readonly number[] {
    if (count === 0 || calling.options.retries?.others !== true) return none;
    return Array.from({length: Math.min(count, mostTried)}, (_, i) =>
      this.#rows.get(request, firstTried + i),
    );
  }

  /** False where it is not to be tried again. */
  #repeat(request: RequestId, calling: Calling): boolean {
    const {retries} = calling.options;
    const rows = this.#rows;
    const count = rows.get(request, tries);
    if (retries === undefined || count >= retries.tries || rows.get(request, pause) > 0) {
      return rows.get(request, pause) > 0;
    }
    const {budget} = retries;
    if (budget !== undefined) {
      const allowed = Math.max(budget.least, budget.share * calling.underWay);
      if (calling.repeating >= allowed) return false;
      calling.repeating++;
      rows.set(request, repeating, 1);
    }
    const wait = toTime(pauseBefore(count, retries.backOff, calling.pauses));
    if (wait === 0) this.#try(request);
    else rows.set(request, pause, this.#paused.after(wait, request) + 1);
    return true;
  }

  #copy(request: RequestId): void {
    const {clients} = this.#parts;
    clients.all[this.#rows.get(request, client) - 1].calling.record.hedges++;
    this.#try(request);
  }

  #conclude(request: RequestId, ended: Ended): void {
    const rows = this.#rows;
    ended.begun = rows.get(request, begun);
    ended.parent = rows.get(request, parent);
    ended.request = 0;
    this.#end(request, ended.client.calling);
    this.#parts.over(ended);
  }

  #end(request: RequestId, calling: Calling): void {
    const rows = this.#rows;
    this.#countBack(request, calling);
    for (const column of [pause, hedge]) {
      const handle = rows.get(request, column);
      if (handle > 0) this.#simulation.cancel((handle - 1) as EventHandle);
    }
    const {attempts, abandon} = this.#parts;
    const first = attempts.find(rows.get(request, one));
    const second = attempts.find(rows.get(request, other));
    rows.giveBack(request);
    if (first !== undefined || second !== undefined) abandon(first, second);
  }

  #countBack(request: RequestId, calling: Calling): void {
    if (this.#rows.get(request, repeating) === 0) return;
    calling.repeating--;
    this.#rows.set(request, repeating, 0);
  }
}

const none: readonly number[] = [];

function mayRepeat({options}: Calling, outcome: Outcome): boolean {
  switch (outcome) {
    case 'ok':
    case 'http-308':
      return false;
    case 'refused':
    case 'connect-timeout':
      return true;
    case 'reset':
    case 'timeout':
      return options.retries?.after !== 'unsent';
    default:
      return options.retries?.after === undefined;
  }
}
