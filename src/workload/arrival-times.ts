// When pods come: what one kind of workload differs from another in.

import type {Time} from '../engine/time.ts';

export type ArrivalTimes = {
  /** Pods that come together. */
  readonly size: number;
  /** Pods in all, a multiple of `size`; `undefined` is without end. */
  readonly limit: number | undefined;
  /** The first arrival, for a workload that begins at `start`; `undefined`: none at all. */
  first(start: Time): Time | undefined;
  /** The arrival after the one just now; `undefined`: no more. */
  next(now: Time): Time | undefined;
  /** For what it remembers besides its random streams: a value that can be cloned, and back. */
  save?(): unknown;
  restore?(saved: unknown): void;
};
