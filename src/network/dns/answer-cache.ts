// Answers that are kept for a while, for each node, or for callers outside.

import type {Time} from '../../engine/time.ts';
import type {Place} from '../../machines/links.ts';
import type {Answer} from './zone.ts';

type Kept = {readonly answer: Answer; readonly until: Time};

export type SavedAnswers = readonly (Kept | undefined)[];

export class AnswerCache {
  /** By node, one higher. */
  #kept: (Kept | undefined)[] = [];

  get(place: Place, now: Time): Answer | undefined {
    const kept = this.#kept[rowOf(place)];
    return kept !== undefined && kept.until > now ? kept.answer : undefined;
  }

  keep(place: Place, answer: Answer, until: Time): void {
    this.#kept[rowOf(place)] = {answer, until};
  }

  save(): SavedAnswers {
    return [...this.#kept];
  }

  restore(saved: SavedAnswers): void {
    this.#kept = [...saved];
  }
}

function rowOf(place: Place): number {
  return place === undefined ? 0 : place + 1;
}
