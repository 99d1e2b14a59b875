// A fault that happens at a time, or again and again as a whole: all whom it strikes are struck at
// once and come back together, which is how one zone or rack brings many down. Occurrences may
// overlap; each has a slot while it lasts.

import type {Simulation} from '../engine/simulation.ts';
import type {CauseId, Causes} from '../objects/causes.ts';
import {type Draw, drawer} from '../options/drawer.ts';
import type {FaultClock, RunningFault} from './fault-clock.ts';
import type {FaultTimes} from './fault-times.ts';
import {namesOf, type Strike} from './strike.ts';

type Occurrence<Part> = {readonly cause: CauseId; readonly parts: readonly Part[]};

export class Occasions<Thing, Part> implements RunningFault {
  readonly #simulation: Simulation;
  readonly #causes: Causes;
  readonly #name: string;
  readonly #strike: Strike<Thing, Part>;
  readonly #clock: FaultClock;
  readonly #times: FaultTimes;
  readonly #gap: Draw | undefined;
  readonly #lasts: Draw | undefined;
  #lasting: (Occurrence<Part> | undefined)[] = [];
  #count = 0;

  constructor({simulation, causes, name, strike, clock, times}: OccasionsOptions<Thing, Part>) {
    this.#simulation = simulation;
    this.#causes = causes;
    this.#name = name;
    this.#strike = strike;
    this.#clock = clock;
    this.#times = times;
    const random = (question: string) => simulation.random(`faults.${name}/${question}`);
    this.#gap = times.every && drawer(times.every, random('every'));
    // Of a sudden fault `lasts` is its own, if it has such an option.
    const lasts = strike.release === undefined ? undefined : times.lasts;
    this.#lasts = lasts && drawer(lasts, random('lasts'));
  }

  start(): void {
    const first = this.#times.at ?? this.#gap?.();
    if (first !== undefined) this.#expect(first);
  }

  #expect(delay: number): void {
    const {until = Infinity} = this.#times;
    const time = this.#simulation.now + delay;
    if (time <= until && Number.isSafeInteger(time)) this.#clock.begin(delay, 0);
  }

  begin(): void {
    this.#simulation.cause = 0;
    const gap = this.#gap?.();
    if (gap !== undefined) this.#expect(gap);
    // A stream for each occurrence, so that one more draw in one of them moves no other.
    const question = `faults.${this.#name}/whom/${this.#count++}`;
    const things = this.#strike.things(() => this.#simulation.passingRandom(question));
    if (things.length === 0) return;
    const target = namesOf(things.map(thing => this.#strike.nameOf(thing)));
    const cause = this.#causes.begin({origin: 'fault', kind: this.#strike.kind, target});
    const parts = things.flatMap(thing => this.#strike.partsOf(thing));
    for (const part of parts) this.#strike.take(part);
    const lasts = this.#lasts?.();
    if (this.#strike.release === undefined || lasts === undefined) return;
    this.#clock.end(lasts, this.#slot({cause, parts}));
  }

  end(slot: number): void {
    const occurrence = this.#lasting[slot];
    if (occurrence === undefined) throw new Error(`no fault ${this.#name} lasts in slot ${slot}`);
    this.#lasting[slot] = undefined;
    this.#simulation.cause = occurrence.cause;
    for (const part of occurrence.parts) this.#strike.release?.(part);
    this.#causes.end(occurrence.cause);
  }

  #slot(occurrence: Occurrence<Part>): number {
    const free = this.#lasting.indexOf(undefined);
    const slot = free === -1 ? this.#lasting.length : free;
    this.#lasting[slot] = occurrence;
    return slot;
  }

  save() {
    return {lasting: this.#lasting, count: this.#count};
  }

  restore(saved: unknown): void {
    const {lasting, count} = saved as ReturnType<typeof this.save>;
    this.#lasting = lasting;
    this.#count = count;
  }
}

export type OccasionsOptions<Thing, Part> = {
  readonly simulation: Simulation;
  readonly causes: Causes;
  readonly name: string;
  readonly strike: Strike<Thing, Part>;
  readonly clock: FaultClock;
  readonly times: FaultTimes;
};
