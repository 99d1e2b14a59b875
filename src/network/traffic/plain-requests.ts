// Requests that need no row, one try each that nobody waits for: on their way they are the two
// numbers of an event, at their server the ticket in its station's line. Whatever goes another way
// than most do (a cut, a server that has gone, an answer that would come too late) makes a row of
// them, and they go on as others do.

import {remainder} from '../../engine/remainder.ts';
import type {EventKind, Simulation} from '../../engine/simulation.ts';
import type {Time} from '../../engine/time.ts';
import type {Links, Place} from '../../machines/links.ts';
import type {Machines} from '../../machines/machines.ts';
import {outcomes} from '../../machines/request-book.ts';
import type {Target} from '../../machines/service-views.ts';
import type {NodeId} from '../../objects/ids.ts';
import type {Route} from '../destination.ts';
import * as column from './attempt-columns.ts';
import type {AttemptId, Attempts} from './attempts.ts';
import type {Callings} from './callings.ts';
import type {ClientPlace, ClientPlaces} from './client-places.ts';
import type {Hops} from './hops.ts';
import type {Packets} from './packets.ts';
import * as plain from './plain-ticket.ts';
import type {Servers} from './servers.ts';
import {type Station, turnedAway} from './station.ts';
import {countNear, countVisit, slowed} from './visits.ts';

export type PlainParts = {
  readonly attempts: Attempts;
  readonly packets: Packets;
  readonly callings: Callings;
  readonly clients: ClientPlaces;
  readonly servers: Servers;
  readonly machines: Machines;
  readonly links: Links;
  readonly hops: Hops;
};

type Outgoing = {readonly slot: number; readonly from: Time; readonly entry: Place};

const wrong = outcomes.indexOf('error');
const timeLimit = plain.longestBack + 1;

export class PlainRequests {
  readonly #simulation: Simulation;
  readonly #parts: PlainParts;
  readonly #arrived: EventKind<number, number>;

  constructor(simulation: Simulation, parts: PlainParts) {
    this.#simulation = simulation;
    this.#parts = parts;
    this.#arrived = simulation.event(
      'traffic.plain-request-arrived',
      (client: number, server: number) => this.#arrive(client, server),
    );
  }

  /** Sends one where the route leads; false where it needs a row from the start. */
  begin(client: ClientPlace, {target, delay, entry, arrival}: Route): boolean {
    const {links, hops, servers} = this.#parts;
    if (target?.pod === undefined || arrival !== 'there') return false;
    if (!links.whole || !hops.lossless) return false;
    const {columns} = servers;
    const {serial, port} = target;
    // The first request to a pod makes a server of it, the slow way.
    const slot = columns.slot(serial);
    if (slot < 0 || !columns.open(slot) || columns.port(slot) !== port) return false;
    const {now} = this.#simulation;
    if (hops.none && delay === 0) {
      if (!this.#admit(client, slot, now, 0)) return false;
    } else this.#send(client, target, {slot, from: now + delay, entry});
    client.calling.record.attempts++;
    return true;
  }

  left(ticket: number, arrived: Time, started: Time, left: Time): void {
    const {record} = this.#parts.clients.all[plain.slotOf(ticket)].calling;
    record.waits?.record(started - arrived);
    const at = left + plain.backOf(ticket);
    if (plain.failsOf(ticket)) {
      record.ended('error', left - arrived, at);
      return;
    }
    const near = plain.nearOf(ticket);
    if (near > 0) countNear(record, near);
    record.answered(left - arrived, at);
  }

  reset(ticket: number, arrived: Time, slot: number, serial: number): void {
    const {record} = this.#parts.clients.all[plain.slotOf(ticket)].calling;
    const {now} = this.#simulation;
    record.ended('reset', now - arrived, now + plain.backOf(ticket));
    // One that was to be answered by an error has been counted.
    if (!plain.failsOf(ticket)) record.countFailure(slot, serial);
  }

  /** Of one that needed none so far. */
  rowOf(ticket: number, arrived: Time): AttemptId {
    const back = plain.backOf(ticket);
    const client = this.#parts.clients.all[plain.slotOf(ticket)];
    const id = this.#row(client, {begun: arrived + back, back});
    const {rows} = this.#parts.attempts;
    rows.set(id, column.near, plain.nearOf(ticket));
    rows.set(id, column.answer, plain.failsOf(ticket) ? wrong : 0);
    rows.set(id, column.stage, column.served);
    return id;
  }

  /** Over the node at which it enters; a cut that comes later finds it on the straight way. */
  #send(client: ClientPlace, {serial}: Target, {slot, from, entry}: Outgoing): void {
    const {hops, servers, attempts} = this.#parts;
    const {requestBytes, connectTimeout, timeout} = client.calling.options;
    const node = servers.columns.node(slot) as NodeId;
    const handshake = this.#roundTrip(client, node, entry);
    const trip = this.#roundTrip(client, node, entry);
    const there = Math.floor(trip / 2);
    const payload = requestBytes > 0 ? hops.transfer(client.place, node, requestBytes) : 0;
    const at = from + handshake + there + payload;
    const {now} = this.#simulation;
    const elapsed = at - now;
    const back = trip - there;
    if (handshake <= connectTimeout && elapsed <= timeout && elapsed < timeLimit) {
      this.#arrived.at(at, client.slot * timeLimit + elapsed, serial * timeLimit + back);
      return;
    }
    const id = this.#row(client, {begun: now, back}, slot, serial);
    if (handshake > connectTimeout) attempts.endAt(id, from + connectTimeout, 'connect-timeout');
    else if (elapsed > timeout) attempts.endByPatience(id);
    else this.#parts.packets.arriveAt(id, at);
  }

  #roundTrip({place}: ClientPlace, node: NodeId, entry: Place): Time {
    const {hops} = this.#parts;
    if (entry === undefined) return hops.roundTrip(place, node);
    const outer = hops.roundTrip(place, entry);
    return entry === node ? outer : outer + hops.roundTrip(entry, node);
  }

  #arrive(sender: number, receiver: number): void {
    const {clients, servers, links, machines, packets} = this.#parts;
    const client = clients.all[Math.floor(sender / timeLimit)];
    const serial = Math.floor(receiver / timeLimit);
    const begun = this.#simulation.now - remainder(sender, timeLimit);
    const back = remainder(receiver, timeLimit);
    const {place} = client;
    if (client.gone || (place !== undefined && !machines.powered(place))) {
      // As others that a client had under way when it went.
      client.calling.record.sent--;
      return;
    }
    const {columns} = servers;
    const slot = columns.slot(serial);
    if (slot >= 0 && columns.open(slot) && links.whole) {
      if (this.#admit(client, slot, begun, back)) return;
    }
    packets.arrive(this.#row(client, {begun, back}, slot, serial));
  }

  /** False where it needs a row. `empty`: how long an empty answer takes back. */
  #admit(client: ClientPlace, slot: number, begun: Time, empty: Time): boolean {
    const {servers, callings, machines, hops} = this.#parts;
    const {columns} = servers;
    const station = columns.stations[slot];
    if (station === undefined) return false;
    const application = columns.application(slot);
    const {calling} = client;
    const {timeout} = calling.options;
    if (application.steps.length > 0 || (timeout < Infinity && !station.foretells)) return false;
    const node = columns.node(slot) as NodeId;
    const {answerBytes} = application;
    const payload = answerBytes > 0 ? hops.transfer(node, client.place, answerBytes) : 0;
    const back = Math.min(empty + payload, plain.longestBack);
    const {now} = this.#simulation;
    const chances = callings.chancesOf(calling, application);
    const fails = chances.fails();
    const work = slowed(machines, node, chances.work());
    const near = countVisit(client, servers, slot, answerBytes);
    if (timeout < Infinity && station.expected(work, now) + back > begun + timeout) {
      const serial = servers.inSlot(slot)?.serial;
      this.#serveLate(this.#row(client, {begun, back}, slot, serial), station, work);
      return true;
    }
    const ticket = plain.plainTicket(client.slot, near, fails, back);
    if (station.admit(ticket, work, now, begun - back) !== turnedAway) {
      if (fails) calling.record.countFailure(slot, servers.inSlot(slot)?.serial ?? -1);
      return true;
    }
    calling.record.ended('rejected', now + back - begun, now + back);
    calling.record.countFailure(slot, servers.inSlot(slot)?.serial ?? -1);
    return true;
  }

  /** Its client will have gone away before it is answered. */
  #serveLate(id: AttemptId, station: Station, work: Time): void {
    const {attempts} = this.#parts;
    const {now} = this.#simulation;
    attempts.rows.set(id, column.stage, column.answering);
    const leaves = station.admit(attempts.ticket(id), work, now);
    const rejected = now + attempts.rows.get(id, column.back);
    if (leaves === turnedAway) attempts.endAt(id, rejected, 'rejected');
    else attempts.endByPatience(id);
  }

  #row(
    client: ClientPlace,
    {begun, back}: {readonly begun: Time; readonly back: Time},
    slot = -1,
    serial = -1,
  ): AttemptId {
    const {attempts, servers} = this.#parts;
    const {rows} = attempts;
    const id = attempts.create(client, 0, 0);
    client.calling.record.attempts--;
    rows.set(id, column.begun, begun);
    rows.set(id, column.first, begun);
    rows.set(id, column.back, back);
    rows.set(id, column.slot, slot);
    rows.set(id, column.serial, serial);
    rows.set(id, column.port, slot < 0 ? 0 : servers.columns.port(slot));
    rows.set(id, column.stage, column.crossing);
    return id;
  }
}
