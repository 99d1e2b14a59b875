// What a run was: run.json, and the first lines of its report.

import type {Time} from '../engine/time.ts';
import type {Figure} from '../metrics/figures.ts';
import type {ResultTable} from '../metrics/table.ts';
import type {TroubledWorkload} from '../metrics/troubled.ts';

export type RunRecord = {
  readonly scenario: string;
  readonly question: string;
  /** Empty where the scenario has no variants. */
  readonly variant: string;
  readonly seed: number | string;
  readonly replication: number;
  /** Virtual time simulated. */
  readonly duration: Time;
  readonly events: number;
  readonly fingerprint: string;
  /** Orrery's. */
  readonly version: string;
  /** False where it was interrupted before its end. */
  readonly complete: boolean;
  /** `undefined` where it has none. */
  readonly traces?: readonly ReadTrace[] | undefined;
};

/** What became of a trace's rows. */
export type ReadTrace = {
  /** Name of the workload. */
  readonly workload: string;
  /** As the scenario names it. */
  readonly file: string;
  readonly read: number;
  readonly used: number;
  readonly skipped: readonly {readonly why: string; readonly rows: number}[];
};

/** Where and how it was run: what no other result file may depend on. */
export type Environment = Readonly<Record<string, string | number | boolean>>;

export type FinishedRun = {
  readonly run: RunRecord;
  readonly environment: Environment;
  readonly figures: readonly Figure[];
  readonly tables: readonly ResultTable[];
  readonly troubled: readonly TroubledWorkload[];
};
