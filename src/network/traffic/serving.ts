// Requests at their servers: counted there, worked on by the station of the port that was asked
// for, and what is told of them: they are answered, or their server has ended.

import type {Simulation} from '../../engine/simulation.ts';
import type {Time} from '../../engine/time.ts';
import type {Links} from '../../machines/links.ts';
import type {Machines} from '../../machines/machines.ts';
import {outcomes} from '../../machines/request-book.ts';
import type {Target} from '../../machines/service-views.ts';
import type {NodeId} from '../../objects/ids.ts';
import type {Application} from './application.ts';
import * as column from './attempt-columns.ts';
import type {AttemptId, Attempts} from './attempts.ts';
import type {Callings} from './callings.ts';
import type {ClientPlace, ClientPlaces} from './client-places.ts';
import type {Jobs} from './jobs.ts';
import {type Packets, silenceEnds} from './packets.ts';
import {backOf, failsOf, longestBack, nearOf, plainTicket, slotOf} from './plain-ticket.ts';
import type {Endpoint, Server} from './server.ts';
import type {Servers} from './servers.ts';
import {type Settlement, type Station, turnedAway} from './station.ts';
import {countNear, countVisit} from './visits.ts';

export type ServingParts = {
  readonly attempts: Attempts;
  readonly packets: Packets;
  readonly callings: Callings;
  readonly clients: ClientPlaces;
  readonly servers: Servers;
  readonly machines: Machines;
  readonly links: Links;
  readonly jobs: Jobs;
};

const wrong = outcomes.indexOf('error');

export class Serving implements Settlement {
  readonly hearsAll = true;
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

  /** One that needs no row; false where that does not do. */
  servePlain(client: ClientPlace, target: Target): boolean {
    const {servers, callings} = this.#parts;
    const {columns} = servers;
    // The first request to a pod makes a server of it, the slow way.
    const slot = target.pod === undefined ? -1 : columns.slot(target.serial);
    if (slot < 0 || columns.open[slot] === 0 || columns.port[slot] !== target.port) return false;
    const application = columns.applications[slot];
    const station = columns.stations[slot];
    if (application === undefined || station === undefined) return false;
    const {now} = this.#simulation;
    const {calling} = client;
    const {timeout} = calling.options;
    if (application.steps.length > 0) return false;
    if (timeout < Infinity && !station.foretells) return false;
    const chances = callings.chancesOf(calling, application);
    const fails = chances.fails();
    const work = this.#slowed(chances.work(), columns.node[slot]);
    const near = this.#count(client, slot, target.serial, application);
    if (timeout < Infinity && station.expected(work, now) - now > timeout) {
      this.#serveLate(client, slot, station, work);
      return true;
    }
    const leaves = station.admit(plainTicket(client.slot, near, fails, 0), work, now);
    if (leaves === turnedAway) calling.record.ended('rejected', 0, now);
    return true;
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
    if (ticket >= 0) {
      this.#leftPlain(ticket, arrived, started, left);
      return;
    }
    const {attempts, jobs, packets} = this.#parts;
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
    const {attempts} = this.#parts;
    const server = this.#closing;
    if (server === undefined) throw new Error('a station has closed by itself');
    if (ticket >= 0) this.#breakPlain(ticket, arrived, server);
    else if (ticket % 2 === 0) this.breakAttempt(attempts.find(ticket), server);
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
    const {servers, attempts, packets} = this.#parts;
    const {now} = this.#simulation;
    this.#settling = true;
    servers.settle(now);
    this.#settling = false;
    servers.each(server => {
      for (const {station} of server.endpoints) {
        station.retag(now, (ticket, arrived, leaves) => {
          if (ticket < 0) return ticket;
          const id = this.#rowOf(ticket, arrived);
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
    const {attempts, packets, callings, jobs} = this.#parts;
    const {rows} = attempts;
    const {now} = this.#simulation;
    const client = attempts.client(id);
    const {application, station} = endpoint;
    rows.set(id, column.near, this.#count(client, server.slot, server.serial, application));
    const chances = callings.chancesOf(client.calling, application);
    if (chances.fails()) rows.set(id, column.answer, wrong);
    const work = this.#slowed(chances.work(), server.node ?? -1);
    packets.delayAnswer(id, server, application.answerBytes);
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

  #count(client: ClientPlace, slot: number, serial: number, application: Application): number {
    const {servers} = this.#parts;
    const {record} = client.calling;
    if (!record.knows(slot)) {
      const server = servers.at(slot, serial);
      if (server === undefined) throw new Error('a request is at a server that is gone');
      record.addLoad(server);
    }
    return countVisit(client, servers.columns, slot, application.answerBytes);
  }

  /** A machine that is slow when it comes is slow for it to the end. */
  #slowed(work: Time, node: number): Time {
    if (node < 0) return work;
    const slowness = this.#parts.machines.slowness(node as NodeId);
    return slowness === 1 ? work : Math.round(work * slowness);
  }

  #leftPlain(ticket: number, arrived: Time, started: Time, left: Time): void {
    const {links, clients, packets} = this.#parts;
    if (!links.whole && !this.#settling) {
      packets.answerAt(this.#rowOf(ticket, arrived), left);
      return;
    }
    const {record} = clients.all[slotOf(ticket)].calling;
    record.waits?.record(started - arrived);
    const at = left + backOf(ticket);
    if (failsOf(ticket)) {
      record.ended('error', left - arrived, at);
      return;
    }
    const near = nearOf(ticket);
    if (near > 0) countNear(record, near);
    record.answered(left - arrived, at);
  }

  #breakPlain(ticket: number, arrived: Time, server: Server): void {
    const {clients} = this.#parts;
    if (server.fate === 'silent') {
      this.#stick(this.#rowOf(ticket, arrived), server);
      return;
    }
    const {record} = clients.all[slotOf(ticket)].calling;
    const {now} = this.#simulation;
    record.ended('reset', now - arrived, now + backOf(ticket));
    record.countFailure(server.slot, server.serial);
  }

  /** Of one that needed none so far. */
  #rowOf(ticket: number, arrived: Time): AttemptId {
    const {attempts, clients} = this.#parts;
    const {rows} = attempts;
    const client = clients.all[slotOf(ticket)];
    const id = attempts.create(client, 0, 0);
    client.calling.record.attempts--;
    rows.set(id, column.begun, arrived + backOf(ticket));
    rows.set(id, column.back, backOf(ticket));
    rows.set(id, column.near, nearOf(ticket));
    rows.set(id, column.answer, failsOf(ticket) ? wrong : 0);
    rows.set(id, column.stage, column.served);
    return id;
  }

  /** Its client will have gone away before it is answered. */
  #serveLate(client: ClientPlace, slot: number, station: Station, work: Time): void {
    const {attempts, servers} = this.#parts;
    const {rows} = attempts;
    const id = attempts.create(client, 0, 0);
    client.calling.record.attempts--;
    rows.set(id, column.slot, slot);
    rows.set(id, column.serial, servers.serial(slot));
    rows.set(id, column.stage, column.answering);
    const {now} = this.#simulation;
    const leaves = station.admit(attempts.ticket(id), work, now);
    if (leaves === turnedAway) attempts.endAt(id, now, 'rejected');
    else attempts.endByPatience(id);
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
