// The scenarios that come with Orrery, and their results as this code gives them.

import {mkdtempSync, readdirSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {orrery} from '../cli/orrery.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
/** One folder a scenario, in git; without environment.json, which is each machine's own. */
export const committedResults = join(root, 'results');

const scenarioFolder = join(root, 'scenarios');

function scenarioNames(): string[] {
  return readdirSync(scenarioFolder)
    .filter(name => name.endsWith('.yaml'))
    .map(name => name.slice(0, -'.yaml'.length))
    .sort();
}

/** Of shipped scenarios, small enough to be played whenever anything changes. */
const comparisons = [
  {
    scenario: 'strategies',
    given: [
      ...['--vary', 'scheduler.profile=default,cost-aware', '--replications', '5'],
      ...['--set', 'duration=1d'],
    ],
  },
];

/** One folder each in `results/`: of scenarios, and of comparisons, which leave compare.csv. */
export function resultNames(): string[] {
  return [...scenarioNames(), ...comparisons.map(({scenario}) => `${scenario}-compare`)].sort();
}

/** Runs all of them as a user does, into a folder for each that is gone afterwards. */
export async function withFreshResults(use: (folder: string) => void): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'orrery-results-'));
  try {
    const files = scenarioNames().map(name => join(scenarioFolder, `${name}.yaml`));
    const {code, err} = await orrery(['run', ...files, '--out', folder, '--quiet'], {folder});
    if (code !== 0) throw new Error(`the scenarios did not run:\n${err}`);
    for (const name of scenarioNames()) rmSync(join(folder, name, 'environment.json'));
    for (const comparison of comparisons) await compareInto(folder, comparison);
    use(folder);
  } finally {
    rmSync(folder, {recursive: true});
  }
}

async function compareInto(
  folder: string,
  {scenario, given}: (typeof comparisons)[number],
): Promise<void> {
  const file = join(scenarioFolder, `${scenario}.yaml`);
  const out = join(folder, `${scenario}-compare`);
  const said = await orrery(['compare', file, ...given, '--out', out, '--quiet'], {folder});
  if (said.code !== 0) throw new Error(`${scenario} could not be compared:\n${said.err}`);
  for (const name of readdirSync(out)) if (name !== 'compare.csv') rmSync(join(out, name));
}
