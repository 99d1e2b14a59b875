// Sends requests on their ways: to the target that their destination names, over a connection of
// their own or a kept one, and counts what they came to.

import type {Simulation} from '../../engine/simulation.ts';
import type {Links, Place} from '../../machines/links.ts';
import type {NodeId} from '../../objects/ids.ts';
import {emptyRoute, nameKnown} from '../destination.ts';
import type {SynSchedule} from '../rules/syn-retransmission.ts';
import * as column from './attempt-columns.ts';
import type {AttemptId, Ended} from './attempts.ts';
import type {CallingId} from './calling.ts';
import type {ClientPlace} from './client-places.ts';
import type {Hops} from './hops.ts';
import {silenceEnds} from './packets.ts';
import {assemble, type Parts} from './parts.ts';
import {Pool} from './pools.ts';
import type {RecordOptions} from './record.ts';
import type {Server} from './server.ts';
import type {Surroundings} from './servers.ts';
import {countNear} from './visits.ts';

export type SenderOptions = Surroundings & {
  readonly simulation: Simulation;
  readonly links: Links;
  readonly hops: Hops;
  readonly record?: RecordOptions;
  /** When first packets are sent again; as a new kernel does unless it is said. */
  readonly syn?: SynSchedule;
};

/** Its serial, and its template's number. */
export type CallingPod = {readonly serial: number; readonly template: number};

const noneTried: readonly number[] = [];

export class Sender {
  readonly parts: Parts;
  readonly #simulation: Simulation;
  readonly #options: SenderOptions;
  readonly #route = emptyRoute();

  constructor(options: SenderOptions) {
    this.#simulation = options.simulation;
    this.#options = options;
    this.parts = assemble(options, this);
  }

  /** `pod`: the one that calls, if it is one. */
  addClient(id: CallingId, place: Place, pod?: CallingPod): ClientPlace {
    const calling = this.parts.callings.all[id];
    const {keepAlive} = calling.options;
    const name = place === undefined ? undefined : this.#options.machines.zone(place);
    const zone = this.parts.servers.columns.zoneNumber(name);
    const pool = keepAlive && new Pool(keepAlive);
    const who = {place, pod: pod?.serial, template: pod?.template, zone};
    return this.parts.clients.add({...who, calling, pool}, this.#simulation.now);
  }

  removeClient(client: ClientPlace): void {
    // Stations know it by its number.
    if (client.calling.plain) this.parts.serving.awaitAll();
    const follower = this.withdraw(client);
    if (follower !== undefined) {
      this.parts.redirects.forget(client);
      this.removeClient(follower);
    }
    this.parts.clients.remove(client, this.#simulation.now);
  }

  begin(client: ClientPlace, parent: number): void {
    const {calling} = client;
    const {retries, hedgeAfter} = calling.options;
    calling.underWay++;
    if (retries !== undefined || hedgeAfter !== undefined) this.parts.retries.begin(client, parent);
    else this.start(this.parts.attempts.create(client, parent, 0), noneTried);
  }

  beginPlain(client: ClientPlace): void {
    const route = this.#route;
    route.search = 0;
    route.entry = undefined;
    client.calling.options.destination.route(client, route, noneTried);
    if (this.parts.plain.begin(client, route)) return;
    this.#follow(this.parts.attempts.create(client, 0, 0));
  }

  callFrom(server: Server, id: CallingId, ticket: number): void {
    const client = server.callers[id] ?? this.addClient(id, server.node, podOf(server));
    server.callers[id] = client;
    client.calling.record.sent++;
    this.begin(client, ticket);
  }

  start(id: AttemptId, avoid: readonly number[]): void {
    const {pool} = this.parts.attempts.client(id);
    if (pool === undefined || pool.options.byTarget === true) this.connect(id, avoid);
    else this.parts.pools.take(id, pool);
  }

  connect(id: AttemptId, avoid: readonly number[]): void {
    const client = this.parts.attempts.client(id);
    const {rows} = this.parts.attempts;
    const sent = rows.get(id, column.again) > 0;
    this.#route.search = sent ? nameKnown : rows.get(id, column.search);
    this.#route.entry = sent ? entryOf(rows.get(id, column.entry)) : undefined;
    client.calling.options.destination.route(client, this.#route, avoid);
    this.#follow(id);
  }

  /** Where the route says. */
  #follow(id: AttemptId): void {
    const {rows} = this.parts.attempts;
    const {arrival, target, delay, entry} = this.#route;
    const sent = rows.get(id, column.again) > 0;
    const at = this.#simulation.now + delay;
    if (!sent) rows.set(id, column.first, at);
    if (entry !== undefined) rows.set(id, column.entry, entry + 1);
    switch (arrival) {
      case 'refused':
        return this.parts.attempts.endAt(id, at, 'refused');
      case 'unresolved':
        return this.parts.attempts.endAt(id, at, 'unresolved');
      case 'searching':
        rows.set(id, column.search, this.#route.search);
        return this.parts.packets.searchLater(id, at);
      case 'http-308':
      case 'http-404':
      case 'http-503':
      case 'bad-certificate':
        return this.parts.attempts.endAt(id, at, arrival);
      case 'dropped':
        return this.parts.packets.knockLater(id);
    }
    if (target === undefined) throw new Error('a route leads there and has no target');
    const server = this.parts.servers.find(target);
    rows.set(id, column.serial, server?.serial ?? target.serial);
    rows.set(id, column.slot, server?.slot ?? -1);
    rows.set(id, column.port, target.port);
    if (sent || !this.#reuses(id)) this.parts.packets.knock(id, server);
  }

  /** A proxy goes over a connection to its target that it has kept. */
  #reuses(id: AttemptId): boolean {
    const {pool} = this.parts.attempts.client(id);
    return pool?.options.byTarget === true && this.parts.pools.reuse(id, pool);
  }

  sendOnKept(id: AttemptId): void {
    const {rows} = this.parts.attempts;
    const server = this.parts.servers.at(rows.get(id, column.slot), rows.get(id, column.serial));
    const {now} = this.#simulation;
    if (server !== undefined) this.parts.packets.send(id, server, now);
    // Its machine is lost, and nobody has told.
    else this.parts.attempts.endAt(id, now + silenceEnds, 'timeout');
  }

  arrived(id: AttemptId, server: Server): void {
    const {pool} = this.parts.attempts.client(id);
    if (pool !== undefined && server.state !== 'closed') this.parts.pools.established(id, pool);
    this.parts.serving.serve(id, server);
  }

  ended(ended: Ended): void {
    const {client, connection, outcome} = ended;
    const {destination} = client.calling.options;
    if (destination.answered !== undefined && (outcome === 'ok' || outcome === 'error')) {
      destination.answered(client, ended.serial, ended.at - ended.begun);
    }
    if (connection > 0 && client.pool !== undefined) {
      this.parts.pools.done(connection, client.pool, outcome);
    }
    if (ended.request > 0) this.parts.retries.tryOver(ended);
    else this.conclude(ended);
  }

  conclude(ended: Ended): void {
    const {client, parent, outcome, begun, near, at} = ended;
    const {calling} = client;
    const {record, options} = calling;
    if (outcome === 'http-308' && options.redirected !== undefined) {
      return this.parts.redirects.follow(ended, options.redirected);
    }
    if (!calling.plain) calling.underWay--;
    if (outcome === 'ok') {
      if (near > 0) countNear(record, near);
      record.answered(at - begun, at);
    } else record.ended(outcome, at - begun, at);
    if (parent < 0) this.parts.jobs.called(parent, outcome, calling);
    else if (parent > 0) this.parts.redirects.over(parent, outcome, at);
    options.over?.(client);
  }

  /** Tries of one request: neither may take the connection that the other leaves. */
  abandon(one: AttemptId | undefined, other: AttemptId | undefined): void {
    const known = one ?? other;
    if (known === undefined) return;
    const {pool} = this.parts.attempts.client(known);
    const [first, second] = [this.#drop(one), this.#drop(other)];
    if (pool === undefined) return;
    if (first > 0) this.parts.pools.done(first, pool, 'timeout');
    if (second > 0) this.parts.pools.done(second, pool, 'timeout');
  }

  /** Returns who goes on for it where it was redirected. */
  withdraw(client: ClientPlace): ClientPlace | undefined {
    const {calling, pool} = client;
    const {rows} = this.parts.attempts;
    const {follower, count: redirected} = this.parts.redirects.withdraw(client);
    if (follower !== undefined) this.withdraw(follower);
    let count = redirected + this.parts.retries.withdraw(client);
    for (const id of [...this.parts.attempts.all()]) {
      if (rows.get(id, column.client) !== client.slot + 1) continue;
      this.parts.attempts.drop(id);
      count++;
    }
    if (pool !== undefined) this.parts.pools.close(pool);
    calling.record.sent -= count;
    if (!calling.plain) calling.underWay -= count;
    for (let i = 0; i < count; i++) calling.options.over?.(client);
    return follower;
  }

  /** Returns the connection that it went over, if any. */
  #drop(id: AttemptId | undefined): number {
    if (id === undefined) return 0;
    const connection = this.parts.attempts.rows.get(id, column.connection);
    this.parts.attempts.drop(id);
    return connection;
  }
}

/** Of an address that is no pod's: none. */
function podOf({pod, serial, template}: Server): CallingPod | undefined {
  return pod === undefined ? undefined : {serial, template};
}

/** The node at which it went in before. */
function entryOf(one: number): Place {
  return one === 0 ? undefined : ((one - 1) as NodeId);
}
