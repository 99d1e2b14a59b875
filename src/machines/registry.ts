// Where images come from: how large they are, which there are, and whether the registry answers.
// Whatever breaks or slows it acts here.

import type {Simulation} from '../engine/simulation.ts';
import {second, type Time, toTime} from '../engine/time.ts';

export type RegistryContents = {
  /** A second, for one pull. */
  readonly bytesPerSecond: number;
  readonly sizes: ReadonlyMap<string, number>;
  readonly defaultBytes: number;
  readonly missing: ReadonlySet<string>;
};

export class Registry {
  readonly #contents: RegistryContents;
  answers = true;
  /** A pull takes so many times as long. */
  slowness = 1;

  constructor(simulation: Simulation, contents: RegistryContents) {
    this.#contents = contents;
    simulation.part('machines.registry', this);
  }

  has(image: string): boolean {
    return this.answers && !this.#contents.missing.has(image);
  }

  /** To bring an image to a node, if nothing changes meanwhile. */
  pullTime(image: string): Time {
    const {sizes, defaultBytes, bytesPerSecond} = this.#contents;
    const bytes = sizes.get(image) ?? defaultBytes;
    return toTime((bytes / bytesPerSecond) * second * this.slowness);
  }

  save() {
    return {answers: this.answers, slowness: this.slowness};
  }

  restore(saved: ReturnType<Registry['save']>): void {
    this.answers = saved.answers;
    this.slowness = saved.slowness;
  }
}
