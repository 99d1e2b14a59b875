// A destination that is called by name: each connection is preceded by a lookup, unless the program
// keeps answers. Of several addresses the caller chooses one itself.

import type {RandomStream} from '../../engine/random.ts';
import type {Time} from '../../engine/time.ts';
import type {Target} from '../../machines/service-views.ts';
import {type Caller, type Destination, nameKnown, type Route} from '../destination.ts';
import {AnswerCache, type SavedAnswers} from './answer-cache.ts';
import type {Question, Resolver} from './resolver.ts';
import type {Answer} from './zone.ts';

/** How many requests the caller has under way at a target. */
export type LoadOf = (caller: Caller, target: Target) => number;

export type Balance =
  | 'random'
  | 'round-robin'
  | 'least-connections'
  | 'power-of-two'
  | {readonly powerOf: number};

export type ResolvedOptions = {
  readonly name: string;
  readonly clock: {readonly now: Time};
  readonly resolver: Resolver;
  readonly question: Question;
  /** Where a name of one address leads; `undefined`: such a name leads nowhere. */
  readonly behind: Destination | undefined;
  /** The program itself keeps an answer for so long. */
  readonly keeps: Time;
  readonly balance: Balance;
  readonly stream: RandomStream;
  readonly loadOf: LoadOf;
};

export class Resolved implements Destination {
  readonly name: string;
  readonly #options: ResolvedOptions;
  readonly #kept = new AnswerCache();
  /** By caller's number: the place after that of its last target. */
  #next: number[] = [];
  readonly #left: Target[] = [];
  readonly #drawn: number[] = [];

  constructor(options: ResolvedOptions) {
    this.name = options.name;
    this.#options = options;
  }

  route(caller: Caller, route: Route, avoid: readonly number[]): void {
    const answer = this.#answer(caller, route);
    if (answer === undefined) return;
    const {delay} = route;
    const {behind} = this.#options;
    if (answer.targets !== undefined)
      this.#enter(caller, route, this.#among(answer.targets, avoid));
    else if (behind === undefined) route.arrival = 'unresolved';
    else behind.route(caller, route, avoid);
    route.search = 0;
    route.delay =
      answer.targets === undefined && behind !== undefined ? route.delay + delay : delay;
  }

  save(): {kept: SavedAnswers; next: number[]} {
    return {kept: this.#kept.save(), next: [...this.#next]};
  }

  restore({kept, next}: ReturnType<Resolved['save']>): void {
    this.#kept.restore(kept);
    this.#next = [...next];
  }

  #answer({place}: Caller, route: Route): Answer | undefined {
    const {clock, keeps, resolver, question} = this.#options;
    if (route.search === nameKnown) {
      route.delay = 0;
      const known = resolver.known(question);
      if (known === undefined) route.arrival = 'unresolved';
      return known;
    }
    const kept = keeps > 0 && route.search === 0 ? this.#kept.get(place, clock.now) : undefined;
    if (kept !== undefined) {
      route.delay = 0;
      return kept;
    }
    const answer = resolver.find(place, question, route);
    if (keeps > 0 && answer !== undefined) this.#kept.keep(place, answer, clock.now + keeps);
    return answer;
  }

  #enter(caller: Caller, route: Route, targets: readonly Target[]): void {
    route.arrival = 'there';
    route.target = targets[this.#choose(caller, targets)];
    route.entry = undefined;
  }

  /** Those that were not tried, if there are any. */
  #among(targets: readonly Target[], avoid: readonly number[]): readonly Target[] {
    if (avoid.length === 0) return targets;
    const left = this.#left;
    left.length = 0;
    for (const target of targets) if (!avoid.includes(target.serial)) left.push(target);
    return left.length > 0 ? left : targets;
  }

  #choose(caller: Caller, targets: readonly Target[]): number {
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
        return this.#lessLoaded(caller, targets);
      default:
        return this.#leastLoaded(caller, targets);
    }
  }

  #lessLoaded(caller: Caller, targets: readonly Target[]): number {
    const {stream, loadOf} = this.#options;
    const last = targets.length - 1;
    const one = stream.integer(0, last);
    if (last === 0) return one;
    const drawn = stream.integer(0, last - 1);
    const other = drawn < one ? drawn : drawn + 1;
    return loadOf(caller, targets[other]) < loadOf(caller, targets[one]) ? other : one;
  }

  /** Of so many different ones; of equals the one drawn first. */
  #leastOfDrawn(caller: Caller, targets: readonly Target[], count: number): number {
    const {stream, loadOf} = this.#options;
    const drawn = this.#drawn;
    let [least, chosen] = [Infinity, 0];
    for (drawn.length = 0; drawn.length < count && drawn.length < targets.length; ) {
      const place = stream.integer(0, targets.length - 1);
      if (drawn.includes(place)) continue;
      drawn.push(place);
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
