// Requests that somebody waits for, and their calls:
//
//   begun ─▶ step: its calls go out ─▶ all answered ─▶ next step ─▶ … ─▶ over
//                  └ tried again, or copied when the answer is late
//
// Each is a row of numbers. A request with a call that failed for good is over after that step.

import type {EventHandle} from '../../engine/event-table.ts';
import type {EventKind, Simulation} from '../../engine/simulation.ts';
import type {Call, ClientId, ClientOptions} from './client.ts';
import type {Record} from './record.ts';
import {type Outcome, outcomes} from './record.ts';
import {RowTable} from './row-table.ts';
import type {Services} from './services.ts';
import {refused, turnedAway} from './station.ts';

type RequestId = number & {readonly id: 'request'};
type CallId = number & {readonly id: 'call'};

export type Client = {readonly options: ClientOptions; readonly record: Record};

// Columns of a request; `outcome` is the worst so far, as a place in the list of outcomes.
const client = 0;
const begun = 1;
const step = 2;
const open = 3;
const outcome = 4;
const sentFrom = 5;
// Columns of a call. A handle of 0 is none: `event` and `hedge` are kept one higher.
const request = 0;
const place = 1;
const tries = 2;
const event = 3;
const hedge = 4;
/** The other copy's row, one higher. */
const twin = 5;
const firstTried = 6;
const mostTries = 10;

export class Requests {
  /** A request is over: closed clients then think. */
  readonly #over: (client: ClientId, from: number) => void;
  readonly #clients: readonly Client[];
  readonly #services: Services;
  readonly #simulation: Simulation;
  readonly #requests = new RowTable(6);
  readonly #calls = new RowTable(firstTried + mostTries);
  readonly #answered: EventKind<CallId>;
  readonly #late: EventKind<CallId>;

  constructor(
    simulation: Simulation,
    parts: {
      services: Services;
      clients: readonly Client[];
      over: (client: ClientId, from: number) => void;
    },
  ) {
    this.#simulation = simulation;
    this.#services = parts.services;
    this.#clients = parts.clients;
    this.#over = parts.over;
    this.#answered = simulation.event('traffic.call-answered', (call: CallId) => {
      this.#calls.set(call, event, 0);
      this.#judge(call);
    });
    this.#late = simulation.event('traffic.answer-late', (call: CallId) => this.#copy(call));
  }

  begin(who: ClientId, from: number): void {
    const row = this.#requests.take() as RequestId;
    this.#requests.set(row, client, who);
    this.#requests.set(row, sentFrom, from);
    this.#requests.set(row, begun, this.#simulation.now);
    this.#startStep(row);
  }

  /** A station that shares its processors tells when one leaves; others told it beforehand. */
  left(ticket: number): void {
    const call = this.#calls.rowOf(ticket) as CallId | undefined;
    if (call !== undefined && this.#calls.get(call, event) === 0) this.#judge(call);
  }

  broken(ticket: number): void {
    const call = this.#calls.rowOf(ticket) as CallId | undefined;
    if (call === undefined) return;
    this.#forget(call, event);
    this.#failed(call, 'reset');
  }

  save(): unknown {
    return [this.#requests.save(), this.#calls.save()];
  }

  restore(saved: unknown): void {
    const [requests, calls] = saved as ReturnType<RowTable['save']>[];
    this.#requests.restore(requests);
    this.#calls.restore(calls);
  }

  #startStep(row: RequestId): void {
    const {options} = this.#clientOf(row);
    const calls = options.steps[this.#requests.get(row, step)];
    this.#requests.set(row, open, calls.length);
    for (let i = 0; i < calls.length; i++) {
      const call = this.#create(row, i);
      if (options.hedgeAfter !== undefined) {
        this.#calls.set(call, hedge, this.#late.after(options.hedgeAfter, call) + 1);
      }
      this.#try(call);
    }
  }

  #create(row: RequestId, index: number): CallId {
    const call = this.#calls.take() as CallId;
    this.#calls.set(call, request, row);
    this.#calls.set(call, place, index);
    return call;
  }

  #try(call: CallId): void {
    const row = this.#requestOf(call);
    const {record, options} = this.#clientOf(row);
    const from = this.#requests.get(row, sentFrom);
    const {now} = this.#simulation;
    const {service, work} = this.#callOf(call);
    const count = this.#calls.get(call, tries);
    const tried = options.tryOthers && count > 0 ? this.#triedBy(call, count, service) : [];
    const endpoint = this.#services.choose(service, {now, tried, from});
    this.#calls.set(call, firstTried + count, endpoint);
    this.#calls.set(call, tries, count + 1);
    record.attempts++;
    const station = this.#services.all[service].endpoints[endpoint];
    const leaves = station.admit(this.#calls.ticket(call), work(), now);
    if (leaves === refused) this.#failed(call, 'refused');
    else if (leaves === turnedAway) this.#failed(call, 'rejected');
    else if (leaves < Infinity) {
      this.#calls.set(call, event, this.#answered.at(leaves, call) + 1);
    }
  }

  /** Once all were tried, all may be tried again. */
  #triedBy(call: CallId, count: number, service: Call['service']): number[] {
    const endpoints = this.#services.all[service].endpoints.length;
    const recent = count % endpoints;
    return Array.from({length: recent}, (_, i) =>
      this.#calls.get(call, firstTried + count - recent + i),
    );
  }

  /** An answer has come. */
  #judge(call: CallId): void {
    const {fails} = this.#services.all[this.#callOf(call).service];
    if (fails?.()) this.#failed(call, 'error');
    else this.#finish(call, 'ok');
  }

  #failed(call: CallId, how: Outcome): void {
    const {options} = this.#clientOf(this.#requestOf(call));
    if (this.#calls.get(call, tries) < options.tries) this.#try(call);
    else if (this.#calls.get(call, twin) > 0) this.#drop(call);
    else this.#finish(call, how);
  }

  /** The other copy may still be answered. */
  #drop(call: CallId): void {
    this.#calls.set(this.#calls.get(call, twin) - 1, twin, 0);
    this.#calls.giveBack(call);
  }

  #copy(call: CallId): void {
    this.#calls.set(call, hedge, 0);
    const copy = this.#create(this.#requestOf(call), this.#calls.get(call, place));
    this.#calls.set(call, twin, copy + 1);
    this.#calls.set(copy, twin, call + 1);
    this.#try(copy);
  }

  #finish(call: CallId, how: Outcome): void {
    const row = this.#requestOf(call);
    const other = this.#calls.get(call, twin);
    if (other > 0) this.#abandon((other - 1) as CallId);
    this.#abandon(call);
    const worst = Math.max(this.#requests.get(row, outcome), outcomes.indexOf(how));
    this.#requests.set(row, outcome, worst);
    const left = this.#requests.get(row, open) - 1;
    this.#requests.set(row, open, left);
    if (left === 0) this.#endStep(row);
  }

  #abandon(call: CallId): void {
    this.#forget(call, event);
    this.#forget(call, hedge);
    this.#calls.giveBack(call);
  }

  #forget(call: CallId, column: number): void {
    const handle = this.#calls.get(call, column);
    if (handle > 0) this.#simulation.cancel((handle - 1) as EventHandle);
    this.#calls.set(call, column, 0);
  }

  #endStep(row: RequestId): void {
    const {options, record} = this.#clientOf(row);
    const how = outcomes[this.#requests.get(row, outcome)];
    const next = this.#requests.get(row, step) + 1;
    if (how === 'ok' && next < options.steps.length) {
      this.#requests.set(row, step, next);
      this.#startStep(row);
      return;
    }
    if (how === 'ok') record.answered(this.#simulation.now - this.#requests.get(row, begun));
    else record.ended(how);
    const who = this.#requests.get(row, client) as ClientId;
    const from = this.#requests.get(row, sentFrom);
    this.#requests.giveBack(row);
    this.#over(who, from);
  }

  #requestOf(call: CallId): RequestId {
    return this.#calls.get(call, request) as RequestId;
  }

  #clientOf(row: RequestId): Client {
    return this.#clients[this.#requests.get(row, client)];
  }

  #callOf(call: CallId): Call {
    const row = this.#requestOf(call);
    const {options} = this.#clientOf(row);
    return options.steps[this.#requests.get(row, step)][this.#calls.get(call, place)];
  }
}
