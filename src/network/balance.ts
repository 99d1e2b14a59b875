// How a caller that knows several addresses chooses one itself: by chance, in turn, or by how much
// each has to do.

import type {RandomStream} from '../engine/random.ts';
import type {Target} from '../machines/service-views.ts';
import type {Caller} from './destination.ts';
import {untried} from './untried.ts';

/** How many requests the caller has under way at a target. */
export type LoadOf = (caller: Caller, target: Target) => number;

export type Balance =
  | 'random'
  | 'round-robin'
  | 'least-connections'
  | 'power-of-two'
  | {readonly powerOf: number};

export type BalancerOptions = {
  readonly balance: Balance;
  readonly stream: RandomStream;
  readonly loadOf: LoadOf;
};

export class Balancer {
  readonly #options: BalancerOptions;
  /** By caller's number: the place after that of its last target. */
  #next: number[] = [];
  readonly #drawn: number[] = [];

  constructor(options: BalancerOptions) {
    this.#options = options;
  }

  /** Of at least one; `avoid`: those that were tried before, by serial. */
  choose(caller: Caller, targets: readonly Target[], avoid: readonly number[]): Target {
    const among = untried(targets, avoid);
    return among[this.#place(caller, among)];
  }

  save(): number[] {
    return [...this.#next];
  }

  restore(next: readonly number[]): void {
    this.#next = [...next];
  }

  #place(caller: Caller, targets: readonly Target[]): number {
    const {balance, stream} = this.#options;
    const last = targets.length - 1;
    if (typeof balance === 'object') return this.#leastOfDrawn(caller, targets, balance.powerOf);
    switch (balance) {
      case 'random':
        return stream.integer(0, last);
      case 'round-robin': {
        const known = this.#next[caller.id] ?? stream.integer(0, last);
        const place = known <= last ? known : 0;
        this.#next[caller.id] = place + 1;
        return place;
      }
      case 'power-of-two':
        return this.#leastOfDrawn(caller, targets, 2);
      default:
        return this.#leastLoaded(caller, targets);
    }
  }

  /** Of so many different ones; of equals the one drawn first. */
  #leastOfDrawn(caller: Caller, targets: readonly Target[], count: number): number {
    const {stream, loadOf} = this.#options;
    const {length} = targets;
    const drawn = this.#drawn;
    let [least, chosen] = [Infinity, 0];
    for (let i = 0; i < count && i < length; i++) {
      // One of those that are left: the places drawn before, in order, are skipped.
      let place = stream.integer(0, length - 1 - i);
      let at = 0;
      for (; at < i && drawn[at] <= place; at++) place++;
      for (let j = i; j > at; j--) drawn[j] = drawn[j - 1];
      drawn[at] = place;
      const load = loadOf(caller, targets[place]);
      if (load >= least) continue;
      least = load;
      chosen = place;
    }
    return chosen;
  }

  /** Of equals one by chance. */
  #leastLoaded(caller: Caller, targets: readonly Target[]): number {
    const {stream, loadOf} = this.#options;
    let [least, chosen, ties] = [Infinity, 0, 0];
    for (let place = 0; place < targets.length; place++) {
      const load = loadOf(caller, targets[place]);
      if (load > least) continue;
      ties = load < least ? 1 : ties + 1;
      if (ties === 1 || stream.integer(1, ties) === ties) chosen = place;
      least = load;
    }
    return chosen;
  }
}
