// One try of a request, from the choice of its target to its end:
//
//   begun ─▶ first packet ─▶ request arrives ─▶ worked on ─▶ answer arrives ─▶ over
//              └ again, as TCP does, where nobody answers, until the client gives up
//
// A row of numbers each, and at most one pending event: the next step, or the end of the client's
// patience. One for which nobody waits has none while it is worked on, since it is known when its
// answer will come, or the station will tell. How packets fare is `packets.ts`.

import type {EventHandle} from '../../engine/event-table.ts';
import type {EventKind, Simulation} from '../../engine/simulation.ts';
import type {Time} from '../../engine/time.ts';
import {type Outcome, outcomes} from '../../machines/request-book.ts';
import * as column from './attempt-columns.ts';
import type {ClientPlace, ClientPlaces} from './client-places.ts';
import {RowTable} from './row-table.ts';
import type {Server} from './server.ts';

export type AttemptId = number & {readonly id: 'attempt'};

/** A try that is over. */
export type Ended = {
  client: ClientPlace;
  parent: number;
  request: number;
  begun: Time;
  serial: number;
  near: number;
  /** Number of the kept connection that it went over, one higher; 0: of its own. */
  connection: number;
  outcome: Outcome;
  /** When its client knew: of one that nobody waits for maybe before or after now. */
  at: Time;
};

const {event, stage} = column;

export class Attempts {
  readonly rows = new RowTable(column.width);
  readonly #simulation: Simulation;
  readonly #clients: ClientPlaces;
  readonly #over: EventKind<AttemptId, number>;
  readonly #ended: (ended: Ended) => void;
  readonly #scratch: Ended[] = [];
  #depth = 0;

  constructor(
    simulation: Simulation,
    parts: {clients: ClientPlaces; ended: (ended: Ended) => void},
  ) {
    this.#simulation = simulation;
    this.#clients = parts.clients;
    this.#ended = parts.ended;
    this.#over = simulation.event('traffic.try-over', (id: AttemptId, outcome: number) => {
      this.rows.set(id, event, 0);
      this.finish(id, outcomes[outcome]);
    });
  }

  create(client: ClientPlace, parent: number, request: number): AttemptId {
    const {rows} = this;
    const id = rows.take() as AttemptId;
    rows.set(id, column.client, client.slot + 1);
    rows.set(id, column.parent, parent);
    rows.set(id, column.request, request);
    rows.set(id, column.begun, this.#simulation.now);
    rows.set(id, column.slot, -1);
    rows.set(id, column.serial, -1);
    client.calling.record.attempts++;
    return id;
  }

  client(id: AttemptId): ClientPlace {
    return this.#clients.all[this.rows.get(id, column.client) - 1];
  }

  /** Until when its client waits; or `Infinity`. */
  patience(id: AttemptId): Time {
    return this.rows.get(id, column.begun) + this.client(id).calling.options.timeout;
  }

  /** It will end so, or by the client's impatience before. */
  endAt(id: AttemptId, time: Time, outcome: Outcome): void {
    const patience = this.patience(id);
    const impatient = time > patience;
    const at = impatient ? patience : time;
    const how = impatient && outcome !== 'connect-timeout' ? 'timeout' : outcome;
    if (at <= this.#simulation.now) this.finish(id, how);
    else this.await(id, this.#over.at(at, id, outcomes.indexOf(how)));
  }

  /** Nothing but the end of patience is known. */
  endByPatience(id: AttemptId): void {
    const patience = this.patience(id);
    if (patience === Infinity) this.forget(id);
    else this.await(id, this.#over.at(patience, id, outcomes.indexOf('timeout')));
  }

  /** In place of the event that it waited for. */
  await(id: AttemptId, handle: EventHandle): void {
    this.forget(id);
    this.rows.set(id, event, handle + 1);
  }

  forget(id: AttemptId): void {
    const handle = this.rows.get(id, event);
    if (handle > 0) this.#simulation.cancel((handle - 1) as EventHandle);
    this.rows.set(id, event, 0);
  }

  finish(id: AttemptId, outcome: Outcome, at: Time = this.#simulation.now): void {
    const {rows} = this;
    // What follows from an end may be another's end.
    this.#scratch[this.#depth] ??= {} as Ended;
    const ended = this.#scratch[this.#depth++];
    ended.client = this.client(id);
    ended.parent = rows.get(id, column.parent);
    ended.request = rows.get(id, column.request);
    ended.begun = rows.get(id, column.begun);
    ended.serial = rows.get(id, column.serial);
    ended.near = rows.get(id, column.near);
    ended.connection = rows.get(id, column.connection);
    ended.outcome = outcome;
    ended.at = at;
    if (outcome !== 'ok') this.#countFailure(id, ended.client);
    this.drop(id);
    this.#ended(ended);
    this.#depth--;
  }

  finishWithAnswer(id: AttemptId, at: Time = this.#simulation.now): void {
    this.finish(id, outcomes[this.rows.get(id, column.answer)], at);
  }

  /** As if it had never been. */
  drop(id: AttemptId): void {
    this.forget(id);
    this.rows.giveBack(id);
  }

  ticket(id: AttemptId): number {
    return this.rows.ticket(id) * 2;
  }

  /** `undefined` where nobody waits for the answer any more. */
  find(ticket: number): AttemptId | undefined {
    return this.rows.rowOf(ticket / 2) as AttemptId | undefined;
  }

  *all(): Generator<AttemptId> {
    const {rows} = this;
    for (let row = 0; row < rows.used; row++) {
      if (rows.get(row, column.client) > 0) yield row as AttemptId;
    }
  }

  /** Those who wait at a server that has not answered and will not now. */
  *stuckAt({slot, serial}: Server): Generator<AttemptId> {
    for (const id of this.all()) {
      const {rows} = this;
      if (rows.get(id, stage) !== column.stuck) continue;
      if (rows.get(id, column.slot) === slot && rows.get(id, column.serial) === serial) yield id;
    }
  }

  #countFailure(id: AttemptId, {calling}: ClientPlace): void {
    if (this.rows.get(id, stage) < column.served) return;
    calling.record.countFailure(this.rows.get(id, column.slot), this.rows.get(id, column.serial));
  }
}
