// Which equality selectors may select something with given labels, without asking all of them: each
// is filed under its first pair, and whoever it selects has that pair.

import type {Labels} from './labels.ts';

export class SelectorIndex<Id> {
  /** By namespace and pair; those without any pair by namespace alone. */
  readonly #filed = new Map<string, Set<Id>>();

  add(id: Id, {namespace, selector}: Filed): void {
    const place = placeOf(namespace, selector);
    const there = this.#filed.get(place);
    if (there === undefined) this.#filed.set(place, new Set([id]));
    else there.add(id);
  }

  remove(id: Id, {namespace, selector}: Filed): void {
    const place = placeOf(namespace, selector);
    const there = this.#filed.get(place);
    if (there?.delete(id) && there.size === 0) this.#filed.delete(place);
  }

  clear(): void {
    this.#filed.clear();
  }

  /** Whoever is not among them does not select it; in no order. */
  *candidates(namespace: string, labels: Labels): Generator<Id> {
    yield* this.#filed.get(namespace) ?? [];
    for (const [key, value] of labels) {
      yield* this.#filed.get(`${namespace}/${key}=${value}`) ?? [];
    }
  }
}

type Filed = {readonly namespace: string; readonly selector: Labels};

function placeOf(namespace: string, selector: Labels): string {
  for (const [key, value] of selector) return `${namespace}/${key}=${value}`;
  return namespace;
}
