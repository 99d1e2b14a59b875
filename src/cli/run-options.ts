// The options that every run takes.

import {join} from 'node:path';
import type {Argv} from 'yargs';
import {reportOptions} from './report-options.ts';

export type RunArguments = {
  readonly scenarios: string[];
  readonly seed: string | undefined;
  readonly replications: number;
  readonly replication: number | undefined;
  readonly set: string[];
  readonly out: string | undefined;
  readonly results: string;
  readonly format: 'table' | 'json';
  readonly quiet: boolean;
  readonly trace: string | undefined;
  readonly strict: boolean;
  readonly verify: boolean;
  readonly plugin: string[];
};

const numbers = {
  seed: {
    type: 'string',
    requiresArg: true,
    describe: "where chance begins, instead of the scenario's",
  },
  replications: {
    type: 'number',
    default: 1,
    requiresArg: true,
    describe: 'independent runs, each with its own dice',
  },
  replication: {
    type: 'number',
    requiresArg: true,
    describe: 'only this one of the replications, from 0',
  },
} as const;

const files = {
  out: {type: 'string', requiresArg: true, describe: 'folder for the results'},
  results: {
    type: 'string',
    default: join('results', 'local'),
    requiresArg: true,
    describe: "folder for the results' folders, one a scenario",
  },
  trace: {type: 'string', requiresArg: true, describe: 'file for every event as it happens'},
  plugin: {
    type: 'string',
    array: true,
    default: [] as string[],
    nargs: 1,
    describe: 'file of a strategy of your own (.js, or .ts with tsx); may be repeated',
  },
} as const;

const manners = {
  set: {
    type: 'string',
    array: true,
    default: [] as string[],
    nargs: 1,
    describe: 'path=value, any value of the scenario; may be repeated',
  },
  ...reportOptions,
  verify: {
    type: 'boolean',
    default: false,
    describe: 'afterwards, hold every event against a run that keeps no answers of nodes',
  },
} as const;

export function runOptions(yargs: Argv): Argv<RunArguments> {
  return yargs
    .positional('scenarios', {type: 'string', array: true, demandOption: true, describe: 'files'})
    .options(numbers)
    .options(files)
    .options(manners)
    .example('$0 run scenarios/quickstart.yaml', 'one run; results in results/local/quickstart')
    .example('$0 run a.yaml b.yaml --replications 10', 'two scenarios, ten runs each')
    .example('$0 run a.yaml --set "cluster.nodes[0].count=80"', 'the same with more nodes');
}
