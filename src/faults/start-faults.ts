// Plays the faults of a scenario: hands the events of each kind to the entry they belong to.

import type {EventKind, Simulation} from '../engine/simulation.ts';
import type {FaultClock, RunningFault} from './fault-clock.ts';
import type {FaultWorld} from './fault-world.ts';
import {faults} from './index.ts';

export type FaultEntry = {
  /** A key of the registry. */
  readonly kind: string;
  /** As it is written; see `faultNames`. */
  readonly name: string | undefined;
  /** As the kind's own schema gives them. */
  readonly options: unknown;
};

export function startFaults(entries: readonly FaultEntry[], world: FaultWorld): void {
  if (entries.length === 0) return;
  const {simulation} = world;
  const names = faultNames(entries);
  const running: RunningFault[] = [];
  const clocks = new Clocks(simulation, running);
  for (const [index, {kind, options}] of entries.entries()) {
    const definition = faults.find(known => known.kind === kind);
    if (definition === undefined) throw new Error(`no fault ${kind}`);
    const name = names[index];
    const fault = definition.create({world, name, options, clock: clocks.of(kind, index)});
    running.push(fault);
    simulation.part(`faults.${name}`, fault);
  }
  // When the run begins, for only then are nodes and objects there.
  const started = simulation.event('faults.started', () => {
    for (const fault of running) fault.start();
  });
  started.at(0);
}

/** One that has no name has its kind's, with a number from the second on. */
export function faultNames(entries: readonly FaultEntry[]): string[] {
  const counts = new Map<string, number>();
  return entries.map(({kind, name}) => {
    if (name !== undefined) return name;
    const count = (counts.get(kind) ?? 0) + 1;
    counts.set(kind, count);
    return count === 1 ? kind : `${kind}-${count}`;
  });
}

/** Kinds of events are few, and entries may be many: one pair a kind of fault. */
class Clocks {
  readonly #simulation: Simulation;
  readonly #running: readonly RunningFault[];
  readonly #kinds = new Map<
    string,
    {begun: EventKind<number, number>; over: EventKind<number, number>}
  >();

  constructor(simulation: Simulation, running: readonly RunningFault[]) {
    this.#simulation = simulation;
    this.#running = running;
  }

  of(kind: string, index: number): FaultClock {
    const {begun, over} = this.#eventsOf(kind);
    return {
      begin: (delay, slot) => void begun.after(delay, index, slot),
      end: (delay, slot) => void over.after(delay, index, slot),
    };
  }

  #eventsOf(kind: string) {
    const known = this.#kinds.get(kind);
    if (known !== undefined) return known;
    const events = {
      begun: this.#simulation.event(`faults.${kind}-begun`, (index: number, slot: number) =>
        this.#running[index].begin(slot),
      ),
      over: this.#simulation.event(`faults.${kind}-over`, (index: number, slot: number) =>
        this.#running[index].end(slot),
      ),
    };
    this.#kinds.set(kind, events);
    return events;
  }
}
