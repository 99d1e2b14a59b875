// Puts the journals of shards together: all that is wrong with the set is said at once.

import type {JournalText} from './journal.ts';
import type {Observation} from './observation.ts';
import {differenceOf, nameOfRun, type Plan, runsOf} from './plan.ts';

/** A journal, and the folder that it lies in. */
export type ShardJournal = JournalText & {readonly folder: string};

export type Merged =
  | {readonly plan: Plan; readonly observations: readonly Observation[]}
  | {readonly mistakes: readonly string[]};

export function merge(shards: readonly ShardJournal[]): Merged {
  const [first, ...others] = shards;
  const {plan} = first.head;
  const mistakes: string[] = [];
  for (const {folder, head} of others) {
    const difference = differenceOf(plan, head.plan);
    if (difference === undefined) continue;
    mistakes.push(
      `${folder}: of another comparison than ${first.folder}; what differs is ${difference}`,
    );
  }
  // Which runs are missing, or doubled, is a question only of one comparison.
  if (mistakes.length > 0) return {mistakes};
  const found = new Map<string, {observation: Observation; folder: string}>();
  const doubled = new Map<string, number>();
  for (const {folder, observations} of shards) {
    for (const observation of observations) {
      const key = keyOf(observation);
      const before = found.get(key);
      if (before === undefined) found.set(key, {observation, folder});
      else count(doubled, `both ${before.folder} and ${folder} have`);
    }
  }
  const runs = runsOf(plan, {replications: plan.replications});
  const missing = runs.filter(run => !found.has(keyOf(run)));
  for (const [where, times] of doubled) mistakes.push(`${where} the same ${countOf(times)}`);
  if (missing.length > 0) {
    const some = missing.slice(0, 3).map(run => nameOfRun(plan, run));
    const more = missing.length > 3 ? ' …' : '';
    mistakes.push(
      `${countOf(missing.length)} of ${runs.length} missing: ${some.join('; ')}${more}`,
    );
  }
  if (mistakes.length > 0) return {mistakes};
  const ordered = runs.flatMap(run => found.get(keyOf(run))?.observation ?? []);
  return {plan, observations: ordered};
}

function keyOf({variant, replication}: {variant: number; replication: number}): string {
  return `${variant}/${replication}`;
}

function count(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function countOf(runs: number): string {
  return runs === 1 ? '1 run' : `${runs} runs`;
}
