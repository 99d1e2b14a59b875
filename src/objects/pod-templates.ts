// The templates of all pods by number, so that a saved run knows them by number and siblings still
// share theirs after a restore.

import type {PodTemplate} from './pod-spec.ts';

export class PodTemplates {
  readonly #templates: PodTemplate[] = [];
  readonly #ids = new Map<PodTemplate, number>();

  id(template: PodTemplate): number {
    const known = this.#ids.get(template);
    if (known !== undefined) return known;
    this.#ids.set(template, this.#templates.length);
    this.#templates.push(template);
    return this.#templates.length - 1;
  }

  of(id: number): PodTemplate {
    return this.#templates[id];
  }

  save(): readonly PodTemplate[] {
    return this.#templates.slice();
  }

  /** Those that this world has made too stay its own; those made during the saved run are added. */
  restore(saved: readonly PodTemplate[]): void {
    for (const template of saved.slice(this.#templates.length)) this.id(template);
  }
}
