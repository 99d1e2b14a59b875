// Some of a Service's clients together: how likely each is to reach it, summed over them, and to
// what it is put down that it is less.

import type {CauseId} from '../../objects/causes.ts';

export interface Audience {
  /** Against the Service's other audiences. */
  readonly weight: number;
  /** That are alive. */
  readonly callers: number;
  /** Summed over them, in units of probability. */
  readonly successes: number;
  readonly losses: ReadonlyMap<CauseId, number>;
}
