// NodeLocal DNSCache on every node (KEP-1024): what it has been told of each full name, be it that
// there is none.

import {second, type Time} from '../../engine/time.ts';
import type {Place} from '../../machines/links.ts';
import {AnswerCache, type SavedAnswers} from './answer-cache.ts';
import type {Answer} from './zone.ts';

// nodelocaldns.yaml: `success 9984 30`, `denial 9984 5`; other zones `cache 30`. Fewer names than
// that are ever called.
const kept = 30 * second;
const denied = 5 * second;

export class NodeCaches {
  readonly #byName = new Map<string, AnswerCache>();

  /** `undefined`: it has to ask. */
  get(place: Place, name: string, now: Time): {readonly answer: Answer | undefined} | undefined {
    return this.#byName.get(name)?.get(keyOf(place), now);
  }

  keep(place: Place, name: string, answer: Answer | undefined, now: Time): void {
    const cache = this.#byName.get(name) ?? new AnswerCache();
    this.#byName.set(name, cache);
    cache.keep(keyOf(place), answer, {now, until: now + (answer === undefined ? denied : kept)});
  }

  save(): [string, SavedAnswers][] {
    return [...this.#byName].map(([name, cache]) => [name, cache.save()]);
  }

  restore(saved: readonly [string, SavedAnswers][]): void {
    this.#byName.clear();
    for (const [name, answers] of saved) {
      const cache = new AnswerCache();
      cache.restore(answers);
      this.#byName.set(name, cache);
    }
  }
}

function keyOf(place: Place): number {
  return place ?? -1;
}
