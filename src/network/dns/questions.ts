// What callers of one destination ask: the same host in other forms, by how their resolvers are set
// up.

import type {Caller} from '../destination.ts';
import {type Asked, Question} from './question.ts';
import type {ResolverSetup} from './resolver-setup.ts';
import type {ResolverSetups} from './resolver-setups.ts';
import type {Zone} from './zone.ts';

export type HostOf = (namespace: string) => string;

export type QuestionsOptions = Omit<Asked, 'host'> & {
  /** As the program in a pod of a namespace writes it. */
  readonly hostOf: HostOf;
  /** Of callers that are no pods. */
  readonly namespace: string;
  readonly setups: ResolverSetups;
  readonly zone: Zone;
};

export class Questions {
  readonly #options: QuestionsOptions;
  readonly #all = new Map<ResolverSetup, Question>();
  /** By the caller's template, one higher. */
  readonly #byTemplate: (Question | undefined)[] = [];

  constructor(options: QuestionsOptions) {
    this.#options = options;
  }

  of(caller: Caller): Question {
    const {template = -1} = caller;
    const known = this.#byTemplate[template + 1];
    if (known !== undefined) return known;
    const {setups, namespace} = this.#options;
    const question = this.#ofSetup(setups.of(caller, namespace));
    this.#byTemplate[template + 1] = question;
    return question;
  }

  #ofSetup(setup: ResolverSetup): Question {
    const {hostOf, zone, ...asked} = this.#options;
    const host = hostOf(setup.namespace);
    const question = this.#all.get(setup) ?? new Question({...asked, host}, setup, zone);
    this.#all.set(setup, question);
    return question;
  }
}

/** The shortest name that means a Service. */
export function shortestName({namespace, name}: {namespace: string; name: string}): HostOf {
  return from => (from === namespace ? name : `${name}.${namespace}`);
}
