// How a run is played, what it gives, and who looks on.

import type {Time} from './time.ts';

export interface RunOptions {
  /** Pause after so many events, so that the caller can look at the world outside. */
  readonly maxEvents?: number;
  /** Called now and then between events. May call `stop`; must change nothing else. */
  readonly progress?: (now: Time, eventsHandled: number) => void;
  readonly progressEvery?: number;
}

export interface RunResult {
  /** `done`: the time is reached. `stopped`: by `stop`. `paused`: by `maxEvents`. */
  readonly ended: 'done' | 'stopped' | 'paused';
  readonly now: Time;
  readonly eventsHandled: number;
}

export type TraceListener = (
  time: Time,
  sequence: number,
  kind: string,
  a: number,
  b: number,
) => void;
