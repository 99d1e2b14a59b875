// Things that are well and broken in turn, each for itself: an alternating renewal process with one
// pending event a thing, however long nothing happens. With repair crews, whoever breaks while all
// are busy waits its turn.
//
//   well ──up──► broken ──down──► well …          broken ──(a crew is free)──► in repair ──down──►

import type {Simulation} from '../engine/simulation.ts';
import type {Causes} from '../objects/causes.ts';
import {type CauseId, noCause} from '../objects/causes.ts';
import type {Distribution} from '../options/distribution.ts';
import {type Draw, drawer} from '../options/drawer.ts';
import type {FaultClock, RunningFault} from './fault-clock.ts';
import {type FirstState, firstStates} from './first-states.ts';
import type {Strike} from './strike.ts';

export type AlternationTimes = {
  readonly up: Distribution;
  readonly down: Distribution;
  readonly start: 'stationary' | 'fresh' | undefined;
  readonly crews: number | undefined;
  readonly until: number | undefined;
};

type Turn<Thing, Part> = {
  readonly thing: Thing;
  readonly up: Draw;
  readonly down: Draw;
  cause: CauseId;
  /** While it is broken. */
  parts: readonly Part[];
};

export class Alternation<Thing, Part> implements RunningFault {
  readonly #options: AlternationOptions<Thing, Part>;
  #turns: Turn<Thing, Part>[] = [];
  /** Crews at work; without a limit they are not counted. */
  #busy = 0;
  /** Slots that wait for a crew, first come first. */
  #waiting: number[] = [];
  #started = false;

  constructor(options: AlternationOptions<Thing, Part>) {
    this.#options = options;
    options.strike.watchJoining(thing => {
      if (this.#started) this.#well(this.#join(thing));
    });
  }

  start(): void {
    const {simulation, name, strike, times} = this.#options;
    const random = (question: string) => simulation.passingRandom(`faults.${name}/${question}`);
    const things = strike.things(() => random('whom'));
    for (const thing of things) this.#join(thing);
    const names = things.map(thing => strike.nameOf(thing));
    for (const [slot, state] of firstStates(times, names, random)) this.#place(slot, state);
    this.#started = true;
  }

  #join(thing: Thing): number {
    this.#turns.push(this.#turn(thing));
    return this.#turns.length - 1;
  }

  #turn(thing: Thing): Turn<Thing, Part> {
    const {simulation, name, strike, times} = this.#options;
    const place = `faults.${name}/${strike.nameOf(thing)}`;
    return {
      thing,
      up: drawer(times.up, simulation.random(`${place}/up`)),
      down: drawer(times.down, simulation.random(`${place}/down`)),
      cause: noCause,
      parts: [],
    };
  }

  #place(slot: number, {state, rest}: FirstState): void {
    if (state === 'well') this.#well(slot, rest);
    else this.#break(slot, rest);
  }

  #well(slot: number, rest = this.#turns[slot].up()): void {
    const {simulation, clock, times} = this.#options;
    simulation.cause = noCause;
    const time = simulation.now + rest;
    const {until = Infinity} = times;
    if (time <= until && Number.isSafeInteger(time)) clock.begin(rest, slot);
  }

  begin(slot: number): void {
    if (this.#options.strike.remains(this.#turns[slot].thing)) this.#break(slot);
  }

  /** `rest` is known at the start only. */
  #break(slot: number, rest?: number): void {
    const {simulation, causes, strike} = this.#options;
    const turn = this.#turns[slot];
    simulation.cause = noCause;
    const target = strike.nameOf(turn.thing);
    turn.cause = causes.begin({origin: 'fault', kind: strike.kind, target});
    turn.parts = strike.partsOf(turn.thing);
    for (const part of turn.parts) strike.take(part);
    if (this.#busy < (this.#options.times.crews ?? Infinity)) this.#repair(slot, rest);
    else this.#waiting.push(slot);
  }

  #repair(slot: number, rest = this.#turns[slot].down()): void {
    this.#busy++;
    this.#options.simulation.cause = this.#turns[slot].cause;
    this.#options.clock.end(rest, slot);
  }

  end(slot: number): void {
    const {simulation, causes, strike} = this.#options;
    const turn = this.#turns[slot];
    simulation.cause = turn.cause;
    for (const part of turn.parts) strike.release?.(part);
    causes.end(turn.cause);
    turn.cause = noCause;
    turn.parts = [];
    this.#busy--;
    const next = this.#waiting.shift();
    if (next !== undefined) this.#repair(next);
    if (strike.remains(turn.thing)) this.#well(slot);
  }

  save() {
    return {
      turns: this.#turns.map(({thing, cause, parts}) => ({thing, cause, parts})),
      busy: this.#busy,
      waiting: this.#waiting,
      started: this.#started,
    };
  }

  restore(saved: unknown): void {
    const {turns, busy, waiting, started} = saved as ReturnType<typeof this.save>;
    this.#turns = turns.map(({thing, ...rest}) => ({...this.#turn(thing), ...rest}));
    this.#busy = busy;
    this.#waiting = waiting;
    this.#started = started;
  }
}

export type AlternationOptions<Thing, Part> = {
  readonly simulation: Simulation;
  readonly causes: Causes;
  readonly name: string;
  readonly strike: Strike<Thing, Part>;
  readonly clock: FaultClock;
  readonly times: AlternationTimes;
};
