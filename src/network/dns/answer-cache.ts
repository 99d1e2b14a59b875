// Answers that somebody keeps for a while, by his number. What nobody may use any more is thrown
// away before there is twice as much of it as of the rest.

import type {Time} from '../../engine/time.ts';
import type {Answer} from './zone.ts';

/** `undefined`: there is no such name. */
type Kept = {readonly answer: Answer | undefined; readonly until: Time};

export type SavedAnswers = readonly (readonly [number, Kept])[];

const fewest = 64;

export class AnswerCache {
  readonly #kept = new Map<number, Kept>();
  #most = fewest;

  get size(): number {
    return this.#kept.size;
  }

  get(who: number, now: Time): Kept | undefined {
    const kept = this.#kept.get(who);
    return kept !== undefined && kept.until > now ? kept : undefined;
  }

  keep(who: number, answer: Answer | undefined, {now, until}: {now: Time; until: Time}): void {
    if (this.#kept.size >= this.#most) this.#clear(now);
    this.#kept.set(who, {answer, until});
  }

  save(): SavedAnswers {
    return [...this.#kept];
  }

  restore(saved: SavedAnswers): void {
    this.#kept.clear();
    for (const [who, kept] of saved) this.#kept.set(who, kept);
    this.#most = Math.max(fewest, 2 * this.#kept.size);
  }

  #clear(now: Time): void {
    for (const [who, {until}] of this.#kept) if (until <= now) this.#kept.delete(who);
    this.#most = Math.max(fewest, 2 * this.#kept.size);
  }
}
