// `orrery compare SCENARIO`: plays variants of a scenario many times and says how they differ.

import type {CommandModule} from 'yargs';
import {type CompareArguments, compareOptions} from './compare-options.ts';

export const compare: CommandModule<object, CompareArguments> = {
  command: 'compare <scenario>',
  describe: 'run variants of a scenario, many times, and say how they differ',
  builder: compareOptions,
  handler: async given => {
    const {runComparison} = await import('./run-comparison.ts');
    process.exitCode = await runComparison(given);
  },
};
