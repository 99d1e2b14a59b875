// One figure of a benchmark: a row of results/bench.csv but for what all rows of a run share.

export type Measurement = {
  /** A scenario of this folder, or a piece of the program. */
  readonly workload: string;
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  /** What is wanted: at most so much, or at least, by the unit; `undefined`: nothing in particular. */
  readonly limit?: number | undefined;
};
