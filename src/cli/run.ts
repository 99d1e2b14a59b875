// `orrery run SCENARIO...`: plays scenarios, writes their result files, prints a short report of
// each.

import {join} from 'node:path';
import type {CommandModule} from 'yargs';
import {CannotWrite} from '../report/cannot-write.ts';
import type {LoadedScenario} from '../scenario/loaded.ts';
import {done, interrupted, userMistake} from './exit-codes.ts';
import {Interruption} from './interruption.ts';
import {readAll} from './read-all.ts';
import {type RunArguments, runOptions} from './run-options.ts';
import {runReplications} from './run-replications.ts';
import {complain, print} from './terminal.ts';

export const run: CommandModule<object, RunArguments> = {
  command: 'run <scenarios..>',
  describe: 'run scenarios, print a short report, write CSV files',
  builder: runOptions,
  handler: async given => {
    const mistake = mistakeIn(given);
    if (mistake !== undefined) return fail(mistake);
    const scenarios = await readAll(given.scenarios, {...given, plugins: given.plugin});
    if (scenarios === undefined) return fail();
    const clash = nameClash(scenarios);
    if (clash !== undefined) return fail(clash);
    process.exitCode = await runAll(scenarios, given);
  },
};

function mistakeIn({
  scenarios,
  replications,
  replication,
  trace,
}: RunArguments): string | undefined {
  if (!Number.isInteger(replications) || replications < 1 || replications > 100_000) {
    return `--replications: expected a whole number from 1 to 100000, got ${replications}`;
  }
  if (replication !== undefined && replications > 1) {
    return '--replication runs that one alone; leave out --replications';
  }
  if (trace !== undefined && (scenarios.length > 1 || replications > 1)) {
    return '--trace takes one run: one scenario and no --replications';
  }
  return undefined;
}

function nameClash(scenarios: readonly LoadedScenario[]): string | undefined {
  const files = new Map<string, string>();
  for (const {name, file} of scenarios) {
    const other = files.get(name);
    if (other !== undefined) {
      return `${file}: its name is ${name}, as that of ${other}; their results would lie in the same folder`;
    }
    files.set(name, file);
  }
  return undefined;
}

async function runAll(scenarios: readonly LoadedScenario[], given: RunArguments): Promise<number> {
  const interruption = new Interruption();
  const reports: unknown[] = [];
  try {
    for (const scenario of scenarios) {
      const folder = folderOf(scenario, given);
      reports.push(...(await runReplications(scenario, {folder, given, interruption})));
      if (interruption.wanted) break;
    }
  } catch (error) {
    if (!(error instanceof CannotWrite)) throw error;
    complain(error.message);
    return userMistake;
  } finally {
    interruption.close();
  }
  if (given.format === 'json') print(JSON.stringify(reports, undefined, 2));
  if (!interruption.wanted) return done;
  complain('interrupted: what was measured until then is written and marked incomplete');
  return interrupted;
}

function folderOf({name}: LoadedScenario, {out, results, scenarios}: RunArguments): string {
  if (out === undefined) return join(results, name);
  return scenarios.length === 1 ? out : join(out, name);
}

function fail(message?: string): void {
  if (message !== undefined) complain(message);
  process.exitCode = userMistake;
}
