// What `orrery compare` does, once it is what is wanted: other commands do not load it.

import {join} from 'node:path';
import {parseShard} from '../experiment/parse-shard.ts';
import type {Plan, Shard} from '../experiment/plan.ts';
import {readPlan} from '../experiment/read-plan.ts';
import {hasErrors} from '../options/problem.ts';
import {CannotWrite} from '../report/cannot-write.ts';
import {type CompareArguments, wantedComparison} from './compare-options.ts';
import {userMistake} from './exit-codes.ts';
import {playComparison} from './play-comparison.ts';
import {asError} from './read-all.ts';
import {complain, complainAbout} from './terminal.ts';

/** Returns the exit code. */
export async function runComparison(given: CompareArguments): Promise<number> {
  const shard = given.shard === undefined ? undefined : parseShard(given.shard);
  const mistakes = [
    outside('--replications', given.replications ?? 1, 100_000),
    outside('--workers', given.workers, 1024),
    shard !== undefined && 'wrong' in shard ? shard.wrong : undefined,
  ].filter(mistake => mistake !== undefined);
  if (mistakes.length > 0 || (shard !== undefined && 'wrong' in shard)) return fail(mistakes);
  const plan = await planOf(given);
  if (plan === undefined) return userMistake;
  if (shard !== undefined && plan.compare.precision !== undefined) return fail([noPrecision]);
  try {
    return await playComparison(plan, {given, shard, folder: folderOf(plan, given, shard)});
  } catch (error) {
    if (!(error instanceof CannotWrite)) throw error;
    return fail([error.message]);
  }
}

const noPrecision =
  'how many replications --precision adds follows from all runs, and a shard has only some; ' +
  'leave out --shard, or give --replications and no precision';

async function planOf(given: CompareArguments): Promise<Plan | undefined> {
  const {plan, problems} = await readPlan(wantedComparison(given));
  const counted = given.strict ? problems.map(asError) : problems;
  complainAbout(counted);
  return hasErrors(counted) ? undefined : plan;
}

function folderOf(
  {scenario}: Plan,
  {out, results}: CompareArguments,
  shard: Shard | undefined,
): string {
  if (out !== undefined) return out;
  const part = shard === undefined ? '' : `-${shard.number}-of-${shard.of}`;
  return join(results, `${scenario}-compare${part}`);
}

function outside(option: string, value: number, most: number): string | undefined {
  if (Number.isInteger(value) && value >= 1 && value <= most) return undefined;
  return `${option}: expected a whole number from 1 to ${most}, got ${value}`;
}

function fail(messages: readonly string[]): number {
  for (const message of messages) complain(message);
  return userMistake;
}
