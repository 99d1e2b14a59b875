// All random streams of one run, by name. A name says what its stream decides, so it has one owner.

import {RandomStream, type SavedStream} from './random.ts';

export class RandomStreams {
  readonly #seed: number | string;
  readonly #replication: number;
  readonly #streams = new Map<string, RandomStream>();
  // Restored, but not yet claimed: owners that come into being during a run claim late.
  #awaiting = new Map<string, SavedStream>();

  constructor(seed: number | string, replication: number) {
    this.#seed = seed;
    this.#replication = replication;
  }

  claim(name: string): RandomStream {
    if (this.#streams.has(name)) throw new Error(`random stream ${name} is claimed twice`);
    const stream = this.passing(name);
    this.#streams.set(name, stream);
    const saved = this.#awaiting.get(name);
    if (saved === undefined) return stream;
    stream.restore(saved);
    this.#awaiting.delete(name);
    return stream;
  }

  /** A stream for one question asked once, such as one pod's tie: neither kept nor saved. */
  passing(name: string): RandomStream {
    return new RandomStream(`${this.#seed}/${this.#replication}/${name}`);
  }

  save(): ReadonlyMap<string, SavedStream> {
    const saved = new Map(this.#awaiting);
    for (const [name, stream] of this.#streams) saved.set(name, stream.save());
    return saved;
  }

  restore(saved: ReadonlyMap<string, SavedStream>): void {
    this.#awaiting = new Map(saved);
    for (const [name, stream] of this.#streams) {
      const state = this.#awaiting.get(name);
      if (state === undefined) continue;
      stream.restore(state);
      this.#awaiting.delete(name);
    }
  }
}
