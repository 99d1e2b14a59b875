// Whether the cluster's name servers answer, as far as they themselves are concerned: what breaks
// them acts here. That they are pods, and where those are, is the network's.

import type {RandomStream} from '../engine/random.ts';
import {Signal} from '../engine/signal.ts';
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

/** Of one question: the chances of trouble, and of that of each cause. */
export type TroubleOdds = {
  readonly silent: number;
  readonly servfail: number;
  readonly causes: ReadonlyMap<CauseId, number>;
};

export class NameServers {
  /** A trouble has begun or ended. */
  readonly changed = new Signal<[]>();
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
    this.changed.emit();
  }

  /** Ends the trouble that goes back to what the current event does. */
  mend(): void {
    const place = this.#troubles.findIndex(({cause}) => cause === this.#simulation.cause);
    if (place === -1) throw new Error('a trouble of name servers is ended that did not begin');
    this.#troubles.splice(place, 1);
    this.changed.emit();
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

  /** What `fate` would say of one question, of which the first trouble that befalls it decides. */
  odds(): TroubleOdds {
    const odds = {silent: 0, servfail: 0};
    const causes = new Map<CauseId, number>();
    let left = 1;
    for (const {share, how, cause} of this.#troubles) {
      odds[how] += left * share;
      causes.set(cause, (causes.get(cause) ?? 0) + left * share);
      left *= 1 - share;
    }
    return {...odds, causes};
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
