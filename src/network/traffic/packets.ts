// How the packets of a try fare: to the target, as a connection is made and the request follows it,
// and back. What is lost is sent again as TCP does: the first packet by the kernel's schedule of
// SYNs, whatever follows after a retransmission timeout that doubles from 200 ms on (RFC 6298, with
// Linux' least value). One packet decides for a whole request or answer.

import type {EventKind, Simulation} from '../../engine/simulation.ts';
import {millisecond, second, type Time} from '../../engine/time.ts';
import type {Links, Place} from '../../machines/links.ts';
import type {NodeId} from '../../objects/ids.ts';
import {type SynSchedule, synSchedule} from '../rules/syn-retransmission.ts';
import * as column from './attempt-columns.ts';
import type {AttemptId, Attempts} from './attempts.ts';
import type {ClientPlace} from './client-places.ts';
import type {Hops} from './hops.ts';
import type {Server} from './server.ts';
import type {Servers} from './servers.ts';

/** Linux 6.5 and later. */
const usualSyn = synSchedule({linear: 4});
const firstTimeout = 200 * millisecond;
const longestTimeout = 120 * second;
/** tcp_retries2: an established connection is given up (ip-sysctl.rst). */
const mostTimeouts = 15;
export const silenceEnds: Time = 924_600 * millisecond;

export type PacketParts = {
  readonly attempts: Attempts;
  readonly servers: Servers;
  readonly hops: Hops;
  readonly links: Links;
  /** When first packets are sent again. */
  readonly syn: SynSchedule | undefined;
  /** The request is at its server, whatever that is doing. */
  arrived(id: AttemptId, server: Server): void;
  /** A first packet that had no target before is sent again. */
  sentAgain(id: AttemptId): void;
};

export class Packets {
  readonly #simulation: Simulation;
  readonly #parts: PacketParts;
  readonly #syn: SynSchedule;
  readonly #arrived: EventKind<AttemptId>;
  readonly #again: EventKind<AttemptId>;
  readonly #answered: EventKind<AttemptId>;

  constructor(simulation: Simulation, parts: PacketParts) {
    this.#simulation = simulation;
    this.#parts = parts;
    this.#syn = parts.syn ?? usualSyn;
    const {rows} = parts.attempts;
    this.#arrived = simulation.event('traffic.request-arrived', (id: AttemptId) => {
      rows.set(id, column.event, 0);
      this.arrive(id);
    });
    this.#again = simulation.event('traffic.packet-sent-again', (id: AttemptId) => {
      rows.set(id, column.event, 0);
      this.#sendAgain(id);
    });
    this.#answered = simulation.event('traffic.answer-arrived', (id: AttemptId) => {
      rows.set(id, column.event, 0);
      this.#answer(id);
    });
  }

  /** The first packet goes out, now or when its first one is due; the request follows. */
  knock(id: AttemptId, server: Server | undefined): void {
    const {attempts, hops} = this.#parts;
    const {rows} = attempts;
    const client = attempts.client(id);
    const at = Math.max(this.#simulation.now, rows.get(id, column.first));
    rows.set(id, column.stage, column.knocking);
    if (server === undefined || !this.#passes(id, client, server)) this.knockLater(id);
    else if (server.state === 'closed') {
      attempts.endAt(id, at + this.#roundTrip(id, client, server), 'refused');
    } else {
      const connected = hops.none ? at : at + this.#connecting(id, client, server);
      const givenUp = rows.get(id, column.first) + client.calling.options.connectTimeout;
      if (connected > givenUp) attempts.endAt(id, givenUp, 'connect-timeout');
      else this.send(id, server, connected);
    }
  }

  /** Nobody has heard the first packet. */
  knockLater(id: AttemptId): void {
    const {attempts} = this.#parts;
    const {rows} = attempts;
    const first = rows.get(id, column.first);
    let again = rows.get(id, column.again) + 1;
    while (first + this.#syn.sent[again] <= this.#simulation.now) again++;
    rows.set(id, column.again, again);
    const {connectTimeout} = attempts.client(id).calling.options;
    const givenUp = Math.min(
      first + Math.min(connectTimeout, this.#syn.givenUp),
      attempts.patience(id),
    );
    const next = first + (this.#syn.sent[again] ?? Infinity);
    if (next >= givenUp) attempts.endAt(id, givenUp, 'connect-timeout');
    else attempts.await(id, this.#again.at(next, id));
  }

  /** A name server was silent until then; its destination is asked again. */
  searchLater(id: AttemptId, at: Time): void {
    const {attempts} = this.#parts;
    if (at > attempts.patience(id)) attempts.endByPatience(id);
    else attempts.await(id, this.#again.at(at, id));
  }

  /** The request goes out on a connection. */
  send(id: AttemptId, server: Server, at: Time): void {
    const {attempts, hops} = this.#parts;
    const {rows} = attempts;
    rows.set(id, column.stage, column.crossing);
    rows.set(id, column.again, 0);
    if (hops.none) {
      if (at <= this.#simulation.now) this.arrive(id);
      else attempts.await(id, this.#arrived.at(at, id));
      return;
    }
    const client = attempts.client(id);
    const {requestBytes} = client.calling.options;
    const trip = this.#roundTrip(id, client, server);
    const there = Math.floor(trip / 2);
    rows.set(id, column.back, trip - there);
    const {place} = client;
    const time = at + there + this.#transfer(place, server.node, requestBytes);
    // What comes when its client has gone away is not looked at.
    if (time > attempts.patience(id)) attempts.endByPatience(id);
    else attempts.await(id, this.#arrived.at(time, id));
  }

  /** The answer leaves then, and somebody waits for it. */
  answerAt(id: AttemptId, leaves: Time): void {
    const {attempts} = this.#parts;
    const {rows} = attempts;
    rows.set(id, column.stage, column.answering);
    rows.set(id, column.again, 0);
    const at = leaves + rows.get(id, column.back);
    if (at > attempts.patience(id)) attempts.endByPatience(id);
    else if (at <= this.#simulation.now) this.#answer(id);
    else attempts.await(id, this.#answered.at(at, id));
  }

  /** By what its payload takes beyond the first packet, and by packets that are lost. */
  delayAnswer(id: AttemptId, {node}: Server, bytes: number): void {
    const {attempts} = this.#parts;
    const time = this.#transfer(node, attempts.client(id).place, bytes);
    if (time > 0) attempts.rows.set(id, column.back, attempts.rows.get(id, column.back) + time);
  }

  #transfer(from: Place, to: Place, bytes: number): Time {
    const {hops} = this.#parts;
    return hops.none ? 0 : hops.transfer(from, to, bytes) + this.#losses(from, to);
  }

  /** What packets cost that are lost on their way, one after the other. */
  #losses(from: Place, to: Place): Time {
    const {hops} = this.#parts;
    let time = 0;
    let timeout = firstTimeout;
    while (hops.lost(from, to) && timeout < longestTimeout) {
      time += timeout;
      timeout *= 2;
    }
    return time;
  }

  /** Nothing lies between the client and the server. */
  reach(id: AttemptId, {place}: ClientPlace, {node}: Server): boolean {
    const {links, attempts} = this.#parts;
    const entry = attempts.rows.get(id, column.entry);
    if (entry === 0) return links.whole || links.connect(place, node);
    const door = (entry - 1) as NodeId;
    return links.connect(place, door) && links.connect(door, node);
  }

  #passes(id: AttemptId, client: ClientPlace, server: Server): boolean {
    if (!this.reach(id, client, server)) return false;
    const {hops} = this.#parts;
    if (hops.none) return true;
    // The answer to it may be lost as well.
    const [place, node] = [client.place, server.node];
    return !hops.lost(place, node) && !hops.lost(node, place);
  }

  #roundTrip(id: AttemptId, {place}: ClientPlace, {node}: Server): Time {
    const {attempts, hops} = this.#parts;
    const entry = attempts.rows.get(id, column.entry);
    if (entry === 0) return hops.roundTrip(place, node);
    const door = (entry - 1) as NodeId;
    const outer = hops.roundTrip(place, door);
    return door === node ? outer : outer + hops.roundTrip(door, node);
  }

  /** TCP's round trip, and those of TLS. */
  #connecting(id: AttemptId, client: ClientPlace, server: Server): Time {
    let time = 0;
    for (let left = client.calling.options.handshakes; left >= 0; left--) {
      time += this.#roundTrip(id, client, server);
    }
    return time;
  }

  #sendAgain(id: AttemptId): void {
    const {attempts, servers} = this.#parts;
    const {rows} = attempts;
    const stage = rows.get(id, column.stage);
    if (stage === column.crossing) return this.arrive(id);
    if (stage === column.answering) return this.#answer(id);
    const serial = rows.get(id, column.serial);
    if (serial === -1) return this.#parts.sentAgain(id);
    const server = servers.bySerial(serial);
    if (server !== undefined) rows.set(id, column.slot, server.slot);
    this.knock(id, server);
  }

  arriveAt(id: AttemptId, at: Time): void {
    this.#parts.attempts.await(id, this.#arrived.at(at, id));
  }

  /** Its request is where its server was. */
  arrive(id: AttemptId): void {
    const {attempts, servers} = this.#parts;
    const {rows} = attempts;
    const server = servers.at(rows.get(id, column.slot), rows.get(id, column.serial));
    if (server === undefined) {
      // It has ended in the meantime: nobody has heard of this connection.
      rows.set(id, column.stage, column.knocking);
      this.knockLater(id);
    } else if (this.reach(id, attempts.client(id), server)) this.#parts.arrived(id, server);
    else this.#retransmit(id);
  }

  #answer(id: AttemptId): void {
    const {attempts, servers, links} = this.#parts;
    const {rows} = attempts;
    if (!links.whole) {
      // Of one that has ended since, the last packets are under way.
      const server = servers.at(rows.get(id, column.slot), rows.get(id, column.serial));
      if (server !== undefined && !this.reach(id, attempts.client(id), server)) {
        this.#retransmit(id);
        return;
      }
    }
    attempts.finishWithAnswer(id);
  }

  #retransmit(id: AttemptId): void {
    const {attempts} = this.#parts;
    const {rows} = attempts;
    const again = rows.get(id, column.again);
    rows.set(id, column.again, again + 1);
    const {now} = this.#simulation;
    const wait = Math.min(firstTimeout * 2 ** again, longestTimeout);
    const next = now + wait;
    if (again >= mostTimeouts) attempts.endAt(id, now, 'timeout');
    else if (next > attempts.patience(id)) attempts.endByPatience(id);
    else attempts.await(id, this.#again.at(next, id));
  }
}
