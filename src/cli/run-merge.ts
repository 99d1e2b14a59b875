// What `orrery merge` does, once it is what is wanted: other commands do not load it.

import {existsSync} from 'node:fs';
import {join} from 'node:path';
import {readJournal} from '../experiment/journal.ts';
import {merge as mergeShards, type ShardJournal} from '../experiment/merge.ts';
import {CannotWrite} from '../report/cannot-write.ts';
import {ComparisonFolder, journalName} from '../report/comparison-folder.ts';
import type {ComparedRuns} from '../report/write-comparison.ts';
import {type Manner, publishComparison} from './comparison-told.ts';
import {done, userMistake} from './exit-codes.ts';
import {complain} from './terminal.ts';

export type MergeArguments = {
  readonly folders: string[];
  readonly out: string;
  readonly format: 'table' | 'json';
  readonly quiet: boolean;
};

/** Returns the exit code. */
export function runMerge({folders, out, format, quiet}: MergeArguments): number {
  const shards: ShardJournal[] = [];
  const mistakes: string[] = [];
  for (const folder of folders) {
    const path = join(folder, journalName);
    const journal = existsSync(path) ? readJournal(path) : undefined;
    if (journal !== undefined) shards.push({...journal, folder});
    else mistakes.push(`${folder}: no results of orrery compare --shard`);
  }
  if (mistakes.length > 0) return fail(mistakes);
  const merged = mergeShards(shards);
  if ('mistakes' in merged) return fail(merged.mistakes);
  try {
    publish(new ComparisonFolder(out), merged, {format, quiet});
    return done;
  } catch (error) {
    if (!(error instanceof CannotWrite)) throw error;
    return fail([error.message]);
  }
}

function publish(folder: ComparisonFolder, runs: ComparedRuns, manner: Manner): void {
  if (existsSync(folder.journal)) {
    const remedy = 'choose another folder with --out, or remove it';
    throw new CannotWrite(
      `${folder.unfinishedName} holds a comparison that is not done; ${remedy}`,
    );
  }
  folder.begin();
  try {
    publishComparison(folder, runs, manner);
  } catch (error) {
    folder.discard();
    throw error;
  }
}

function fail(messages: readonly string[]): number {
  for (const message of messages) complain(message);
  return userMistake;
}
