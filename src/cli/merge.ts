// `orrery merge FOLDER...`: puts together what the jobs of one comparison left; the results are
// those that one job would have left.

import type {CommandModule} from 'yargs';
import type {MergeArguments} from './run-merge.ts';

export const merge: CommandModule<object, MergeArguments> = {
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
  handler: async given => {
    const {runMerge} = await import('./run-merge.ts');
    process.exitCode = runMerge(given);
  },
};
