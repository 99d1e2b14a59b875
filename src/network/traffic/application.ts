// What the program in a pod does with a request: how long that takes, how many at a time, how many
// may wait, what its answer is, and whom it calls before it answers.

import type {Distribution} from '../../options/distribution.ts';
import type {CallingId} from './calling.ts';
import type {StationOptions} from './station.ts';

export type PlannedCall = {
  readonly calling: CallingId;
  /** From 0 to 1. */
  readonly chance: number;
  readonly times: number;
};

/** Its program does nothing for a while, whoever else is served. */
export type PlannedSleep = {
  /** By it its stream of chance is named. */
  readonly name: string;
  readonly sleep: Distribution;
};

/** One after another, each of calls side by side; at most one of them a sleep. */
export type CallSteps = readonly (readonly (PlannedCall | PlannedSleep)[])[];

export type Application = {
  /** By it its streams of chance are named: alike for all pods of a template. */
  readonly name: string;
  /** Its own work for one request; `undefined`: none. */
  readonly takes: Distribution | undefined;
  readonly station: StationOptions;
  /** The share of its work that is a CPU's, so that the container's limit bounds it. */
  readonly cpu: number;
  /** Each answer is an error by itself with this chance. */
  readonly errors: number;
  readonly answerBytes: number;
  readonly steps: CallSteps;
  /** A worker is busy until its request's calls have been answered. */
  readonly holds: boolean;
};

/** Takes any number of requests at once and answers at once. */
export const idleApplication: Application = {
  name: 'none',
  takes: undefined,
  station: {discipline: 'fifo', workers: Infinity, limit: Infinity},
  cpu: 0,
  errors: 0,
  answerBytes: 0,
  steps: [],
  holds: false,
};
