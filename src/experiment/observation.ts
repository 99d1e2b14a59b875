// What one run leaves for the comparison: plain data, one line of the journal. Whatever a
// comparison says follows from these alone, so it does not matter who played a run, or when.

import type {Figure} from '../metrics/figures.ts';

export type Observation = {
  /** Index in the plan. */
  readonly variant: number;
  readonly replication: number;
  readonly fingerprint: string;
  readonly events: number;
  readonly complete: boolean;
  readonly figures: readonly Figure[];
  /** Empty unless the run samples. */
  readonly series: readonly ObservedSeries[];
};

export type ObservedSeries = {
  readonly metric: string;
  readonly object: string;
  /** Virtual seconds, or the share of pods that have arrived. */
  readonly axis: 'time' | 'arrived';
  /** x and value; at most `mostPoints`. */
  readonly points: readonly (readonly [number, number])[];
};

export const mostPoints = 400;
