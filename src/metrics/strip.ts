// How one workload fared over time, in at most 64 pieces: each is as bad as the worst moment in it.
// Nobody knows beforehand how long a run will be, so when the pieces do not reach, each two become
// one.

import {second, type Time} from '../engine/time.ts';

/** In the order of badness. `none`: not there, or nothing wanted. */
export const stripStates = ['none', 'up', 'partly', 'down'] as const;
export type StripState = (typeof stripStates)[number];

const pieces = 64;

export class Strip {
  #width: Time = second;
  #states = new Uint8Array(pieces);
  #since: Time = 0;
  #state = 0;

  get state(): StripState {
    return stripStates[this.#state];
  }

  change(state: StripState, now: Time): void {
    this.#fill(now);
    this.#state = stripStates.indexOf(state);
  }

  /** What was since then was at least so bad, as is known only now. */
  judge(state: StripState, since: Time, now: Time): void {
    this.#fill(now);
    this.#raise(stripStates.indexOf(state), since, now);
  }

  /** In so many pieces, from time 0 until `end`. */
  states(end: Time, count: number): StripState[] {
    this.#fill(end);
    return Array.from({length: count}, (_, i) =>
      this.#worst((i * end) / count, ((i + 1) * end) / count),
    );
  }

  save() {
    return {
      width: this.#width,
      states: this.#states.slice(),
      since: this.#since,
      state: this.#state,
    };
  }

  restore(saved: ReturnType<Strip['save']>): void {
    this.#width = saved.width;
    this.#states = saved.states.slice();
    this.#since = saved.since;
    this.#state = saved.state;
  }

  #fill(now: Time): void {
    if (now === this.#since) return;
    while (now > this.#width * pieces) this.#halve();
    this.#raise(this.#state, this.#since, now);
    this.#since = now;
  }

  #raise(state: number, from: Time, to: Time): void {
    const first = Math.floor(from / this.#width);
    const last = Math.ceil(to / this.#width) - 1;
    for (let i = first; i <= last; i++) {
      if (this.#states[i] < state) this.#states[i] = state;
    }
  }

  #halve(): void {
    this.#width *= 2;
    const states = new Uint8Array(pieces);
    for (let i = 0; i < pieces; i++) {
      if (this.#states[i] > states[i >> 1]) states[i >> 1] = this.#states[i];
    }
    this.#states = states;
  }

  #worst(from: Time, to: Time): StripState {
    let worst = 0;
    for (let i = Math.floor(from / this.#width); i * this.#width < to && i < pieces; i++) {
      if (this.#states[i] > worst) worst = this.#states[i];
    }
    return stripStates[worst];
  }
}
