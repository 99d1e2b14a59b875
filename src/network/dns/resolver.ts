// A lookup as a pod's resolver does it (glibc, res_query.c and res_send.c): form after form of the
// name until one is known; each is asked of all servers in turn, again where they are silent, and
// then given up, and with it the search, but for a last resort.
//
// Answers are there at once but for their delay. Only a silence takes a lookup to another moment:
// the caller then asks again, with the number that says how far it was.

import {second, type Time} from '../../engine/time.ts';
import type {Place} from '../../machines/links.ts';
import type {Route} from '../destination.ts';
import {silenceOf} from '../rules/resolver.ts';
import {lastResort} from './forms.ts';
import type {NodeCaches} from './node-caches.ts';
import type {Question} from './question.ts';
import type {ServerKind} from './resolver-setup.ts';
import type {Reply, Servers} from './servers.ts';
import type {Answer} from './zone.ts';

export type ResolverOptions = {
  readonly clock: {readonly now: Time};
  readonly servers: Readonly<Record<ServerKind, Servers>>;
  /** NodeLocal DNSCache, if there is one: whoever asks the cluster's servers asks it. */
  readonly caches: NodeCaches | undefined;
};

/** A cache on the node gives a silent server up sooner than the pod does (forward plugin). */
const forwardTimeout = 2 * second;

const mostForms = 64;
/** At most five attempts at each of three servers. */
const mostTries = 16;
const steps = mostForms * mostTries * 2;

type Step = 'found' | 'next form' | 'next server' | 'later' | 'over';

export class Resolver {
  readonly #options: ResolverOptions;
  readonly #reply: Reply = {fate: 'silent', delay: 0, server: 0};
  // Where the lookup is that is being played.
  #form = 0;
  #try = 0;
  #isLast = false;
  #answer: Answer | undefined;

  constructor(options: ResolverOptions) {
    this.#options = options;
  }

  /**
   * Goes on from `route.search`. Sets the route's `delay`; where there is no answer, its `arrival`
   * says whether that is the end of it.
   */
  find(place: Place, question: Question, route: Route): Answer | undefined {
    this.#resume(route);
    for (;;) {
      const step = this.#ask(place, question, route);
      if (step === 'found') return this.#answer;
      if (step === 'later') return undefined;
      if (step === 'next server') this.#try++;
      else if (step === 'over' || !this.#goTo(this.#formAfter(question))) {
        route.arrival = 'unresolved';
        return undefined;
      }
    }
  }

  #ask(place: Place, question: Question, route: Route): Step {
    const {servers} = question.setup;
    const server = servers[this.#try % servers.length];
    const {clock, caches} = this.#options;
    const cache = server === 'cluster' ? caches : undefined;
    const name = question.forms.names[this.#form];
    const kept = cache?.get(place, name, clock.now);
    if (kept !== undefined) return this.#take(kept.answer);
    this.#options.servers[server].ask(place, question.isOutside(this.#form), this.#reply);
    const {fate, delay} = this.#reply;
    if (fate === 'silent') return this.#wait(question, route, cache !== undefined);
    route.delay += delay;
    const isLastServer = (this.#try + 1) % servers.length === 0;
    if (fate !== 'answered' && !isLastServer) return 'next server';
    if (fate === 'refused') return 'over';
    if (fate === 'servfail') return 'next form';
    const answer = question.answer(this.#form, server);
    cache?.keep(place, name, answer, clock.now);
    return this.#take(answer);
  }

  #take(answer: Answer | undefined): Step {
    this.#answer = answer;
    return answer === undefined ? 'next form' : 'found';
  }

  /** Whoever asked waits its time, and then asks again, or gives this form up. */
  #wait(question: Question, route: Route, cached: boolean): 'later' | 'over' {
    const {servers, timeout} = question.setup;
    const nameservers = servers.length;
    const own = silenceOf(this.#try % nameservers, {nameservers, timeout: timeout / second});
    route.delay += cached ? forwardTimeout : own;
    if (!(cached ? this.#goOnAfterError(question) : this.#goOn(question))) return 'over';
    route.arrival = 'searching';
    const where = (this.#form * mostTries + this.#try) * 2 + (this.#isLast ? 1 : 0);
    route.search = this.#reply.server * steps + where;
    return 'later';
  }

  #goOn(question: Question): boolean {
    const {servers, attempts} = question.setup;
    if (++this.#try < servers.length * attempts) return true;
    const next = lastResort(question.forms, this.#form);
    if (!this.#goTo(this.#isLast ? undefined : next)) return false;
    this.#isLast = true;
    return true;
  }

  /** A cache on the node makes of a silence an error. */
  #goOnAfterError(question: Question): boolean {
    if (++this.#try % question.setup.servers.length !== 0) return true;
    return this.#goTo(this.#formAfter(question));
  }

  #formAfter({forms}: Question): number | undefined {
    const next = this.#form + 1;
    return this.#isLast || next === forms.names.length ? undefined : next;
  }

  /** False where there is none. */
  #goTo(form: number | undefined): boolean {
    if (form === undefined) return false;
    this.#form = form;
    this.#try = 0;
    this.#reply.server = 0;
    return true;
  }

  #resume(route: Route): void {
    const {search} = route;
    const where = search % steps;
    this.#reply.server = (search - where) / steps;
    this.#isLast = where % 2 === 1;
    this.#try = Math.floor(where / 2) % mostTries;
    this.#form = Math.floor(where / (2 * mostTries));
    route.search = 0;
    route.delay = 0;
  }
}
