// Reads every scenario of a command before any of them runs, and says everything that is wrong with
// them.

import {hasErrors, type Problem} from '../options/problem.ts';
import {readScenario} from '../scenario/load.ts';
import type {LoadedScenario} from '../scenario/loaded.ts';
import type {ReadOptions} from '../scenario/read-scenario-from.ts';
import {complainAbout} from './terminal.ts';

/** `undefined` when there are errors; they have been told. */
export async function readAll(
  files: readonly string[],
  {strict, ...options}: ReadOptions & {strict: boolean},
): Promise<LoadedScenario[] | undefined> {
  const scenarios: LoadedScenario[] = [];
  const told = new Set<string>();
  let failed = false;
  for (const file of files) {
    const {scenario, problems} = await readScenario(file, options);
    const counted = strict ? problems.map(asError) : problems;
    complainAbout(counted.filter(problem => isNew(problem, told)));
    if (hasErrors(counted)) failed = true;
    if (scenario !== undefined) scenarios.push(scenario);
  }
  return failed ? undefined : scenarios;
}

/** Scenarios may share files. */
function isNew(problem: Problem, told: Set<string>): boolean {
  const key = JSON.stringify(problem);
  if (told.has(key)) return false;
  told.add(key);
  return true;
}

export function asError(problem: Problem): Problem {
  return {...problem, severity: 'error'};
}
