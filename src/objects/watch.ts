// How a component learns of changes: a little after they were stored, in order, all that became
// visible at one go. While a delivery is on its way no second one is scheduled, so a burst costs
// one event.

import type {EventKind} from '../engine/event-kind.ts';
import type {Simulation} from '../engine/simulation.ts';
import type {Time} from '../engine/time.ts';
import type {ChangeLog, Cursor} from './change-log.ts';

export class Watch<Kind extends string, Value> {
  readonly #log: ChangeLog<Kind, Value>;
  readonly #cursor: Cursor;
  readonly #delay: Time;
  readonly #simulation: Simulation;
  readonly #delivered: EventKind;
  readonly #changed: (row: number) => void;
  #onItsWay = false;

  /**
   * `name` is the component's and the kind's, as `scheduler.pods`; `delay` is from storing to being
   * told.
   */
  constructor(
    simulation: Simulation,
    log: ChangeLog<Kind, Value>,
    options: {name: string; delay: Time; changed: (row: number) => void},
  ) {
    this.#simulation = simulation;
    this.#log = log;
    this.#delay = options.delay;
    this.#changed = options.changed;
    this.#delivered = simulation.event(`${options.name}-delivered`, () => this.#deliver());
    this.#cursor = log.cursor(() => this.#expect());
    simulation.part(`${options.name}-watch`, {
      save: () => this.#onItsWay,
      restore: saved => {
        this.#onItsWay = saved === true;
      },
    });
  }

  #expect(): void {
    if (this.#onItsWay) return;
    this.#onItsWay = true;
    this.#delivered.at(this.#log.time(this.#cursor.next) + this.#delay);
  }

  #deliver(): void {
    const visible = this.#simulation.now - this.#delay;
    while (this.#cursor.next < this.#log.end && this.#log.time(this.#cursor.next) <= visible) {
      this.#changed(this.#cursor.next++);
    }
    this.#log.trim();
    this.#onItsWay = false;
    if (this.#cursor.next < this.#log.end) this.#expect();
  }
}
