// Requests whose program asks others before it answers:
//
//   let in ─▶ its own work ─▶ a step: calls, a sleep, side by side ─▶ all over ─▶ … ─▶ answered
//
// A call that fails for good makes the answer an error, after its step. A client that has gone away
// does not end it: the pod goes on, as real ones do.

import type {EventHandle} from '../../engine/event-table.ts';
import type {RandomStream} from '../../engine/random.ts';
import type {EventKind, Simulation} from '../../engine/simulation.ts';
import type {Time} from '../../engine/time.ts';
import {type Outcome, outcomes} from '../../machines/request-book.ts';
import {type Draw, drawer} from '../../options/drawer.ts';
import type {CallSteps, PlannedSleep} from './application.ts';
import * as attemptColumn from './attempt-columns.ts';
import type {AttemptId, Attempts} from './attempts.ts';
import type {Calling} from './callings.ts';
import {gatewayStatus} from './gateway-status.ts';
import type {HoldingWorkers, Waiting} from './holding-workers.ts';
import type {Packets} from './packets.ts';
import {RowTable} from './row-table.ts';
import type {Endpoint, Server} from './server.ts';
import type {Servers} from './servers.ts';
import {turnedAway} from './station.ts';

type JobId = number & {readonly id: 'job'};

// Columns. The first is 0 where the row is free.
const slot = 0;
const serial = 1;
const port = 2;
/** Ticket of the try that waits for it. */
const attempt = 3;
const step = 4;
const open = 5;
/** Place in the list of outcomes, of the worst call. */
const answer = 6;
const event = 7;
/** Its steps are those of the calling that brought it, one higher; 0: the application's. */
const forwardedBy = 8;
/** 1: its station tells when its own work is done. */
const told = 9;
const width = 10;

export type Work = {
  readonly server: Server;
  readonly endpoint: Endpoint;
  readonly steps: CallSteps;
  readonly work: Time;
};

export type JobParts = {
  readonly attempts: Attempts;
  readonly packets: Packets;
  readonly servers: Servers;
  callings(): readonly Calling[];
  /** Somebody is to be called by a server; whoever has the ticket hears how it went. */
  call(server: Server, calling: number, ticket: number): void;
  broken(id: AttemptId | undefined, server: Server): void;
};

export class Jobs {
  readonly #simulation: Simulation;
  readonly #parts: JobParts;
  readonly #rows = new RowTable(width);
  readonly #worked: EventKind<JobId>;
  readonly #slept: EventKind<JobId>;
  readonly #chances = new Map<number, RandomStream>();
  readonly #sleeps = new Map<string, Draw>();

  constructor(simulation: Simulation, parts: JobParts) {
    this.#simulation = simulation;
    this.#parts = parts;
    this.#worked = simulation.event('traffic.own-work-done', (job: JobId) => {
      this.#rows.set(job, event, 0);
      this.#next(job);
    });
    this.#slept = simulation.event('traffic.slept', (job: JobId) => {
      this.#rows.set(job, event, 0);
      this.#close(job);
    });
  }

  /** False where there is no room for it. */
  begin(id: AttemptId, {server, endpoint, steps, work}: Work): boolean {
    const {attempts} = this.#parts;
    const rows = this.#rows;
    const job = rows.take() as JobId;
    rows.set(job, slot, server.slot + 1);
    rows.set(job, serial, server.serial);
    rows.set(job, port, endpoint.port);
    rows.set(job, attempt, attempts.ticket(id));
    rows.set(job, answer, attempts.rows.get(id, attemptColumn.answer));
    if (steps !== endpoint.application.steps) {
      rows.set(job, forwardedBy, attempts.client(id).calling.id + 1);
    }
    const leaves = endpoint.station.admit(this.#ticket(job), work, this.#simulation.now);
    if (leaves === turnedAway) {
      rows.giveBack(job);
      return false;
    }
    if (leaves < Infinity) this.#rows.set(job, event, this.#worked.at(leaves, job) + 1);
    else if (endpoint.holding?.tells !== false) rows.set(job, told, 1);
    return true;
  }

  /** A station tells; most know beforehand, and have an event. */
  left(ticket: number): void {
    const job = this.#find(ticket);
    if (job === undefined || this.#rows.get(job, told) === 0) return;
    this.#rows.set(job, told, 0);
    this.#next(job);
  }

  /** A call is over. */
  called(ticket: number, outcome: Outcome, {options}: Calling): void {
    const job = this.#find(ticket);
    if (job === undefined) return;
    const rows = this.#rows;
    if (outcome !== 'ok' && !options.optional) {
      const seen = options.gateway ? gatewayStatus(outcome) : 'error';
      rows.set(job, answer, outcomes.indexOf(seen));
    }
    this.#close(job);
  }

  /** One of its step is over. */
  #close(job: JobId): void {
    const left = this.#rows.get(job, open) - 1;
    this.#rows.set(job, open, left);
    if (left === 0) this.#next(job);
  }

  close(server: Server): void {
    const rows = this.#rows;
    for (let job = 0; job < rows.used; job++) {
      if (rows.get(job, slot) !== server.slot + 1 || rows.get(job, serial) !== server.serial) {
        continue;
      }
      const id = this.#parts.attempts.find(rows.get(job, attempt));
      this.#drop(job as JobId);
      this.#parts.broken(id, server);
    }
  }

  save() {
    return this.#rows.save();
  }

  restore(saved: ReturnType<RowTable['save']>): void {
    this.#rows.restore(saved);
  }

  /** Its own work is done, or a step is over. */
  #next(job: JobId): void {
    const rows = this.#rows;
    const {server, endpoint} = this.#placeOf(job);
    const steps = this.#stepsOf(job, endpoint);
    for (;;) {
      const number = rows.get(job, step);
      if (rows.get(job, answer) !== 0 || number === steps.length) {
        this.#answer(job, endpoint);
        return;
      }
      rows.set(job, step, number + 1);
      if (this.#call(job, server, steps[number])) return;
    }
  }

  /** False where chance wants nothing of it. */
  #call(job: JobId, server: Server, step: CallSteps[number]): boolean {
    const wanted: number[] = [];
    let sleeps = 0;
    for (const one of step) {
      if ('sleep' in one) {
        this.#rows.set(job, event, this.#slept.after(this.#sleep(one), job) + 1);
        sleeps = 1;
        continue;
      }
      const {calling, chance, times} = one;
      if (chance < 1 && !this.#happens(calling, chance)) continue;
      for (let i = 0; i < times; i++) wanted.push(calling);
    }
    if (wanted.length + sleeps === 0) return false;
    this.#rows.set(job, open, wanted.length + sleeps);
    const ticket = this.#ticket(job);
    // One that fails at once may be the last that was open, but never before all have begun.
    for (const calling of wanted) this.#parts.call(server, calling, ticket);
    return true;
  }

  #happens(calling: number, chance: number): boolean {
    let stream = this.#chances.get(calling);
    if (stream === undefined) {
      const {name} = this.#parts.callings()[calling].options;
      stream = this.#simulation.random(`traffic.${name}/chances`);
      this.#chances.set(calling, stream);
    }
    return stream.uniform() < chance;
  }

  #sleep({name, sleep}: PlannedSleep): Time {
    let draw = this.#sleeps.get(name);
    if (draw === undefined) {
      draw = drawer(sleep, this.#simulation.random(`traffic.${name}/sleeps`));
      this.#sleeps.set(name, draw);
    }
    return draw();
  }

  #answer(job: JobId, {holding}: Endpoint): void {
    const {attempts, packets} = this.#parts;
    const id = attempts.find(this.#rows.get(job, attempt));
    const how = this.#rows.get(job, answer);
    this.#drop(job);
    const {now} = this.#simulation;
    if (holding !== undefined) this.#turnToNext(holding, holding.release());
    if (id === undefined) return;
    attempts.rows.set(id, attemptColumn.answer, how);
    packets.answerAt(id, now);
  }

  #turnToNext(holding: HoldingWorkers, first: Waiting | undefined): void {
    if (first === undefined) return;
    const job = this.#find(first.ticket);
    if (job === undefined) throw new Error('a request that waits for a worker is unknown');
    const done = holding.begin(first, this.#simulation.now);
    if (done < Infinity) this.#rows.set(job, event, this.#worked.at(done, job) + 1);
  }

  #placeOf(job: JobId): {server: Server; endpoint: Endpoint} {
    const {servers} = this.#parts;
    const server = servers.at(this.#rows.get(job, slot) - 1, this.#rows.get(job, serial));
    if (server === undefined) throw new Error('a request is worked on by nobody');
    return {server, endpoint: servers.endpoint(server, this.#rows.get(job, port))};
  }

  #stepsOf(job: JobId, {application}: Endpoint): CallSteps {
    const by = this.#rows.get(job, forwardedBy);
    if (by === 0) return application.steps;
    return this.#parts.callings()[by - 1].options.forwards ?? application.steps;
  }

  #drop(job: JobId): void {
    const handle = this.#rows.get(job, event);
    if (handle > 0) this.#simulation.cancel((handle - 1) as EventHandle);
    this.#rows.giveBack(job);
  }

  /** Odd, so that they are told from tickets of tries. */
  #ticket(job: JobId): number {
    return this.#rows.ticket(job) * 2 - 1;
  }

  #find(ticket: number): JobId | undefined {
    return this.#rows.rowOf((ticket + 1) / 2) as JobId | undefined;
  }
}
