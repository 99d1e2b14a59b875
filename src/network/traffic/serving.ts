// Requests at their servers: counted there, worked on by the station of the port that was asked
// for, and what is told of them: they are answered, or their server has ended.

import type {Simulation} from '../../engine/simulation.ts';
import type {Time} from '../../engine/time.ts';
import type {Links} from '../../machines/links.ts';
import type {Machines} from '../../machines/machines.ts';
import {outcomes} from '../../machines/request-book.ts';
import * as column from './attempt-columns.ts';
import type {AttemptId, Attempts} from './attempts.ts';
import type {Callings} from './callings.ts';
import type {Jobs} from './jobs.ts';
import {type Packets, silenceEnds} from './packets.ts';
import type {PlainRequests} from './plain-requests.ts';
import {longestBack, plainTicket} from './plain-ticket.ts';
import type {Endpoint, Server} from './server.ts';
import type {Servers} from './servers.ts';
import {type Settlement, type Station, turnedAway} from './station.ts';
import {countVisit, slowed} from './visits.ts';

export type ServingParts = {
  readonly attempts: Attempts;
  readonly packets: Packets;
  readonly callings: Callings;
  readonly servers: Servers;
  readonly machines: Machines;
  readonly links: Links;
  readonly jobs: Jobs;
  readonly plain: PlainRequests;
};

const wrong = outcomes.indexOf('error');

export class Serving implements Settlement {
  readonly #simulation: Simulation;
  readonly #parts: ServingParts;
  /** Of the server that is closing just now. */
  #closing: Server | undefined;
  /** Those are told of that have left before now. */
  #settling = false;

  constructor(simulation: Simulation, parts: ServingParts) {
    this.#simulation = simulation;
    this.#parts = parts;
  }

  serve(id: AttemptId, server: Server): void {
    const {attempts, servers} = this.#parts;
    const {rows} = attempts;
    const {now} = this.#simulation;
    if (server.state === 'hung') return this.#stick(id, server);
    if (server.state === 'closed') {
      const kept = rows.get(id, column.connection) > 0;
      attempts.endAt(id, now + rows.get(id, column.back), kept ? 'reset' : 'refused');
      return;
    }
    const endpoint = servers.endpoint(server, rows.get(id, column.port));
    rows.set(id, column.stage, column.served);
    this.#work(id, server, endpoint);
  }

  /** All that are there find out what becomes of them. */
  close(server: Server): void {
    const {jobs} = this.#parts;
    const {now} = this.#simulation;
    this.#closing = server;
    for (const {station} of server.endpoints) station.close(now);
    jobs.close(server);
    this.#closing = undefined;
  }

  left(ticket: number, arrived: Time, started: Time, left: Time): void {
    const {attempts, jobs, packets, plain, links} = this.#parts;
    if (ticket >= 0) {
      if (links.whole || this.#settling) plain.left(ticket, arrived, started, left);
      else packets.answerAt(plain.rowOf(ticket, arrived), left);
      return;
    }
    if (ticket % 2 !== 0) {
      jobs.left(ticket);
      return;
    }
    const id = attempts.find(ticket);
    if (id === undefined) return;
    attempts.client(id).calling.record.waits?.record(started - arrived);
    if (attempts.rows.get(id, column.stage) === column.served) packets.answerAt(id, left);
  }

  /** It was at a station that has closed. */
  broken(ticket: number, arrived: Time): void {
    const {attempts, plain} = this.#parts;
    const server = this.#closing;
    if (server === undefined) throw new Error('a station has closed by itself');
    if (ticket >= 0) {
      if (server.fate === 'silent') this.#stick(plain.rowOf(ticket, arrived), server);
      else plain.reset(ticket, arrived, server.slot, server.serial);
    } else if (ticket % 2 === 0) this.breakAttempt(attempts.find(ticket), server);
  }

  breakAttempt(id: AttemptId | undefined, server: Server): void {
    if (id === undefined) return;
    const {attempts} = this.#parts;
    const {now} = this.#simulation;
    attempts.forget(id);
    if (server.fate === 'silent') this.#stick(id, server);
    else attempts.endAt(id, now + attempts.rows.get(id, column.back), 'reset');
  }

  /** Those without rows get them: whether their answers arrive is to be looked at. */
  awaitAll(): void {
    const {servers, attempts, packets, plain} = this.#parts;
    const {now} = this.#simulation;
    this.#settling = true;
    servers.settle(now);
    this.#settling = false;
    servers.each(server => {
      for (const {station} of server.endpoints) {
        station.retag(now, (ticket, arrived, leaves) => {
          if (ticket < 0) return ticket;
          const id = plain.rowOf(ticket, arrived);
          attempts.rows.set(id, column.slot, server.slot);
          attempts.rows.set(id, column.serial, server.serial);
          const row = attempts.ticket(id);
          if (leaves < Infinity) packets.answerAt(id, leaves);
          return row;
        });
      }
    });
  }

  #work(id: AttemptId, server: Server, endpoint: Endpoint): void {
    const {attempts, packets, callings, jobs, servers, machines} = this.#parts;
    const {rows} = attempts;
    const {now} = this.#simulation;
    const client = attempts.client(id);
    const {application, station} = endpoint;
    const {answerBytes} = application;
    rows.set(id, column.near, countVisit(client, servers, server.slot, answerBytes));
    const chances = callings.chancesOf(client.calling, application);
    if (chances.fails()) rows.set(id, column.answer, wrong);
    const work = slowed(machines, server.node, chances.work());
    packets.delayAnswer(id, server, answerBytes);
    const steps = client.calling.options.forwards ?? application.steps;
    const back = rows.get(id, column.back);
    if (steps.length > 0) {
      if (jobs.begin(id, {server, endpoint, steps, work})) attempts.endByPatience(id);
      else attempts.endAt(id, now + back, 'rejected');
      return;
    }
    if (this.#admitPlain(id, station, work)) return;
    const leaves = station.admit(attempts.ticket(id), work, now);
    if (leaves === turnedAway) attempts.endAt(id, now + back, 'rejected');
    else if (leaves === Infinity) attempts.endByPatience(id);
    else packets.answerAt(id, leaves);
  }

  /**
   * Nobody waits for it, and it will be answered in time: from here on it needs no row, and the
   * station tells when it left.
   */
  #admitPlain(id: AttemptId, station: Station, work: Time): boolean {
    const {attempts, links} = this.#parts;
    const {rows} = attempts;
    const client = attempts.client(id);
    if (!client.calling.plain || !links.whole || rows.get(id, column.entry) > 0) return false;
    const {now} = this.#simulation;
    const back = rows.get(id, column.back);
    if (back > longestBack) return false;
    const patience = attempts.patience(id);
    if (patience < Infinity && station.expected(work, now) + back > patience) return false;
    const fails = rows.get(id, column.answer) !== 0;
    const ticket = plainTicket(client.slot, rows.get(id, column.near), fails, back);
    const leaves = station.admit(ticket, work, now, rows.get(id, column.begun) - back);
    if (leaves === turnedAway) return false;
    attempts.drop(id);
    return true;
  }

  /** No answer will come from there. */
  #stick(id: AttemptId, server: Server): void {
    const {attempts, servers} = this.#parts;
    const {rows} = attempts;
    rows.set(id, column.stage, column.stuck);
    rows.set(id, column.slot, server.slot);
    rows.set(id, column.serial, server.serial);
    server.stuck++;
    // A kernel without an answer gives up at last; one that is answered by a kernel does not.
    const gone = server.state === 'absent' || servers.at(server.slot, server.serial) === undefined;
    if (gone) attempts.endAt(id, this.#simulation.now + silenceEnds, 'timeout');
    else attempts.endByPatience(id);
  }
}
