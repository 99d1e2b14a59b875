// What a worker thread does: plays one run of a plan. It reads a variant's scenario once, and keeps
// it for the variant's other runs. Whatever goes wrong is told as data: an error's class does not
// outlive the way to another thread.

import {InvariantError} from '../engine/invariant-error.ts';
import {importPlugins, readScenario} from '../scenario/load.ts';
import type {LoadedScenario} from '../scenario/loaded.ts';
import {ScenarioRun} from '../scenario/scenario-run.ts';
import type {PluginDefinition} from '../scheduler/framework.ts';
import {StrategyError} from '../scheduler/strategy-error.ts';
import {observe} from './observe.ts';
import {readOptionsOf} from './plan.ts';
import type {RunFailure} from './run-failure.ts';
import {type RunTask, repeatOf} from './run-task.ts';

/** An observation as JSON, or a sentence and whose mistake it is. */
export type Played = {readonly observation: string} | RunFailure;

export async function playRun(task: RunTask): Promise<Played> {
  try {
    const {scenario, plugins} = await prepared(task);
    if (scenario.hash !== task.variant.hash) return {wrong: changed, whose: 'user'};
    const repeat = repeatOf(task);
    const run = new ScenarioRun(scenario, {plugins, replication: task.replication, repeat});
    run.advance();
    return {observation: JSON.stringify(observe(task.variant.index, run.finish()))};
  } catch (error) {
    return failed(error, task);
  }
}

type Prepared = {
  readonly scenario: LoadedScenario;
  readonly plugins: readonly PluginDefinition[];
};

// A worker stays with a variant for a while, so the last few are enough.
const kept = new Map<string, Prepared>();
const mostKept = 3;

async function prepared(task: RunTask): Promise<Prepared> {
  const known = kept.get(task.variant.hash);
  if (known !== undefined) return known;
  const {scenario} = await readScenario(task.file, readOptionsOf(task, task.variant));
  if (scenario === undefined) throw new Error(changed);
  const plugins = await importPlugins(scenario.scheduler.plugins);
  // Rows for each pod and each event are no part of a comparison.
  const results = {...scenario.results, pods: false, events: false};
  const found = {scenario: {...scenario, results}, plugins};
  kept.set(task.variant.hash, found);
  for (const hash of kept.keys()) if (kept.size > mostKept) kept.delete(hash);
  return found;
}

const changed = 'its files were changed while the comparison went on';

function failed(error: unknown, task: RunTask): Played {
  if (error instanceof InvariantError) {
    const byStrategy = error.cause instanceof StrategyError;
    return {wrong: error.message, whose: byStrategy ? 'strategy' : 'orrery'};
  }
  const what = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return {wrong: `${what}\nrepeat with: ${repeatOf(task)}`, whose: 'orrery'};
}
