// A destination that is called by name: each connection is preceded by a lookup, unless the program
// keeps answers. Of several addresses the caller chooses one itself.

import type {Time} from '../../engine/time.ts';
import {Balancer, type BalancerOptions} from '../balance.ts';
import {type Caller, type Destination, nameKnown, type Route} from '../destination.ts';
import {AnswerCache, type SavedAnswers} from './answer-cache.ts';
import type {Question, Resolver} from './resolver.ts';
import type {Answer} from './zone.ts';

export type ResolvedOptions = BalancerOptions & {
  readonly name: string;
  readonly clock: {readonly now: Time};
  readonly resolver: Resolver;
  readonly question: Question;
  /** Where a name of one address leads; `undefined`: such a name leads nowhere. */
  readonly behind: Destination | undefined;
  /** The program itself keeps an answer for so long. */
  readonly keeps: Time;
};

export class Resolved implements Destination {
  readonly name: string;
  readonly #options: ResolvedOptions;
  readonly #kept = new AnswerCache();
  readonly #balancer: Balancer;

  constructor(options: ResolvedOptions) {
    this.name = options.name;
    this.#options = options;
    this.#balancer = new Balancer(options);
  }

  route(caller: Caller, route: Route, avoid: readonly number[]): void {
    const answer = this.#answer(caller, route);
    if (answer === undefined) return;
    const {delay} = route;
    const {behind} = this.#options;
    if (answer.targets !== undefined) {
      route.arrival = 'there';
      route.target = this.#balancer.choose(caller, answer.targets, avoid);
      route.entry = undefined;
    } else if (behind === undefined) route.arrival = 'unresolved';
    else behind.route(caller, route, avoid);
    route.search = 0;
    route.delay =
      answer.targets === undefined && behind !== undefined ? route.delay + delay : delay;
  }

  save(): {kept: SavedAnswers; next: number[]} {
    return {kept: this.#kept.save(), next: this.#balancer.save()};
  }

  restore({kept, next}: ReturnType<Resolved['save']>): void {
    this.#kept.restore(kept);
    this.#balancer.restore(next);
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
}
