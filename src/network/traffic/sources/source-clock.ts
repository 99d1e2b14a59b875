// The moments at which sources of requests go on: one kind of event for all of them, so that there
// may be any number of sources.

import type {EventKind, Simulation} from '../../../engine/simulation.ts';
import type {Time} from '../../../engine/time.ts';

type Handler = (operand: number) => void;

export class SourceClock {
  readonly #handlers: Handler[] = [];
  readonly #due: EventKind<number, number>;

  constructor(simulation: Simulation) {
    const handlers = this.#handlers;
    this.#due = simulation.event('traffic.source-due', (source: number, operand: number) => {
      handlers[source](operand);
    });
  }

  /** Returns what makes `handler` happen at a time, with a number. */
  add(handler: Handler): (time: Time, operand: number) => void {
    const source = this.#handlers.push(handler) - 1;
    const due = this.#due;
    return (time, operand) => void due.at(time, source, operand);
  }
}
