// Connections to API servers, behind a load balancer: those of all kubelets, or those of all other
// programs. Each is with one API server and stays there.
//
//   connected ──its API server stops──▶ reset ──within a second──▶ connected, to another
//       │                                  ▲ └─none serves─▶ waiting ──one serves again──▶ reset
//       └─silence: no power, no link─▶ silent ──given up──▶ connected to another, or waiting
//                                        └──the link is back──▶ connected, as before
//
// While all is well this is a number for each and no event.

import {Signal} from '../engine/signal.ts';
import type {EventHandle, EventKind, Simulation} from '../engine/simulation.ts';
import {type Time, toTime} from '../engine/time.ts';
import type {MasterId} from '../machines/masters.ts';

export type ConnectionRules<Id extends number> = {
  /** Who connects, as `node` or `program`. */
  readonly who: string;
  /** Names its chances. */
  nameOf(id: Id): string;
  /** API servers, in the order of their masters' numbers, that may be asked by this one. */
  servers(id: Id): readonly MasterId[];
  serves(server: MasterId): boolean;
  /** The server's machine answers packets of this one, whatever runs on it. */
  answers(server: MasterId, id: Id): boolean;
  /** How often it has started: another run knows nothing of the connections of the one before. */
  runs(server: MasterId): number;
  readonly reconnect: Time;
  readonly backOff: Time;
  readonly silence: readonly [from: Time, to: Time];
};

const states = {connected: 0, silent: 1, reset: 2, waiting: 3} as const;
const noServer = -1;
const noHandle = -1;

export class Connections<Id extends number> {
  readonly lost = new Signal<[id: Id]>();
  readonly found = new Signal<[id: Id]>();
  /** How many are not connected. */
  shut = 0;
  readonly #simulation: Simulation;
  readonly #rules: ConnectionRules<Id>;
  readonly #gaveUp: EventKind<number>;
  readonly #tried: EventKind<number>;
  #states: number[] = [];
  #servers: number[] = [];
  #runs: number[] = [];
  #lostAt: Time[] = [];
  #handles: number[] = [];
  /** Chances that each has taken. */
  #draws: number[] = [];

  constructor(simulation: Simulation, rules: ConnectionRules<Id>) {
    this.#simulation = simulation;
    this.#rules = rules;
    const kind = (what: string) =>
      simulation.event(`control-plane.${rules.who}-${what}`, (id: number) =>
        this.#connect(id as Id),
      );
    this.#gaveUp = kind('gave-up-connection');
    this.#tried = kind('tried-to-connect');
    simulation.part(`control-plane.${rules.who}-connections`, this);
  }

  get count(): number {
    return this.#states.length;
  }

  add(id: Id): void {
    if (id !== this.count) throw new Error(`${this.#rules.who} ${id} connects out of order`);
    this.#draws.push(0);
    const server = this.#choice(id);
    this.#states.push(server === undefined ? states.waiting : states.connected);
    this.#servers.push(server ?? noServer);
    this.#runs.push(server === undefined ? 0 : this.#rules.runs(server));
    this.#lostAt.push(this.#simulation.now);
    this.#handles.push(noHandle);
    if (server === undefined) this.shut++;
  }

  open(id: Id): boolean {
    return this.#states[id] === states.connected;
  }

  /** The API server that it is connected with, or was last. */
  server(id: Id): MasterId | undefined {
    const server = this.#servers[id];
    return server === undefined || server === noServer ? undefined : (server as MasterId);
  }

  /** The program has started anew: it connects at once. */
  renew(id: Id): void {
    const {serves, answers} = this.#rules;
    const server = this.server(id);
    if (this.open(id) && server !== undefined && serves(server) && answers(server, id)) return;
    this.restart(id);
  }

  /** As `renew`, but to whichever server it may ask now. */
  restart(id: Id): void {
    this.#lose(id, states.reset);
    this.#connect(id);
  }

  /** To be called after whatever may have changed for whom. */
  look(id: Id): void {
    const state = this.#states[id];
    if (state === states.connected || state === states.silent) this.#lookAtServer(id);
    else if (state === states.waiting && this.#choice(id) !== undefined) this.#retry(id);
  }

  lookAtAll(): void {
    for (let id = 0; id < this.count; id++) this.look(id as Id);
  }

  #lookAtServer(id: Id): void {
    const {serves, answers, runs, reconnect} = this.#rules;
    const server = this.#servers[id] as MasterId;
    const same = serves(server) && runs(server) === this.#runs[id];
    if (!answers(server, id)) this.#fallSilent(id);
    else if (!same) {
      this.#lose(id, states.reset);
      this.#tryAfter(id, this.#chance(id, 0, reconnect));
    } else if (!this.open(id)) this.#hold(id);
  }

  #fallSilent(id: Id): void {
    if (this.#states[id] === states.silent) return;
    const [from, to] = this.#rules.silence;
    this.#lose(id, states.silent);
    const patience = this.#chance(id, from, to);
    if (patience === 0) this.#connect(id);
    else this.#handles[id] = this.#gaveUp.after(patience, id);
  }

  // As a client's back-off: it doubles, so it is about as long as the outage was, up to a limit.
  #retry(id: Id): void {
    const {reconnect, backOff} = this.#rules;
    const outage = this.#simulation.now - this.#lostAt[id];
    const longest = Math.min(backOff, Math.max(reconnect, outage / 2));
    this.#states[id] = states.reset;
    this.#tryAfter(id, this.#chance(id, 0, longest));
  }

  #tryAfter(id: Id, delay: Time): void {
    this.#cancel(id);
    if (delay === 0) this.#connect(id);
    else this.#handles[id] = this.#tried.after(delay, id);
  }

  #connect(id: Id): void {
    this.#cancel(id);
    const server = this.#choice(id);
    if (server === undefined) {
      this.#states[id] = states.waiting;
      return;
    }
    this.#servers[id] = server;
    this.#runs[id] = this.#rules.runs(server);
    this.#hold(id);
  }

  /** The load balancer deals them out in turn. */
  #choice(id: Id): MasterId | undefined {
    const {servers, serves, answers} = this.#rules;
    const able = servers(id).filter(server => serves(server) && answers(server, id));
    return able.length === 0 ? undefined : able[(id + this.#draws[id]) % able.length];
  }

  #lose(id: Id, state: number): void {
    const was = this.open(id);
    this.#cancel(id);
    this.#states[id] = state;
    if (!was) return;
    this.shut++;
    this.#lostAt[id] = this.#simulation.now;
    this.lost.emit(id);
  }

  #hold(id: Id): void {
    this.#cancel(id);
    this.#states[id] = states.connected;
    this.shut--;
    this.found.emit(id);
  }

  #cancel(id: Id): void {
    const handle = this.#handles[id];
    if (handle === noHandle) return;
    this.#simulation.cancel(handle as EventHandle);
    this.#handles[id] = noHandle;
  }

  #chance(id: Id, from: Time, to: Time): Time {
    if (from === to) return from;
    const {who, nameOf} = this.#rules;
    const question = `control-plane/${who}-connection-of-${nameOf(id)}/${this.#draws[id]++}`;
    return toTime(this.#simulation.passingRandom(question).uniform(from, to));
  }

  save() {
    return {
      states: this.#states.slice(),
      servers: this.#servers.slice(),
      runs: this.#runs.slice(),
      lostAt: this.#lostAt.slice(),
      handles: this.#handles.slice(),
      draws: this.#draws.slice(),
      shut: this.shut,
    };
  }

  restore(saved: ReturnType<Connections<Id>['save']>): void {
    this.#states = saved.states.slice();
    this.#servers = saved.servers.slice();
    this.#runs = saved.runs.slice();
    this.#lostAt = saved.lostAt.slice();
    this.#handles = saved.handles.slice();
    this.#draws = saved.draws.slice();
    this.shut = saved.shut;
  }
}
