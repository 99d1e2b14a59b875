// A whole run in one call, for programs.

import {importPlugins} from './load.ts';
import type {LoadedScenario} from './loaded.ts';
import {type RunOptions, type RunOutcome, ScenarioRun} from './scenario-run.ts';

/** Plays the scenario to its end. `plugins` joins those of the scenario's own files. */
export async function simulate(
  scenario: LoadedScenario,
  options: RunOptions = {},
): Promise<RunOutcome> {
  const own = await importPlugins(scenario.scheduler.plugins);
  const run = new ScenarioRun(scenario, {
    ...options,
    plugins: [...own, ...(options.plugins ?? [])],
  });
  run.advance();
  return run.finish();
}
