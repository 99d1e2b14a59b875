// `orrery merge FOLDER...`: puts together what the jobs of one comparison left; the results are
// those that one job would have left.

import {existsSync} from 'node:fs';
import {join} from 'node:path';
import type {CommandModule} from 'yargs';
import {readJournal} from '../experiment/journal.ts';
import {merge as mergeShards, type ShardJournal} from '../experiment/merge.ts';
import {CannotWrite} from '../report/cannot-write.ts';
import {ComparisonFolder, journalName} from '../report/comparison-folder.ts';
import {publishComparison} from './comparison-told.ts';
import {done, userMistake} from './exit-codes.ts';
import {complain} from './terminal.ts';

type Arguments = {
  readonly folders: string[];
  readonly out: string;
  readonly format: 'table' | 'json';
  readonly quiet: boolean;
};

export const merge: CommandModule<object, Arguments> = {
  command: 'merge <folders..>',
  describe: 'put together what the shards of a comparison left',
  builder: yargs =>
    yargs
      .positional('folders', {type: 'string', array: true, demandOption: true, describe: 'shards'})
      .options({
        out: {type: 'string', requiresArg: true, demandOption: true, describe: 'for the results'},
        format: {choices: ['table', 'json'] as const, default: 'table' as const},
        quiet: {type: 'boolean', default: false, describe: 'no report'},
      })
      .example('$0 merge part-1 part-2 --out whole', 'two jobs ran --shard 1/2 and --shard 2/2'),
  handler: given => {
    process.exitCode = run(given);
  },
};

function run({folders, out, format, quiet}: Arguments): number {
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
