// A lookup as a pod's resolver does it (glibc, res_query.c and res_send.c): form after form of the
// name until one is known; a server that is silent is asked again, then the form is given up, and
// with it the search, but for a last resort.
//
// Answers are there at once but for their delay. Only a silence takes a lookup to another moment:
// the caller then asks again, with the number that says how far it was.

import {second, type Time} from '../../engine/time.ts';
import type {Place} from '../../machines/links.ts';
import type {Route} from '../destination.ts';
import {AnswerCache, type SavedAnswers} from './answer-cache.ts';
import {type Forms, lastResort} from './forms.ts';
import type {Reply, Servers} from './servers.ts';
import {type Answer, isOutside, type Zone} from './zone.ts';

export type ResolverTimes = {
  readonly timeout: Time;
  readonly attempts: number;
};

export type ResolverOptions = ResolverTimes & {
  readonly clock: {readonly now: Time};
  readonly zone: Zone;
  readonly servers: Servers;
  /** NodeLocal DNSCache. */
  readonly nodeLocal: boolean;
};

/** A host that somebody names, with what is known of it. */
export class Question {
  readonly forms: Forms;
  readonly port: number | undefined;
  /** As it is written it is known outside the cluster. */
  readonly outside: boolean;
  readonly onNodes = new AnswerCache();
  readonly denials = new AnswerCache();
  /** Of the zone, for which the rest was worked out. */
  version = -1;
  /** Place of the form that is known. */
  known: number | undefined;
  answer: Answer | undefined;

  constructor(forms: Forms, {port, outside}: Pick<Question, 'port' | 'outside'>) {
    this.forms = forms;
    this.port = port;
    this.outside = outside;
  }

  save() {
    return {onNodes: this.onNodes.save(), denials: this.denials.save()};
  }

  restore({onNodes, denials}: {onNodes: SavedAnswers; denials: SavedAnswers}): void {
    this.onNodes.restore(onNodes);
    this.denials.restore(denials);
    this.version = -1;
  }
}

// KEP-1024: answers of the cluster's zone are kept for so long, denials for so long.
const kept = 30 * second;
const deniedFor = 5 * second;
/** A cache on the node gives a silent server up sooner than the pod does (forward plugin). */
const forwardTimeout = 2 * second;

const mostForms = 8;
const mostAttempts = 8;
const steps = mostForms * mostAttempts * 2;

export class Resolver {
  readonly #options: ResolverOptions;
  readonly #reply: Reply = {fate: 'silent', delay: 0, server: 0};
  // Where the lookup is that is being played.
  #form = 0;
  #attempt = 0;
  #isLast = false;

  constructor(options: ResolverOptions) {
    this.#options = options;
  }

  /**
   * Goes on from `route.search`. Sets the route's `delay`; where there is no answer, its `arrival`
   * says whether that is the end of it.
   */
  find(place: Place, question: Question, route: Route): Answer | undefined {
    const {clock, nodeLocal} = this.#options;
    this.#learn(question);
    this.#resume(route);
    if (nodeLocal && this.#form === 0 && this.#attempt === 0) {
      const answer = question.onNodes.get(place, clock.now);
      if (answer !== undefined) return answer;
    }
    for (;;) {
      const step = this.#ask(place, question, route);
      if (step === 'found') return this.#found(place, question);
      if (step === 'later') return undefined;
      this.#form++;
      this.#attempt = 0;
      this.#reply.server = 0;
      const done = this.#isLast || this.#form === question.forms.names.length;
      if (step === 'over' || done) return unresolved(route);
    }
  }

  /** As it is now, for those who have looked it up before. */
  known(question: Question): Answer | undefined {
    this.#learn(question);
    return question.answer;
  }

  #ask(place: Place, question: Question, route: Route): 'found' | 'next' | 'later' | 'over' {
    const {clock, servers, zone, nodeLocal} = this.#options;
    const form = this.#form;
    // What was denied lately to this node is known to be denied.
    if (nodeLocal && form !== question.known && question.denials.get(place, clock.now)) {
      return 'next';
    }
    servers.ask(place, isOutside(question.forms.names[form], zone.name), this.#reply);
    if (this.#reply.fate === 'silent') return this.#wait(question.forms, route);
    route.delay += this.#reply.delay;
    if (this.#reply.fate === 'refused') return 'over';
    if (this.#reply.fate !== 'answered') return 'next';
    if (form === question.known) return 'found';
    if (nodeLocal) question.denials.keep(place, denied, clock.now + deniedFor);
    return 'next';
  }

  #found(place: Place, question: Question): Answer | undefined {
    const {clock, nodeLocal} = this.#options;
    const {answer} = question;
    if (nodeLocal && answer !== undefined) question.onNodes.keep(place, answer, clock.now + kept);
    return answer;
  }

  /** Whoever asked waits its time, and then asks again, or gives this form up. */
  #wait(forms: Forms, route: Route): 'later' | 'over' {
    const {timeout, nodeLocal} = this.#options;
    route.delay += nodeLocal ? forwardTimeout : timeout;
    if (!this.#again(forms)) return 'over';
    route.arrival = 'searching';
    const where = (this.#form * mostAttempts + this.#attempt) * 2 + (this.#isLast ? 1 : 0);
    route.search = this.#reply.server * steps + where;
    return 'later';
  }

  #again(forms: Forms): boolean {
    if (!this.#options.nodeLocal && ++this.#attempt < this.#options.attempts) return true;
    const next = this.#afterSilence(forms);
    if (this.#isLast || next === undefined) return false;
    this.#isLast = !this.#options.nodeLocal;
    this.#form = next;
    this.#attempt = 0;
    this.#reply.server = 0;
    return true;
  }

  /** A cache on the node makes of a silence an error, after which the search goes on. */
  #afterSilence(forms: Forms): number | undefined {
    if (!this.#options.nodeLocal) return lastResort(forms, this.#form);
    return this.#form + 1 < forms.names.length ? this.#form + 1 : undefined;
  }

  #resume(route: Route): void {
    const {search} = route;
    const where = search % steps;
    this.#reply.server = (search - where) / steps;
    this.#isLast = where % 2 === 1;
    this.#attempt = Math.floor(where / 2) % mostAttempts;
    this.#form = Math.floor(where / (2 * mostAttempts));
    route.search = 0;
    route.delay = 0;
  }

  #learn(question: Question): void {
    const {zone} = this.#options;
    if (question.version === zone.version) return;
    question.version = zone.version;
    const {names} = question.forms;
    const answers = names.map(name => {
      if (isOutside(name, zone.name) && !question.outside) return undefined;
      return zone.answer(name, question.port);
    });
    const known = answers.findIndex(answer => answer !== undefined);
    question.known = known < 0 ? undefined : known;
    question.answer = answers[known];
  }
}

const denied: Answer = {service: undefined, targets: undefined};

function unresolved(route: Route): undefined {
  route.arrival = 'unresolved';
  return undefined;
}
