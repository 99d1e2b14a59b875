// Which run a worker plays next. Reading a scenario may cost as much as a run, so a worker stays
// with a variant while there are runs of it, and goes on with one that nobody plays.

import type {RunOfPlan} from './plan.ts';

export class RunQueue {
  /** By variant, the first one first. */
  readonly #waiting = new Map<number, RunOfPlan[]>();
  /** How many play it. */
  readonly #players = new Map<number, number>();

  constructor(runs: readonly RunOfPlan[]) {
    for (const run of runs) {
      const others = this.#waiting.get(run.variant);
      if (others === undefined) this.#waiting.set(run.variant, [run]);
      else others.push(run);
    }
    for (const others of this.#waiting.values()) others.reverse();
  }

  /** For a worker that has just played `last`. */
  next(last: RunOfPlan | undefined): RunOfPlan | undefined {
    const before = last?.variant;
    const variant =
      before !== undefined && this.#waiting.has(before) ? before : this.#leastPlayed();
    if (before !== undefined && variant !== before) this.#count(before, -1);
    if (variant === undefined) return undefined;
    if (variant !== before) this.#count(variant, 1);
    const runs = this.#waiting.get(variant) ?? [];
    const run = runs.pop();
    if (runs.length === 0) this.#waiting.delete(variant);
    return run;
  }

  #leastPlayed(): number | undefined {
    let best: number | undefined;
    for (const variant of this.#waiting.keys()) {
      if (best === undefined || this.#playersOf(variant) < this.#playersOf(best)) best = variant;
    }
    return best;
  }

  #playersOf(variant: number): number {
    return this.#players.get(variant) ?? 0;
  }

  #count(variant: number, change: number): void {
    this.#players.set(variant, this.#playersOf(variant) + change);
  }
}
