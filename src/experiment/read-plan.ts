// Reads every variant of a comparison before anything runs, so that all mistakes are told at once.

import {inSeconds} from '../engine/time.ts';
import {hasErrors, type Problem} from '../options/problem.ts';
import {show} from '../options/show.ts';
import {readScenario} from '../scenario/load.ts';
import type {LoadedScenario} from '../scenario/loaded.ts';
import type {ReadOptions} from '../scenario/read-scenario-from.ts';
import {settingProblem} from '../scenario/settings.ts';
import {type Plan, readOptionsOf} from './plan.ts';
import {compareCommand} from './repeat-command.ts';
import {type Variant, variantsOf} from './variant.ts';
import {parseVaried} from './vary.ts';
import {version} from './version.ts';

export type WantedComparison = {
  readonly file: string;
  /** As `--vary`: `cluster.nodes[0].count=80,100`; the first value of each is the baseline. */
  readonly vary?: readonly string[];
  /** Name of a variant. */
  readonly baseline?: string | undefined;
  readonly replications?: number;
  /** For every variant. */
  readonly read?: ReadOptions;
};

export type ReadPlan = {
  /** `undefined` when there is an error among the problems. */
  readonly plan: Plan | undefined;
  readonly problems: readonly Problem[];
};

export async function readPlan(wanted: WantedComparison): Promise<ReadPlan> {
  const {paths, problems} = parseVaried(wanted.vary ?? []);
  const count = paths.reduce((product, {values}) => product * values.length, 1);
  if (count > mostVariants) {
    const message = `${count} variants; expected at most ${mostVariants}`;
    problems.push(settingProblem('--vary', message));
  }
  if (hasErrors(problems)) return {plan: undefined, problems};
  const variants = variantsOf(paths);
  const {file, replications = usualReplications, read = {}} = wanted;
  const scenarios = await readVariants({file, read}, variants, problems);
  const baseline = indexOfBaseline(wanted.baseline, variants, problems);
  const [first] = scenarios;
  if (hasErrors(problems) || first === undefined) return {plan: undefined, problems};
  const plan = {
    orrery: version,
    file,
    ...{scenario: first.name, question: first.question, seed: first.seed},
    variants: variants.map((variant, i) => {
      const {hash, duration} = scenarios[i];
      return {...variant, hash, duration: inSeconds(duration)};
    }),
    ...{baseline, replications, compare: first.compare, read},
    command: compareCommand(wanted),
  };
  return {plan, problems};
}

const usualReplications = 10;
const mostVariants = 10_000;

type ReadVariant = Pick<
  LoadedScenario,
  'name' | 'question' | 'seed' | 'duration' | 'compare' | 'hash'
>;

/** Only what a plan needs is kept of each. */
async function readVariants(
  {file, read}: Pick<Plan, 'file' | 'read'>,
  variants: readonly Variant[],
  problems: Problem[],
): Promise<ReadVariant[]> {
  const told = new Set(problems.map(problem => JSON.stringify(problem)));
  const scenarios = [];
  for (const variant of variants) {
    const reading = await readScenario(file, readOptionsOf({read}, variant));
    for (const problem of reading.problems) {
      const key = JSON.stringify(problem);
      if (!told.has(key)) problems.push(problem);
      told.add(key);
    }
    if (reading.scenario === undefined) continue;
    const {name, question, seed, duration, compare, hash} = reading.scenario;
    scenarios.push({name, question, seed, duration, compare, hash});
  }
  return scenarios;
}

function indexOfBaseline(
  name: string | undefined,
  variants: readonly Variant[],
  problems: Problem[],
): number {
  const index = name === undefined ? 0 : variants.findIndex(variant => variant.name === name);
  if (index !== -1) return index;
  const known = variants.map(variant => variant.name).join('; ');
  problems.push(
    settingProblem('--baseline', `no variant ${show(name)}; the variants are: ${known}`),
  );
  return 0;
}
