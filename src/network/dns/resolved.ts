// A destination that is called by name: each connection is preceded by a lookup, unless the program
// keeps answers. Of several addresses the caller chooses one itself.

import type {Time} from '../../engine/time.ts';
import type {ServiceId} from '../../objects/ids.ts';
import {Balancer, type BalancerOptions} from '../balance.ts';
import {type Caller, type Destination, nameKnown, type Route} from '../destination.ts';
import {AnswerCache, type SavedAnswers} from './answer-cache.ts';
import type {Questions} from './questions.ts';
import type {Resolver} from './resolver.ts';
import type {Answer} from './zone.ts';

/** Where one address leads: a Service's, or somewhere outside. */
export type Behind = (service: ServiceId | undefined) => Destination | undefined;

export type ResolvedOptions = BalancerOptions & {
  readonly name: string;
  readonly clock: {readonly now: Time};
  readonly resolver: Resolver;
  readonly questions: Questions;
  readonly behind: Behind;
  /** The program itself keeps an answer for so long. */
  readonly keeps: Time;
};

export class Resolved implements Destination {
  readonly name: string;
  readonly #options: ResolvedOptions;
  /** By the caller's number. */
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
    const {service, targets} = answer;
    if (targets !== undefined) {
      route.arrival = 'there';
      route.target = this.#balancer.choose(caller, targets, avoid);
      route.entry = undefined;
    } else {
      route.delay = 0;
      const way = this.#options.behind(service);
      if (way === undefined) route.arrival = 'unresolved';
      else way.route(caller, route, avoid);
      route.delay += delay;
    }
    route.search = 0;
  }

  save(): {kept: SavedAnswers; next: number[]} {
    return {kept: this.#kept.save(), next: this.#balancer.save()};
  }

  restore({kept, next}: ReturnType<Resolved['save']>): void {
    this.#kept.restore(kept);
    this.#balancer.restore(next);
  }

  #answer(caller: Caller, route: Route): Answer | undefined {
    const {clock, keeps, resolver, questions} = this.#options;
    const {now} = clock;
    if (route.search === nameKnown) {
      route.delay = 0;
      const {known} = questions.of(caller);
      if (known === undefined) route.arrival = 'unresolved';
      return known;
    }
    const kept = keeps > 0 && route.search === 0 ? this.#kept.get(caller.id, now) : undefined;
    if (kept?.answer !== undefined) {
      route.delay = 0;
      return kept.answer;
    }
    const answer = resolver.find(caller.place, questions.of(caller), route);
    if (keeps > 0 && answer !== undefined) {
      this.#kept.keep(caller.id, answer, {now, until: now + keeps});
    }
    return answer;
  }
}
