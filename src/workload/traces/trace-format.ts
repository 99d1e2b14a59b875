// What a format of traces is: which columns it needs, and what a row of them says of a pod.

import type {Cells} from './cells.ts';
import type {TableColumns} from './csv-table.ts';
import type {Looks} from './looks.ts';

/** What one row says; the same object for every row. NaN is what it does not say. */
export type TracePod = {
  /** Empty: it gets one. */
  name: string;
  /** In microseconds. */
  at: number;
  lifetime: number;
  /** Pods that are alike and come together. */
  count: number;
  cpuMillicores: number;
  memoryBytes: number;
  /** A number of `Looks`. */
  look: number;
};

export type RowReader = (cells: Cells, pod: TracePod) => void;

export type TraceFormat = TableColumns & {
  /** Those that say when pods come: without one of them nothing does. */
  readonly times: readonly string[];
  /** Time zero is when the first pod comes, not what the rows call 0; so it is with dates. */
  readonly fromFirst: boolean;
  reader(looks: Looks, options: FormatOptions): RowReader;
};

export type FormatOptions = {
  /** Of one machine, where memory is told in shares of it. */
  readonly machineMemory: number | undefined;
};
