// Compares templates by what they say, and reads each only once: a Deployment compares its own with
// those of all its ReplicaSets in every sync. Not part of the state.

import type {PodTemplate} from '../objects/pod-spec.ts';
import {templateText} from '../objects/template-text.ts';

export class TemplateTexts {
  readonly #texts = new WeakMap<PodTemplate, string>();

  same(a: PodTemplate, b: PodTemplate): boolean {
    return a === b || this.#textOf(a) === this.#textOf(b);
  }

  #textOf(template: PodTemplate): string {
    const known = this.#texts.get(template);
    if (known !== undefined) return known;
    const text = templateText(template);
    this.#texts.set(template, text);
    return text;
  }
}
