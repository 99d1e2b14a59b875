// What the API server makes of a pod before it stores it: its admission plugins, one after the
// other (see request-path.ts). Siblings share what is made of their template.

import type {PodTemplate} from '../objects/pod-spec.ts';
import type {AdmissionPlugin, Refusal, Reviewed} from './admission/plugin.ts';

export type Admitted = Reviewed | Refusal;

export class Admission {
  readonly #plugins: readonly AdmissionPlugin[];
  readonly #revisions: readonly (() => number)[];
  readonly #allowances: readonly ((pod: Reviewed) => Refusal | undefined)[];
  readonly #answers = new Map<PodTemplate, Admitted>();
  /** Of all plugins together: the answers are for the world as it was then. */
  #revision = 0;

  constructor(plugins: readonly AdmissionPlugin[]) {
    this.#plugins = plugins;
    this.#revisions = plugins.flatMap(({revision}) => revision ?? []);
    this.#allowances = plugins.flatMap(({allow}) => allow ?? []);
  }

  admit(template: PodTemplate): Admitted {
    const answer = this.#review(template);
    if ('refused' in answer) return answer;
    for (const allow of this.#allowances) {
      const refusal = allow(answer);
      if (refusal !== undefined) return refusal;
    }
    return answer;
  }

  #review(template: PodTemplate): Admitted {
    let revision = 0;
    for (const own of this.#revisions) revision += own();
    if (this.#revision !== revision) {
      this.#answers.clear();
      this.#revision = revision;
    }
    const known = this.#answers.get(template);
    if (known !== undefined) return known;
    let answer: Admitted = {template, priority: 0};
    for (const plugin of this.#plugins) {
      if ('refused' in answer) break;
      answer = plugin.review?.(answer) ?? answer;
    }
    this.#answers.set(template, answer);
    return answer;
  }
}
