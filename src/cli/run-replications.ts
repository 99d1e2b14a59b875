// All replications of one scenario, into one folder of results that appears when all are done.

import picocolors from 'picocolors';
import {formatDivergence} from '../engine/divergence.ts';
import {repeatCommand} from '../experiment/repeat-command.ts';
import {version} from '../experiment/version.ts';
import {currentEnvironment} from '../report/environment.ts';
import {jsonReport} from '../report/json-report.ts';
import {ResultFolder} from '../report/result-folder.ts';
import type {FinishedRun, ReadTrace} from '../report/run-record.ts';
import {terminalReport} from '../report/terminal.ts';
import {writeFiles} from '../report/write-run.ts';
import {importPlugins} from '../scenario/load.ts';
import type {LoadedScenario} from '../scenario/loaded.ts';
import type {RunOptions, RunOutcome} from '../scenario/scenario-run.ts';
import {firstDoubt} from '../scenario/verify.ts';
import type {Interruption} from './interruption.ts';
import {play} from './play.ts';
import type {RunArguments} from './run-options.ts';
import {complain, print} from './terminal.ts';
import {TraceFile} from './trace-file.ts';

type Manner = {
  readonly folder: string;
  readonly given: RunArguments;
  readonly interruption: Interruption;
};

/** The reports of `--format json`. */
export async function runReplications(
  scenario: LoadedScenario,
  {folder, given, interruption}: Manner,
): Promise<unknown[]> {
  const results = new ResultFolder(folder);
  const reports: unknown[] = [];
  try {
    for (const replication of replicationsOf(given)) {
      const outcome = await runOne(scenario, {replication, given, interruption});
      const finished = finishedRun(scenario, outcome);
      const subfolder = given.replications === 1 ? undefined : `replication-${replication}`;
      results.fill(subfolder, temporary => writeFiles(temporary, finished));
      reports.push(
        report(finished, subfolder === undefined ? folder : `${folder}/${subfolder}`, given),
      );
      if (interruption.wanted) break;
    }
    results.publish();
  } finally {
    results.discard();
  }
  return reports;
}

function replicationsOf({replications, replication}: RunArguments): number[] {
  if (replication !== undefined) return [replication];
  return Array.from({length: replications}, (_, number) => number);
}

async function runOne(
  scenario: LoadedScenario,
  {
    replication,
    given,
    interruption,
  }: {replication: number; given: RunArguments; interruption: Interruption},
): Promise<RunOutcome> {
  const plugins = await importPlugins(scenario.scheduler.plugins);
  const trace = given.trace === undefined ? undefined : new TraceFile(given.trace);
  const repeat = repeatCommand({...given, file: scenario.file, seed: scenario.seed, replication});
  const options: RunOptions = {plugins, replication, repeat, trace: trace?.listener};
  try {
    const outcome = await play(scenario, options, {interruption, quiet: given.quiet});
    if (given.verify && outcome.complete) verify(scenario, options);
    return outcome;
  } finally {
    trace?.close();
  }
}

function verify(scenario: LoadedScenario, options: RunOptions): void {
  const doubt = firstDoubt(scenario, options);
  if (doubt === undefined)
    return complain('verified: asking every node every time changes no event');
  const repeat = `repeat with: ${options.repeat} --verify`;
  throw new Error(`kept answers changed a decision; ${formatDivergence(doubt)}\n${repeat}`);
}

function finishedRun({name, question, traces}: LoadedScenario, outcome: RunOutcome): FinishedRun {
  const {seed, replication, end, complete, events, fingerprint, figures, tables, troubled} =
    outcome;
  return {
    run: {
      scenario: name,
      question,
      variant: '',
      seed,
      replication,
      duration: end,
      events,
      fingerprint,
      version,
      complete,
      traces: readTraces(traces),
    },
    environment: currentEnvironment(),
    figures,
    tables,
    troubled,
  };
}

function readTraces(traces: LoadedScenario['traces']): readonly ReadTrace[] | undefined {
  if (traces.length === 0) return undefined;
  return traces.map(({skipped, ...trace}) => ({
    ...trace,
    skipped: skipped.map(({why, rows}) => ({why, rows})),
  }));
}

/** Prints the table at once; a JSON report waits for the others. */
function report(finished: FinishedRun, folder: string, {format, quiet}: RunArguments): unknown {
  if (format === 'json') return jsonReport(finished, folder);
  const {run, figures, troubled} = finished;
  const colour = process.stdout.isTTY === true && picocolors.isColorSupported;
  if (!quiet) print(terminalReport({run, figures, troubled, folder}, {colour}));
  return undefined;
}
