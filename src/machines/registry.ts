// Where images come from: how large they are, which there are, and whether the registry answers.
// Whatever breaks or slows it acts here.

import type {Simulation} from '../engine/simulation.ts';
import {second, type Time, toTime} from '../engine/time.ts';
import {type CauseId, noCause} from '../objects/causes.ts';
import type {PodId} from '../objects/ids.ts';

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
  /** What keeps it from answering well goes back to, the latest that still does. */
  cause: CauseId = noCause;
  readonly #simulation: Simulation;
  readonly #spoilers: ((pod: PodId) => boolean)[] = [];
  /** Several may last at once; each is `undefined` for no answer, or how slow it makes pulls. */
  #troubles: {readonly slow: number | undefined; readonly cause: CauseId}[] = [];

  constructor(simulation: Simulation, contents: RegistryContents) {
    this.#contents = contents;
    this.#simulation = simulation;
    simulation.part('machines.registry', this);
  }

  /** From now on it does not answer, or is so many times as slow. */
  trouble(slow: number | undefined): void {
    this.#troubles.push({slow, cause: this.#simulation.cause as CauseId});
    this.#feel();
  }

  /** Ends the trouble that goes back to what the current event does. */
  mend(): void {
    const place = this.#troubles.findIndex(({cause}) => cause === this.#simulation.cause);
    if (place === -1) throw new Error('a trouble of the registry is ended that did not begin');
    this.#troubles.splice(place, 1);
    this.#feel();
  }

  #feel(): void {
    this.answers = this.#troubles.every(({slow}) => slow !== undefined);
    this.slowness = this.#troubles.reduce((product, {slow = 1}) => product * slow, 1);
    this.cause = this.#troubles.at(-1)?.cause ?? noCause;
  }

  /** Pods for which an image is broken; asked at each of their pulls. */
  spoilWhere(isSpoilt: (pod: PodId) => boolean): void {
    this.#spoilers.push(isSpoilt);
  }

  has(image: string, pod?: PodId): boolean {
    if (!this.answers || this.#contents.missing.has(image)) return false;
    return pod === undefined || !this.#spoilers.some(isSpoilt => isSpoilt(pod));
  }

  /** To bring an image to a node, if nothing changes meanwhile. */
  pullTime(image: string): Time {
    const {sizes, defaultBytes, bytesPerSecond} = this.#contents;
    const bytes = sizes.get(image) ?? defaultBytes;
    return toTime((bytes / bytesPerSecond) * second * this.slowness);
  }

  save() {
    const {answers, slowness, cause} = this;
    return {answers, slowness, cause, troubles: this.#troubles};
  }

  restore(saved: ReturnType<Registry['save']>): void {
    this.answers = saved.answers;
    this.slowness = saved.slowness;
    this.cause = saved.cause;
    this.#troubles = saved.troubles;
  }
}
