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
  readonly #kinds: ReadonlySet<Kind> | undefined;
  #onItsWay = false;

  /**
   * `name` is the component's and the kind's, as `scheduler.pods`; `delay` is from storing to being
   * told. `kinds`: of other changes the component is not told, as with a field selector.
   */
  constructor(
    simulation: Simulation,
    log: ChangeLog<Kind, Value>,
    options: {
      name: string;
      delay: Time;
      kinds?: readonly Kind[];
      changed: (row: number) => void;
    },
  ) {
    this.#simulation = simulation;
    this.#log = log;
    this.#delay = options.delay;
    this.#changed = options.changed;
    this.#kinds = options.kinds && new Set(options.kinds);
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
    const log = this.#log;
    const cursor = this.#cursor;
    while (cursor.next < log.end && !this.#wants(cursor.next)) cursor.next++;
    if (cursor.next === log.end) return;
    this.#onItsWay = true;
    this.#delivered.at(log.time(cursor.next) + this.#delay);
  }

  #deliver(): void {
    const log = this.#log;
    const cursor = this.#cursor;
    const visible = this.#simulation.now - this.#delay;
    while (cursor.next < log.end && log.time(cursor.next) <= visible) {
      const row = cursor.next++;
      if (!this.#wants(row)) continue;
      this.#simulation.cause = log.cause(row);
      this.#changed(row);
    }
    log.trim();
    this.#onItsWay = false;
    this.#expect();
  }

  #wants(row: number): boolean {
    return this.#kinds === undefined || this.#kinds.has(this.#log.kind(row));
  }
}
