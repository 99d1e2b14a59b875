// What a worker is told: one run of a plan, and all that is needed to play it.

import type {Plan, RunOfPlan} from './plan.ts';
import {repeatCommand} from './repeat-command.ts';
import {settingsOf} from './variant.ts';

export type RunTask = Pick<Plan, 'file' | 'read' | 'seed'> & {
  readonly variant: Plan['variants'][number];
  readonly replication: number;
};

export function taskOf(plan: Plan, {variant, replication}: RunOfPlan): RunTask {
  const {file, read, seed, variants} = plan;
  return {file, read, seed, variant: variants[variant], replication};
}

/** The command that plays this run alone. */
export function repeatOf({file, seed, read, variant, replication}: RunTask): string {
  const {set = [], plugins = []} = read;
  const all = [...set, ...settingsOf(variant)];
  return repeatCommand({file, seed, replication, set: all, plugin: plugins});
}
