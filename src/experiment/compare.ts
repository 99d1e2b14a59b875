// A whole comparison in one call, for programs: nothing is written, all is returned.

import {availableParallelism} from 'node:os';
import type {Problem} from '../options/problem.ts';
import type {Comparison} from './comparison.ts';
import {conclude} from './conclude.ts';
import type {Observation} from './observation.ts';
import {type PlayOptions, playPlan} from './play-plan.ts';
import {readPlan, type WantedComparison} from './read-plan.ts';

export type CompareManner = Pick<PlayOptions, 'signal' | 'onProgress' | 'memoryMegabytes'> & {
  /** Threads; the cores unless given. */
  readonly workers?: number;
};

export type Compared = {
  /** `undefined` when there is an error among the problems. */
  readonly comparison: Comparison | undefined;
  readonly observations: readonly Observation[];
  readonly problems: readonly Problem[];
};

export async function compare(
  wanted: WantedComparison,
  {workers = availableParallelism(), ...manner}: CompareManner = {},
): Promise<Compared> {
  const {plan, problems} = await readPlan(wanted);
  if (plan === undefined) return {comparison: undefined, observations: [], problems};
  const {observations, complete, failure} = await playPlan(plan, {workers, ...manner});
  if (failure !== undefined) throw new Error(failure.wrong);
  if (!complete) throw new Error('the comparison was interrupted');
  return {comparison: conclude(plan, observations), observations, problems};
}
