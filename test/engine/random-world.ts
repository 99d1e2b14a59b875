// A little world that uses everything an engine has: events that beget, cancel and outlive others,
// several streams, parts with handles in their state, streams claimed on the way, bursts that push
// the queue from heap to wheel and back.

import {type EventHandle, type EventKind, Simulation} from '../../src/engine/simulation.ts';
import {toTime} from '../../src/engine/time.ts';

interface WorldOptions {
  readonly replication?: number;
  /** From this event on, things go differently by the smallest amount. */
  readonly flaw?: number;
}

export function randomWorld(seed: number, {replication = 0, flaw}: WorldOptions = {}): Simulation {
  const simulation = new Simulation({seed, replication});
  new World(simulation, flaw);
  return simulation;
}

class World {
  readonly #simulation: Simulation;
  readonly #flaw: number | undefined;
  readonly #gaps;
  readonly #fates;
  readonly #arrived: EventKind<number>;
  readonly #ended: EventKind<number, number>;
  readonly #late: EventKind<number>;
  #timeouts: EventHandle[] = [];
  #claimed: string[] = [];

  constructor(simulation: Simulation, flaw: number | undefined) {
    this.#simulation = simulation;
    this.#flaw = flaw;
    this.#gaps = simulation.random('world/gaps');
    this.#fates = simulation.random('world/fates');
    this.#arrived = simulation.event('world.arrived', (id: number) => this.#arrive(id));
    this.#ended = simulation.event('world.ended', (id: number, value: number) =>
      this.#end(id, value),
    );
    this.#late = simulation.event('world.late', () => {});
    simulation.part('world', {
      save: () => ({timeouts: this.#timeouts, claimed: this.#claimed}),
      restore: saved => this.#restore(saved),
    });
    this.#arrived.after(0, 1);
  }

  #arrive(id: number): void {
    const burst = this.#fates.integer(0, 200) === 0 ? 3000 : 1;
    for (let i = 0; i < burst; i++) {
      this.#ended.after(toTime(this.#gaps.exponential(50_000)), id, i);
      this.#timeouts.push(this.#late.after(this.#fates.integer(0, 10_000_000), id));
    }
    if (this.#fates.integer(0, 20) === 0) this.#claim(`world/late/${id}`);
    const flawed = this.#flaw !== undefined && id >= this.#flaw ? 1 : 0;
    this.#arrived.after(toTime(this.#gaps.exponential(100_000)) + flawed, id + 1);
  }

  #end(id: number, value: number): void {
    const handle = this.#timeouts[(id * 7 + value * 13) % this.#timeouts.length];
    this.#simulation.cancel(handle);
    if (this.#timeouts.length > 2000) this.#timeouts = this.#timeouts.slice(-500);
  }

  #claim(name: string): void {
    this.#claimed.push(name);
    const first = this.#simulation.random(name).uniform();
    this.#late.after(toTime(first * 1000), 0.5);
  }

  #restore(saved: {timeouts: EventHandle[]; claimed: string[]}): void {
    this.#timeouts = saved.timeouts;
    this.#claimed = saved.claimed;
    for (const name of saved.claimed) this.#simulation.random(name);
  }
}
