// Connections that clients keep. A connection stays with the pod that it was made to, whatever the
// EndpointSlices say (conntrack); so does every request on it. A client takes the one that it used
// last, opens another while it may, and else waits for one to be free.
//
// The client closes what is too old or was idle for too long as it looks for one: nobody needs to
// know earlier. A pod that ends by itself closes its connections; one whose machine is lost does
// not, and the client finds out by waiting in vain.

import type {Simulation} from '../../engine/simulation.ts';
import type {Time} from '../../engine/time.ts';
import type {Machines} from '../../machines/machines.ts';
import type {Outcome} from '../../machines/request-book.ts';
import * as column from './attempt-columns.ts';
import type {AttemptId, Attempts} from './attempts.ts';
import type {KeepAliveOptions} from './calling.ts';
import type {Servers} from './servers.ts';

type Connection = {
  readonly id: number;
  /** Of its server; -1 until there is one. */
  slot: number;
  serial: number;
  port: number;
  node: number;
  entry: number;
  established: boolean;
  opened: Time;
  used: Time;
  requests: number;
  streams: number;
  /** When something was first sent to a machine that was lost by then; -1: never. */
  unanswered: Time;
  /** No new request goes over it. */
  retired: boolean;
};

export class Pool {
  readonly options: KeepAliveOptions;
  /** Numbers of its connections. */
  all: number[] = [];
  idle: number[] = [];
  /** Tickets of tries that wait for one. */
  waiting: number[] = [];
  next = 0;

  constructor(options: KeepAliveOptions) {
    this.options = options;
  }

  save() {
    const {all, idle, waiting, next} = this;
    return {all: [...all], idle: [...idle], waiting: [...waiting], next};
  }

  restore(saved: ReturnType<Pool['save']>): void {
    this.all = [...saved.all];
    this.idle = [...saved.idle];
    this.waiting = [...saved.waiting];
    this.next = saved.next;
  }
}

export type PoolParts = {
  readonly attempts: Attempts;
  readonly servers: Servers;
  readonly machines: Machines;
  /** A new connection is to be made for it. */
  connect(id: AttemptId): void;
  /** It goes over one that there is. */
  send(id: AttemptId): void;
};

export class Pools {
  readonly #simulation: Simulation;
  readonly #parts: PoolParts;
  #connections: (Connection | undefined)[] = [];
  #free: number[] = [];

  constructor(simulation: Simulation, parts: PoolParts) {
    this.#simulation = simulation;
    this.#parts = parts;
  }

  take(id: AttemptId, pool: Pool): void {
    const {attempts} = this.#parts;
    const {connections, multiplexed} = pool.options;
    const found = multiplexed ? this.#shared(pool) : this.#idle(pool);
    if (found?.established) this.#use(id, found);
    else if (found === undefined && pool.all.length < connections) this.#open(id, pool);
    else {
      pool.waiting.push(attempts.ticket(id));
      attempts.endByPatience(id);
    }
  }

  /** The target is chosen; true where the request goes over what there is to it. */
  reuse(id: AttemptId, pool: Pool): boolean {
    const {rows} = this.#parts.attempts;
    const serial = rows.get(id, column.serial);
    for (let place = pool.idle.length - 1; place >= 0; place--) {
      const connection = this.#connections[pool.idle[place]];
      if (connection?.serial !== serial || connection.port !== rows.get(id, column.port)) continue;
      pool.idle.splice(place, 1);
      if (this.#usable(connection, pool.options)) {
        this.#use(id, connection);
        return true;
      }
      this.#retire(connection, pool);
      this.#discard(connection);
    }
    this.#add(id, pool);
    return false;
  }

  /** Its request is at the server. */
  established(id: AttemptId, pool: Pool): void {
    const connection = this.#of(id);
    if (connection.established) return;
    const {rows} = this.#parts.attempts;
    connection.slot = rows.get(id, column.slot);
    connection.serial = rows.get(id, column.serial);
    connection.port = rows.get(id, column.port);
    connection.entry = rows.get(id, column.entry);
    connection.node = this.#nodeOf(connection);
    connection.established = true;
    connection.opened = this.#simulation.now;
    if (pool.options.multiplexed) this.#serveWaiting(pool);
  }

  /** A try that went over that connection is over. */
  done(number: number, pool: Pool, outcome: Outcome): void {
    const connection = this.#connections[number - 1];
    if (connection === undefined) return;
    connection.streams--;
    connection.used = this.#simulation.now;
    const lost = !connection.established || breaks(outcome, pool.options.multiplexed);
    if (lost) this.#retire(connection, pool);
    if (connection.retired) {
      if (connection.streams === 0) this.#discard(connection);
    } else if (!pool.options.multiplexed) pool.idle.push(connection.id);
    if (pool.options.byTarget === true) this.#dropOldest(pool);
    this.#serveWaiting(pool);
  }

  /** All are closed, and nobody waits any more. */
  close(pool: Pool): void {
    for (const number of pool.all) {
      const connection = this.#connections[number];
      if (connection !== undefined) this.#discard(connection);
    }
    [pool.all, pool.idle, pool.waiting] = [[], [], []];
  }

  save() {
    return {
      connections: this.#connections.map(each => each && {...each}),
      free: [...this.#free],
    };
  }

  restore({connections, free}: ReturnType<Pools['save']>): void {
    this.#connections = connections.map(each => each && {...each});
    this.#free = [...free];
  }

  #open(id: AttemptId, pool: Pool): void {
    this.#add(id, pool);
    this.#parts.connect(id);
  }

  #add(id: AttemptId, pool: Pool): void {
    const number = this.#free.pop() ?? this.#connections.length;
    const {now} = this.#simulation;
    this.#connections[number] = {
      ...{id: number, slot: -1, serial: -1, port: 0, node: -1, entry: 0},
      ...{established: false, opened: now, used: now, requests: 1, streams: 1},
      ...{unanswered: -1, retired: false},
    };
    pool.all.push(number);
    this.#parts.attempts.rows.set(id, column.connection, number + 1);
  }

  /** As nginx: there is no limit to those in use. */
  #dropOldest(pool: Pool): void {
    if (pool.idle.length <= pool.options.connections) return;
    const number = pool.idle.shift() ?? -1;
    const connection = this.#connections[number];
    if (connection === undefined) return;
    this.#retire(connection, pool);
    this.#discard(connection);
  }

  #use(id: AttemptId, connection: Connection): void {
    const {rows} = this.#parts.attempts;
    connection.requests++;
    connection.streams++;
    if (connection.unanswered < 0 && this.#isLost(connection)) {
      connection.unanswered = this.#simulation.now;
    }
    rows.set(id, column.connection, connection.id + 1);
    rows.set(id, column.slot, connection.slot);
    rows.set(id, column.serial, connection.serial);
    rows.set(id, column.port, connection.port);
    rows.set(id, column.entry, connection.entry);
    this.#parts.send(id);
  }

  #idle(pool: Pool): Connection | undefined {
    for (;;) {
      const number = pool.idle.pop();
      if (number === undefined) return undefined;
      const connection = this.#connections[number];
      if (connection === undefined) continue;
      if (this.#usable(connection, pool.options)) return connection;
      this.#retire(connection, pool);
      this.#discard(connection);
    }
  }

  /** One after the other; another is opened while there may be more. */
  #shared(pool: Pool): Connection | undefined {
    for (;;) {
      if (pool.all.length < pool.options.connections) return undefined;
      pool.next = (pool.next + 1) % pool.all.length;
      const connection = this.#connections[pool.all[pool.next]];
      if (connection === undefined) throw new Error('a connection is in a pool and is not');
      if (!connection.established || this.#usable(connection, pool.options)) return connection;
      this.#retire(connection, pool);
      if (connection.streams === 0) this.#discard(connection);
    }
  }

  #usable(connection: Connection, options: KeepAliveOptions): boolean {
    const {now} = this.#simulation;
    const {requests, age, idle, silence = Infinity} = options;
    const {unanswered} = connection;
    if (connection.requests >= requests || now - connection.opened >= age) return false;
    if (connection.streams === 0 && now - connection.used >= idle) return false;
    // As TCP with tcp_retries2 = 15: an error once nothing has been acknowledged for 924.6 s.
    if (unanswered >= 0 && now - unanswered >= silence) return false;
    const server = this.#parts.servers.at(connection.slot, connection.serial);
    if (server !== undefined) return server.state !== 'closed';
    return this.#isLost(connection);
  }

  #isLost({node}: Connection): boolean {
    return node >= 0 && !this.#parts.machines.powered(node as never);
  }

  #retire(connection: Connection, pool: Pool): void {
    connection.retired = true;
    const place = pool.all.indexOf(connection.id);
    if (place >= 0) pool.all.splice(place, 1);
  }

  #discard({id}: Connection): void {
    this.#connections[id] = undefined;
    this.#free.push(id);
  }

  /** Those who wait, as long as there is something for them. */
  #serveWaiting(pool: Pool): void {
    if (pool.waiting.length === 0) return;
    const {attempts} = this.#parts;
    let count = pool.waiting.length;
    while (count-- > 0) {
      const room = pool.options.multiplexed || pool.idle.length > 0;
      if (!room && pool.all.length >= pool.options.connections) return;
      const id = attempts.find(pool.waiting.shift() ?? 0);
      if (id === undefined) continue;
      attempts.forget(id);
      this.take(id, pool);
    }
  }

  #of(id: AttemptId): Connection {
    const number = this.#parts.attempts.rows.get(id, column.connection);
    const connection = this.#connections[number - 1];
    if (connection === undefined) throw new Error('a try goes over a connection that is closed');
    return connection;
  }

  #nodeOf({slot, serial}: Connection): number {
    return this.#parts.servers.at(slot, serial)?.node ?? -1;
  }
}

/** Whoever stops waiting for an answer closes the connection, if nobody else is on it. */
function breaks(outcome: Outcome, multiplexed: boolean): boolean {
  if (outcome === 'timeout') return !multiplexed;
  return outcome === 'reset' || outcome === 'refused' || outcome === 'connect-timeout';
}
