// Who of a service's endpoints gets the next request: one function a policy, listed at the end.

import type {RandomStream} from '../../engine/random.ts';
import type {Time} from '../../engine/time.ts';
import type {Station} from './station.ts';

/** Places among the endpoints that were tried before and are not to be tried again. */
export type Tried = readonly number[];

export interface Choice {
  /** A place among `endpoints`, of which at least one was not tried, for a caller's number. */
  choose(endpoints: readonly Station[], now: Time, tried: Tried, from: number): number;
  save(): number;
  restore(saved: number): void;
}

export type ChoiceName =
  | 'random'
  | 'local'
  | 'round-robin'
  | 'shortest-queue'
  | 'least-connections'
  | 'power-of-two'
  | {readonly powerOf: number};

export const noneTried: Tried = [];

export function choiceOf(name: ChoiceName, stream: RandomStream): Choice {
  if (typeof name === 'object') return new PowerOfChoices(name.powerOf, stream);
  switch (name) {
    case 'random':
      return new RandomChoice(stream);
    case 'local':
      return local;
    case 'round-robin':
      return new RoundRobin();
    case 'shortest-queue':
      return new ShortestQueue(stream);
    case 'least-connections':
      return new ShortestQueue(undefined);
    case 'power-of-two':
      return new PowerOfChoices(2, stream);
  }
}

/** The one at the caller's own place: every node has one, and keeps its requests. */
const local: Choice = {
  choose: (endpoints, _now, _tried, from) => from % endpoints.length,
  save: () => 0,
  restore: () => undefined,
};

/** As kube-proxy with iptables (but for a bias below 1e-8) and nftables: each alike. */
class RandomChoice implements Choice {
  readonly #stream: RandomStream;

  constructor(stream: RandomStream) {
    this.#stream = stream;
  }

  choose(endpoints: readonly Station[], _now: Time, tried: Tried): number {
    for (;;) {
      const place = this.#stream.integer(0, endpoints.length - 1);
      if (tried.length === 0 || !tried.includes(place)) return place;
    }
  }

  save(): number {
    return 0;
  }

  restore(): void {}
}

/** As IPVS rr: the one after the last one. */
class RoundRobin implements Choice {
  #next = 0;

  choose(endpoints: readonly Station[], _now: Time, tried: Tried): number {
    for (;;) {
      const place = this.#next < endpoints.length ? this.#next : 0;
      this.#next = place + 1;
      if (tried.length === 0 || !tried.includes(place)) return place;
    }
  }

  save(): number {
    return this.#next;
  }

  restore(next: number): void {
    this.#next = next;
  }
}

/** Looks at all of them. Ties go by chance, or, as with IPVS lc, to the first in the list. */
class ShortestQueue implements Choice {
  readonly #stream: RandomStream | undefined;

  constructor(stream: RandomStream | undefined) {
    this.#stream = stream;
  }

  choose(endpoints: readonly Station[], now: Time, tried: Tried): number {
    let least = Infinity;
    let chosen = 0;
    let ties = 0;
    for (let place = 0; place < endpoints.length; place++) {
      if (tried.length > 0 && tried.includes(place)) continue;
      const present = endpoints[place].present(now);
      if (present > least) continue;
      ties = present < least ? 1 : ties + 1;
      if (ties === 1 || this.#stream?.integer(1, ties) === ties) chosen = place;
      least = present;
    }
    return chosen;
  }

  save(): number {
    return 0;
  }

  restore(): void {}
}

/**
 * So many different ones are drawn, and the one with the fewest requests is taken (M. Mitzenmacher,
 * 2001; Envoy's least request with 2). Of equals the one drawn first.
 */
class PowerOfChoices implements Choice {
  readonly #draws: number;
  readonly #stream: RandomStream;
  readonly #drawn: number[] = [];

  constructor(draws: number, stream: RandomStream) {
    this.#draws = draws;
    this.#stream = stream;
  }

  choose(endpoints: readonly Station[], now: Time, tried: Tried): number {
    const drawn = this.#drawn;
    const left = endpoints.length - tried.length;
    let chosen = 0;
    let least = Infinity;
    for (drawn.length = 0; drawn.length < this.#draws && drawn.length < left; ) {
      const place = this.#stream.integer(0, endpoints.length - 1);
      if (drawn.includes(place) || tried.includes(place)) continue;
      drawn.push(place);
      const present = endpoints[place].present(now);
      if (present >= least) continue;
      least = present;
      chosen = place;
    }
    return chosen;
  }

  save(): number {
    return 0;
  }

  restore(): void {}
}
