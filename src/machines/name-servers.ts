// Whether the cluster's name servers answer, as far as they themselves are concerned: what breaks
// them acts here. That they are pods, and where those are, is the network's.

import type {RandomStream} from '../engine/random.ts';
import type {Simulation} from '../engine/simulation.ts';
import type {CauseId} from '../objects/causes.ts';

/** `servfail`: an error at once. */
export type NameServerTrouble = 'silent' | 'servfail';

type Trouble = {
  /** Of the questions that it befalls. */
  readonly share: number;
  readonly how: NameServerTrouble;
  readonly cause: CauseId;
};

export class NameServers {
  readonly #simulation: Simulation;
  #stream: RandomStream | undefined;
  /** Several may last at once. */
  #troubles: Trouble[] = [];

  constructor(simulation: Simulation) {
    this.#simulation = simulation;
    simulation.part('machines.name-servers', this);
  }

  /** From now on, for this share of questions. */
  trouble(share: number, how: NameServerTrouble): void {
    this.#troubles.push({share, how, cause: this.#simulation.cause as CauseId});
  }

  /** Ends the trouble that goes back to what the current event does. */
  mend(): void {
    const place = this.#troubles.findIndex(({cause}) => cause === this.#simulation.cause);
    if (place === -1) throw new Error('a trouble of name servers is ended that did not begin');
    this.#troubles.splice(place, 1);
  }

  /** Nothing is wrong with any of them. */
  get well(): boolean {
    return this.#troubles.length === 0;
  }

  /** Of one question; draws only while something is wrong with a part of them. */
  fate(): NameServerTrouble | undefined {
    for (const {share, how} of this.#troubles) {
      if (share >= 1 || this.#draw() < share) return how;
    }
    return undefined;
  }

  save() {
    return [...this.#troubles];
  }

  restore(saved: ReturnType<NameServers['save']>): void {
    this.#troubles = [...saved];
  }

  #draw(): number {
    this.#stream ??= this.#simulation.random('machines.name-servers/fate');
    return this.#stream.uniform();
  }
}
