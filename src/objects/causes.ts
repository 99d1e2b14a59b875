// What sets chains of consequences going: faults, operations of the timeline, and what happens by
// itself (a container that crashes). Each has a number, which the simulation hands on from event to
// event; so whatever happens can name what it goes back to.

import {causeLimit} from '../engine/event-table.ts';
import {Signal} from '../engine/signal.ts';
import type {Simulation} from '../engine/simulation.ts';
import type {Time} from '../engine/time.ts';

export type CauseId = number & {readonly id: 'cause'};

/** What was there at the start, and all that follows from it undisturbed. */
export const noCause = 0 as CauseId;

export type NewCause = {
  readonly origin: 'fault' | 'operation' | 'itself';
  /** As the scenario names it, `node-crash` or `drain`; else a word for it, `container-crash`. */
  readonly kind: string;
  /** What it acted on: `node/general-3`, `pod/shop/web-x`, `zone/a`. */
  readonly target: string;
};

export type Cause = NewCause & {
  readonly time: Time;
  /** What it goes back to itself: a leak that a fault began ends in an OOM kill. */
  readonly parent: CauseId;
  /** When it was over, for what lasts and has ended. */
  readonly until?: Time;
};

// One number is kept for all that come after the numbers are used up.
const last = causeLimit - 1;

export class Causes {
  readonly began = new Signal<[cause: CauseId]>();
  /** What sets it going is over (power is back); what follows from it may go on. */
  readonly ended = new Signal<[cause: CauseId]>();
  readonly #simulation: Simulation;
  #causes: Cause[] = [];

  constructor(simulation: Simulation) {
    this.#simulation = simulation;
    simulation.part('objects.causes', this);
  }

  /** From here on the current event, and what follows from it, goes back to this. */
  begin(cause: NewCause): CauseId {
    const parent = this.#simulation.cause as CauseId;
    const id = Math.min(this.#causes.length + 1, last) as CauseId;
    if (this.#causes.length < last) {
      this.#causes.push({...cause, time: this.#simulation.now, parent});
    }
    this.#simulation.cause = id;
    this.began.emit(id);
    return id;
  }

  /** For a fault that lasts: it is over. From here on this is what the event goes back to. */
  end(id: CauseId): void {
    this.#simulation.cause = id;
    const cause = this.get(id);
    if (cause !== undefined) this.#causes[id - 1] = {...cause, until: this.#simulation.now};
    this.ended.emit(id);
  }

  /** `undefined` for no cause. */
  get(id: CauseId): Cause | undefined {
    return this.#causes[id - 1];
  }

  /** The one at the beginning of its chain. */
  root(id: CauseId): CauseId {
    let root = id;
    for (let up = this.get(root)?.parent; up; up = this.get(root)?.parent) root = up;
    return root;
  }

  *all(): Generator<[CauseId, Cause]> {
    for (const [index, cause] of this.#causes.entries()) yield [(index + 1) as CauseId, cause];
  }

  save(): readonly Cause[] {
    return this.#causes.slice();
  }

  restore(saved: readonly Cause[]): void {
    this.#causes = saved.slice();
  }
}
