// What a comparison says: of each figure of each variant where its mean lies, and how far it is
// from the baseline's. Plain data, from which compare.csv, the terminal and the page are written.

import type {FigureName} from './figure-name.ts';
import type {Variant} from './variant.ts';

/**
 * `terminating`: a run is what is asked about, its beginning and end included. `steady`: what a
 * system does in the long run, so that its warming up is cut off.
 */
export type Analysis = 'terminating' | 'steady';

export type Comparison = {
  readonly scenario: string;
  readonly question: string;
  readonly variants: readonly Variant[];
  /** Index of the variant that the others are held against. */
  readonly baseline: number;
  /** The figure that decides, declared before anything is played. */
  readonly primary: FigureName | undefined;
  readonly analysis: Analysis;
  /** 0.95: of a hundred such intervals 95 hold the truth. */
  readonly level: number;
  /** Figure by figure, of each the variants in the order of the plan. */
  readonly rows: readonly ComparisonRow[];
  /** Sentences. */
  readonly warnings: readonly string[];
};

export type ComparisonRow = FigureName & {
  readonly variant: number;
  readonly unit: string;
  readonly mean: number | undefined;
  /** Absent where the sample says nothing of how far off the mean may be. */
  readonly low: number | undefined;
  readonly high: number | undefined;
  /** Runs that have the figure. */
  readonly n: number;
  /** To the baseline, over the replications that both have; absent in the baseline's own rows. */
  readonly difference: number | undefined;
  readonly differenceLow: number | undefined;
  readonly differenceHigh: number | undefined;
  readonly p: number | undefined;
  /** After Holm over the variants for the primary figure, else the q-value among all others. */
  readonly adjustedP: number | undefined;
  /** Of the differences, against independent runs: below 1 pairing helps. */
  readonly varianceRatio: number | undefined;
  /** How interval and difference were made: `student-t`, `poisson; paired-t` … */
  readonly method: string;
};
