// Plays one run to its end, or to the first Ctrl-C, with a progress bar where somebody watches.

import type {LoadedScenario} from '../scenario/loaded.ts';
import {type RunOptions, type RunOutcome, ScenarioRun} from '../scenario/scenario-run.ts';
import type {Interruption} from './interruption.ts';
import {noProgress, startProgress} from './progress.ts';

export async function play(
  scenario: LoadedScenario,
  options: RunOptions,
  {interruption, quiet}: {interruption: Interruption; quiet: boolean},
): Promise<RunOutcome> {
  const watched = process.stderr.isTTY === true && !quiet;
  const progress = watched ? startProgress(scenario.name, scenario.duration) : noProgress;
  try {
    const run = new ScenarioRun(scenario, options);
    while (!(await interruption.look()) && run.advance(eventsAtOnce)) {
      progress.show(run.now, run.eventsHandled);
    }
    return run.finish();
  } finally {
    progress.end();
  }
}

// A few hundredths of a second: Ctrl-C is answered at once.
const eventsAtOnce = 20_000;
