// What a family of metrics hands over at the end: the rows of one result file, made as they are
// read, so that a table of a million pods never lies in memory.

/** Times are texts from `secondsText`; `undefined` is an empty cell: not known, or not ended. */
export type Cell = string | number | boolean | undefined;

export type ResultTable = {
  /** The file's name, as `pods.csv`. */
  readonly file: string;
  readonly columns: readonly string[];
  /** May have a row per pod; see report/csv.ts. */
  readonly long: boolean;
  /** In a total order; each call starts anew. */
  rows(): Iterable<readonly Cell[]>;
};
