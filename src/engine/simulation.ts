// One run: clock, run loop, kinds of events, chance, samplers, fingerprint, save and restore. It
// knows nothing of what is simulated. The loop takes the earliest event and calls its kind's
// handler, which changes state and schedules what comes next, until a time is reached.

import {Agenda} from './agenda.ts';
import type {EventKind, Handler} from './event-kind.ts';
import {causeLimit, type EventHandle} from './event-table.ts';
import {Fingerprint} from './fingerprint.ts';
import {InvariantError} from './invariant-error.ts';
import {type Part, Parts, type Saved} from './parts.ts';
import type {RandomStream, SavedStream} from './random.ts';
import {RandomStreams} from './random-streams.ts';
import type {RunOptions, RunResult, TraceListener} from './run-options.ts';
import {Samplers} from './samplers.ts';
import type {SavedEvents} from './saved-events.ts';
import type {Time} from './time.ts';

export type {EventKind} from './event-kind.ts';
export type {EventHandle} from './event-table.ts';
export type {Part, Saved} from './parts.ts';
export type {RunOptions, RunResult, TraceListener} from './run-options.ts';

export interface SimulationOptions {
  readonly seed: number | string;
  readonly replication?: number;
  /** The command that runs the same again, for error messages. */
  readonly repeat?: string;
}

export interface SavedSimulation {
  readonly now: Time;
  readonly eventsHandled: number;
  readonly fingerprint: readonly [number, number];
  readonly counts: ReadonlyMap<string, number>;
  readonly events: SavedEvents;
  readonly streams: ReadonlyMap<string, SavedStream>;
  readonly samplers: readonly Time[];
  readonly parts: ReadonlyMap<string, Saved>;
}

export class Simulation {
  readonly seed: number | string;
  readonly replication: number;
  readonly #repeat: string | undefined;
  readonly #agenda = new Agenda();
  readonly #streams: RandomStreams;
  readonly #samplers = new Samplers();
  readonly #parts = new Parts();
  readonly #fingerprint = new Fingerprint();
  #trace: TraceListener | undefined;
  #eventsHandled = 0;
  #stopped = false;
  #running = false;

  constructor({seed, replication = 0, repeat}: SimulationOptions) {
    this.seed = seed;
    this.replication = replication;
    this.#repeat = repeat;
    this.#streams = new RandomStreams(seed, replication);
  }

  get now(): Time {
    return this.#agenda.now;
  }

  /**
   * What the current event goes back to, as a number that the model gives out; 0: nothing in
   * particular. Events inherit it from the one that schedules them, so that it follows a chain of
   * consequences by itself; whoever starts a chain, or takes up one that was laid aside, sets it.
   * Part of no order and no fingerprint.
   */
  get cause(): number {
    return this.#agenda.queue.cause;
  }

  set cause(cause: number) {
    if (!(cause >= 0 && cause < causeLimit)) throw new RangeError(`no cause can be ${cause}`);
    this.#agenda.queue.cause = cause;
  }

  get eventsHandled(): number {
    return this.#eventsHandled;
  }

  get eventsPending(): number {
    return this.#agenda.queue.size;
  }

  /** When the next event is due, or Infinity. */
  get nextEventTime(): Time {
    return this.#agenda.queue.peek();
  }

  /** Over time, kind's name and operands of every event handled so far, in order. */
  get fingerprint(): string {
    return this.#fingerprint.toString();
  }

  /** How many events of each kind were handled. */
  get profile(): ReadonlyMap<string, number> {
    const {names, counts} = this.#agenda;
    return new Map(names.map((name, kind) => [name, counts[kind]]));
  }

  event(name: string, handler: () => void): EventKind;
  event<A extends number>(name: string, handler: (a: A) => void): EventKind<A>;
  event<A extends number, B extends number>(
    name: string,
    handler: (a: A, b: B) => void,
  ): EventKind<A, B>;
  event(name: string, handler: (...operands: never[]) => void): EventKind {
    return this.#agenda.declare(name, handler as Handler);
  }

  /** False if the event has happened or was cancelled before. */
  cancel(handle: EventHandle): boolean {
    return this.#agenda.queue.cancel(handle);
  }

  /** The one stream of that name; claiming it twice is an error. */
  random(name: string): RandomStream {
    return this.#streams.claim(name);
  }

  /** A stream used up at once, for a question asked once: neither kept nor saved. */
  passingRandom(name: string): RandomStream {
    return this.#streams.passing(name);
  }

  part<S>(name: string, part: Part<S>): void {
    this.#parts.add(name, part as Part);
  }

  /**
   * Sees, every `period`, the state after all events before that time. First one period from now.
   */
  sampler(period: Time, sample: (now: Time) => void): void {
    this.#samplers.add(period, this.now, sample);
  }

  /** Shows every event just before it is handled. */
  trace(listener: TraceListener | undefined): void {
    this.#trace = listener;
  }

  /** Ends the run after the current event. A later `run` goes on. */
  stop(): void {
    this.#stopped = true;
  }

  /**
   * Handles all events up to and including `until`, and leaves the clock there, if it is finite.
   */
  run(until: Time, options: RunOptions = {}): RunResult {
    if (this.#running) throw new Error('run was called by an event or sampler of the same run');
    if (!(until >= this.now)) {
      throw new RangeError(`cannot run until ${until}: it is ${this.now} already`);
    }
    this.#running = true;
    this.#stopped = false;
    try {
      const ended = this.#loop(until, options);
      return {ended, now: this.now, eventsHandled: this.#eventsHandled};
    } finally {
      this.#running = false;
      this.#agenda.queue.cause = 0;
    }
  }

  #loop(
    until: Time,
    {maxEvents = Infinity, progress, progressEvery = 65536}: RunOptions,
  ): RunResult['ended'] {
    const pauseAt = this.#eventsHandled + maxEvents;
    const stride = progress === undefined ? Infinity : progressEvery;
    while (!this.#stopped) {
      if (this.#eventsHandled >= pauseAt) return 'paused';
      // Samples at a time come before the events of that time.
      const due = this.#samplers.due;
      const limit = due <= until ? due - 1 : until;
      const count = Math.min(stride, pauseAt - this.#eventsHandled);
      const exhausted = this.#handleEvents(limit, this.#eventsHandled + count);
      if (this.#stopped) break;
      // Without an end, a run with samplers would go on sampling for ever.
      if (exhausted && (due > until || limitless(until, this.eventsPending))) {
        if (until < Infinity) this.#agenda.now = until;
        return 'done';
      }
      if (exhausted) this.#takeSamples(due);
      else progress?.(this.now, this.#eventsHandled);
    }
    return 'stopped';
  }

  /** True when no event up to `limit` is left. */
  #handleEvents(limit: Time, lastEvent: number): boolean {
    const agenda = this.#agenda;
    const {queue, handlers} = agenda;
    const table = queue.table;
    const fingerprint = this.#fingerprint;
    let kind = 0;
    let a = 0;
    let b = 0;
    let sequence = 0;
    try {
      while (this.#eventsHandled < lastEvent) {
        const slot = queue.pop(limit);
        if (slot < 0) return true;
        const time = table.time[slot];
        sequence = table.sequence(slot);
        kind = table.kind(slot);
        a = table.a(slot);
        b = table.b(slot);
        queue.cause = table.cause(slot);
        agenda.now = time;
        agenda.counts[kind]++;
        this.#eventsHandled++;
        fingerprint.add(time, agenda.hashes[kind], a, b);
        if (this.#trace !== undefined) this.#trace(time, sequence, agenda.names[kind], a, b);
        handlers[kind](a, b);
        if (this.#stopped) return false;
      }
      return false;
    } catch (cause) {
      throw this.#broken(cause, {kind: agenda.names[kind], a, b, sequence});
    }
  }

  #takeSamples(now: Time): void {
    this.#agenda.now = now;
    try {
      this.#samplers.take();
    } catch (cause) {
      throw this.#broken(cause, {kind: 'a sampler', a: 0, b: 0, sequence: this.#eventsHandled});
    }
  }

  #broken(
    cause: unknown,
    event: {kind: string; a: number; b: number; sequence: number},
  ): InvariantError {
    const {seed, replication} = this;
    return new InvariantError(cause, {
      time: this.now,
      ...event,
      seed,
      replication,
      repeat: this.#repeat,
    });
  }

  /** The whole state, between events, as a value that shares nothing with the run. */
  save(): SavedSimulation {
    if (this.#running)
      throw new Error('save was called within an event: its second half is missing');
    return {
      now: this.now,
      eventsHandled: this.#eventsHandled,
      fingerprint: this.#fingerprint.save(),
      counts: this.profile,
      events: this.#agenda.queue.save(this.#agenda.names),
      streams: this.#streams.save(),
      samplers: this.#samplers.save(),
      parts: this.#parts.save(),
    };
  }

  /** Into a simulation freshly built from the same scenario, which then goes on identically. */
  restore(saved: SavedSimulation): void {
    const agenda = this.#agenda;
    agenda.now = saved.now;
    this.#eventsHandled = saved.eventsHandled;
    this.#fingerprint.restore(saved.fingerprint);
    this.#streams.restore(saved.streams);
    this.#parts.restore(saved.parts);
    this.#samplers.restore(saved.samplers, saved.now);
    // After the parts: they may declare kinds while they restore, and what they schedule is void.
    agenda.queue.restore(saved.events, name => agenda.kindOf(name));
    agenda.names.forEach((name, kind) => {
      agenda.counts[kind] = saved.counts.get(name) ?? 0;
    });
  }
}

function limitless(until: Time, eventsPending: number): boolean {
  return until === Infinity && eventsPending === 0;
}
