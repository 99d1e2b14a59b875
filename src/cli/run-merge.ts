// What `orrery merge` does, once it is what is wanted: other commands do not load it.

import {existsSync} from 'node:fs';
import {join} from 'node:path';
import {readJournal} from '../experiment/journal.ts';
import {merge as mergeShards, type ShardJournal} from '../experiment/merge.ts';
import {CannotWrite} from '../report/cannot-write.ts';
import {ComparisonFolder, journalName} from '../report/comparison-folder.ts';
import {publishComparison} from './comparison-told.ts';
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
    const folder = new ComparisonFolder(out);
    folder.begin();
    publishComparison(folder, merged, {format, quiet});
    return done;
  } catch (error) {
    if (!(error instanceof CannotWrite)) throw error;
    return fail([error.message]);
  }
}

function fail(messages: readonly string[]): number {
  for (const message of messages) complain(message);
  return userMistake;
}
