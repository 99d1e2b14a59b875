// The options of `orrery compare`.

import {availableParallelism} from 'node:os';
import {join} from 'node:path';
import type {Argv} from 'yargs';
import type {WantedComparison} from '../experiment/read-plan.ts';
import {reportOptions} from './report-options.ts';

export type CompareArguments = {
  readonly scenario: string;
  readonly vary: string[];
  readonly baseline: string | undefined;
  readonly replications: number | undefined;
  readonly primary: string | undefined;
  readonly analysis: string | undefined;
  readonly precision: string | undefined;
  readonly 'max-replications': string | undefined;
  readonly seed: string | undefined;
  readonly set: string[];
  readonly plugin: string[];
  readonly workers: number;
  readonly shard: string | undefined;
  readonly resume: boolean;
  readonly out: string | undefined;
  readonly results: string;
  readonly format: 'table' | 'json';
  readonly quiet: boolean;
  readonly strict: boolean;
};

const several = {type: 'string', array: true, default: [] as string[], nargs: 1} as const;
const text = {type: 'string', requiresArg: true} as const;

const design = {
  vary: {...several, describe: 'path=value,value, variants of the scenario; may be repeated'},
  baseline: {...text, describe: 'name of the variant to hold the others against'},
  replications: {type: 'number', requiresArg: true, describe: 'runs of each variant (10)'},
  primary: {...text, describe: 'the figure that decides: METRIC or METRIC:OBJECT'},
  analysis: {...text, describe: 'terminating (whole runs) or steady (the long run)'},
  precision: {...text, describe: 'add replications until the primary interval is so narrow: 5%'},
  'max-replications': {...text, describe: 'at which --precision gives up (200)'},
} as const;

const runs = {
  seed: {...text, describe: "where chance begins, instead of the scenario's"},
  set: {...several, describe: 'path=value, for all variants; may be repeated'},
  plugin: {...several, describe: 'file of a strategy of your own; may be repeated'},
  workers: {
    type: 'number',
    requiresArg: true,
    default: availableParallelism(),
    defaultDescription: 'the cores',
    describe: 'threads that play runs; results do not depend on it',
  },
  shard: {...text, describe: 'i/n: only every n-th run, for one of n jobs; see orrery merge'},
  resume: {type: 'boolean', default: false, describe: 'go on with what was begun in the folder'},
} as const;

const manners = {
  out: {...text, describe: 'folder for the results'},
  results: {
    ...text,
    default: join('results', 'local'),
    describe: "folder for the results' folder, NAME-compare",
  },
  ...reportOptions,
} as const;

export function compareOptions(yargs: Argv): Argv<CompareArguments> {
  return yargs
    .positional('scenario', {type: 'string', demandOption: true, describe: 'file'})
    .options(design)
    .options(runs)
    .options(manners)
    .example('$0 compare a.yaml --vary scheduler.profile=default,bin-packing', 'two strategies')
    .example('$0 compare a.yaml --vary "cluster.nodes[0].count=80,100"', 'two sizes')
    .example('$0 compare a.yaml --replications 20', 'one variant, with intervals');
}

export function wantedComparison(given: CompareArguments): WantedComparison {
  const {scenario, vary, baseline, replications, seed, set, plugin} = given;
  const {primary, analysis, precision, 'max-replications': maxReplications} = given;
  const asked = Object.entries({primary, analysis, precision, maxReplications});
  const compare = Object.fromEntries(
    asked.flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
  );
  return {
    ...{file: scenario, vary, baseline, replications},
    read: {
      ...{set, plugins: plugin, compare},
      ...(seed === undefined ? {} : {seed}),
    },
  };
}
