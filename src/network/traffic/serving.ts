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
import type {ClientPlace, ClientPlaces} from './client-places.ts';
import type {Jobs} from './jobs.ts';
import {type Packets, silenceEnds} from './packets.ts';
import type {Endpoint, Server} from './server.ts';
import type {Servers} from './servers.ts';
import {type Settlement, turnedAway} from './station.ts';

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

// A request without a row is its client's slot, and bits: how near it was served, and
const answeredWrong = 4;
const plainBits = 8;
const wrong = outcomes.indexOf('error');

export class Serving implements Settlement {
  readonly hearsAll = true;
  readonly #simulation: Simulation;
  readonly #parts: ServingParts;
  /** Of the server that is closing just now. */
  #closing: Server | undefined;

  constructor(simulation: Simulation, parts: ServingParts) {
    this.#simulation = simulation;
    this.#parts = parts;
  }

  /** One that needs no row; false where that does not do. */
  servePlain(client: ClientPlace, server: Server, port: number): boolean {
    const {servers, callings} = this.#parts;
    const endpoint = servers.endpoint(server, port);
    const {application, station} = endpoint;
    const {calling} = client;
    if (application.steps.length > 0) return false;
    const near = this.#count(client, server, endpoint);
    const chances = callings.chancesOf(calling, application);
    const bits = near + (chances.fails() ? answeredWrong : 0);
    const work = this.#slowed(chances.work(), server);
    const leaves = station.admit(client.slot * plainBits + bits, work, this.#simulation.now);
    if (leaves === turnedAway) calling.record.ended('rejected', 0, this.#simulation.now);
    return true;
  }

  serve(id: AttemptId, server: Server): void {
    const {attempts, servers} = this.#parts;
    const {rows} = attempts;
    const {now} = this.#simulation;
    if (server.state === 'hung') {
      this.#stick(id, server);
      return;
    }
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
    const {attempts, jobs, packets, links} = this.#parts;
    if (ticket % 2 !== 0) {
      jobs.left(ticket);
      return;
    }
    const id = attempts.find(ticket);
    if (id === undefined) return;
    const {rows} = attempts;
    attempts.client(id).calling.record.waits?.record(started - arrived);
    const stage = rows.get(id, column.stage);
    if (stage === column.unawaited) attempts.finishWithAnswer(id, rows.get(id, column.answerTime));
    else if (stage === column.served) {
      const client = attempts.client(id);
      const answered = left + rows.get(id, column.back);
      // Nothing is lost by telling of it now rather than when the answer is there.
      if (this.#unawaited(id, client) && answered <= attempts.patience(id) && links.whole) {
        attempts.finishWithAnswer(id, answered);
      } else packets.answerAt(id, left);
    }
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

  #work(id: AttemptId, server: Server, endpoint: Endpoint): void {
    const {attempts, packets, callings, links, jobs} = this.#parts;
    const {rows} = attempts;
    const {now} = this.#simulation;
    const client = attempts.client(id);
    const {application, station} = endpoint;
    rows.set(id, column.near, this.#count(client, server, endpoint));
    const chances = callings.chancesOf(client.calling, application);
    if (chances.fails()) rows.set(id, column.answer, wrong);
    const work = this.#slowed(chances.work(), server);
    this.#delayAnswer(id, client, server, application.answerBytes);
    const steps = client.calling.options.forwards ?? application.steps;
    const back = rows.get(id, column.back);
    if (steps.length > 0) {
      if (jobs.begin(id, {server, endpoint, steps, work})) attempts.endByPatience(id);
      else attempts.endAt(id, now + back, 'rejected');
      return;
    }
    const leaves = station.admit(attempts.ticket(id), work, now);
    if (leaves === turnedAway) attempts.endAt(id, now + back, 'rejected');
    else if (leaves === Infinity) attempts.endByPatience(id);
    else if (!this.#unawaited(id, client)) packets.answerAt(id, leaves);
    else if (leaves + back > attempts.patience(id) || !links.whole) packets.answerAt(id, leaves);
    else {
      rows.set(id, column.stage, column.unawaited);
      rows.set(id, column.answerTime, leaves + back);
    }
  }

  #unawaited(id: AttemptId, {calling}: ClientPlace): boolean {
    return calling.plain && this.#parts.attempts.rows.get(id, column.entry) === 0;
  }

  #delayAnswer(id: AttemptId, {place}: ClientPlace, server: Server, bytes: number): void {
    const {attempts, packets} = this.#parts;
    const {rows} = attempts;
    const time = packets.transfer(place, server.node, bytes);
    if (time > 0) rows.set(id, column.back, rows.get(id, column.back) + time);
  }

  #count({calling, place, zone}: ClientPlace, server: Server, {application}: Endpoint): number {
    const {record, options} = calling;
    const load = record.loadAt(server.slot);
    if (load !== undefined) load.requests++;
    else {
      const {serial, name, nodeName: node} = server;
      const known = {endpoint: name, node, key: serial, serial: Math.max(0, serial)};
      record.addLoad(server.slot, {...known, requests: 1, failed: 0});
    }
    record.requestBytes += options.requestBytes;
    record.answerBytes += application.answerBytes;
    if (place === undefined || server.node === undefined) return 0;
    if (place === server.node) return column.sameNode + column.sameZone;
    if (zone === server.zone) return column.sameZone;
    record.crossZoneBytes += options.requestBytes + application.answerBytes;
    return 0;
  }

  /** A machine that is slow when it comes is slow for it to the end. */
  #slowed(work: Time, {node}: Server): Time {
    if (node === undefined) return work;
    const slowness = this.#parts.machines.slowness(node);
    return slowness === 1 ? work : Math.round(work * slowness);
  }

  #leftPlain(ticket: number, arrived: Time, started: Time, left: Time): void {
    const bits = ticket % plainBits;
    const {record} = this.#parts.clients.all[(ticket - bits) / plainBits].calling;
    record.waits?.record(started - arrived);
    if (bits >= answeredWrong) {
      record.ended('error', left - arrived, left);
      return;
    }
    if (bits > 0) countNear(record, bits);
    record.answered(left - arrived, left);
  }

  #breakPlain(ticket: number, arrived: Time, server: Server): void {
    const {attempts, clients} = this.#parts;
    const {now} = this.#simulation;
    const bits = ticket % plainBits;
    const client = clients.all[(ticket - bits) / plainBits];
    const {record} = client.calling;
    if (server.fate === 'reset') {
      record.ended('reset', now - arrived, now);
      return;
    }
    const id = attempts.create(client, 0, 0);
    record.attempts--;
    attempts.rows.set(id, column.begun, arrived);
    this.#stick(id, server);
  }

  /** No answer will come from there. */
  #stick(id: AttemptId, server: Server): void {
    const {attempts, servers} = this.#parts;
    const {rows} = attempts;
    rows.set(id, column.stage, column.stuck);
    rows.set(id, column.slot, server.slot);
    rows.set(id, column.serial, server.serial);
    server.stuck++;
    attempts.endByPatience(id);
    // A kernel without an answer gives up at last; one that is answered by a kernel does not.
    const gone = server.state === 'absent' || servers.at(server.slot, server.serial) === undefined;
    if (gone && attempts.patience(id) === Infinity) {
      attempts.endAt(id, this.#simulation.now + silenceEnds, 'timeout');
    }
  }
}

export function countNear(record: {sameNode: number; sameZone: number}, near: number): void {
  if (near >= column.sameZone) record.sameZone++;
  if ((near & column.sameNode) !== 0) record.sameNode++;
}
