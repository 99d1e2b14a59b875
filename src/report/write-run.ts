// A finished run as files: run.json, environment.json, summary.csv and a CSV file for each table.

import {closeSync, openSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {inSeconds} from '../engine/time.ts';
import type {Cell, ResultTable} from '../metrics/table.ts';
import {csv} from './csv.ts';
import {ResultFolder} from './result-folder.ts';
import type {FinishedRun, RunRecord} from './run-record.ts';

/**
 * One run, one folder. For several replications make a ResultFolder and fill a subfolder with each.
 */
export function writeRun(folder: string, run: FinishedRun): void {
  const results = new ResultFolder(folder);
  results.fill(undefined, temporary => writeFiles(temporary, run));
  results.publish();
}

/** Into a folder that exists. */
export function writeFiles(folder: string, {run, environment, figures, tables}: FinishedRun): void {
  const all = [summaryTable(run, figures), ...tables];
  for (const table of all) writeTable(join(folder, table.file), table);
  writeJson(join(folder, 'environment.json'), environment);
  const files = ['run.json', 'environment.json', ...all.map(({file}) => file)];
  // Last: a folder with a run.json has everything.
  writeJson(join(folder, 'run.json'), {...runJson(run), files});
}

/** run.json without the list of files. `duration` is in seconds. */
export function runJson({question, version, duration, complete, ...run}: RunRecord) {
  return {...run, duration: inSeconds(duration), question, complete, orrery: version};
}

function summaryTable(run: RunRecord, figures: FinishedRun['figures']): ResultTable {
  const {scenario, variant, replication} = run;
  return {
    file: 'summary.csv',
    columns: [
      ...['scenario', 'variant', 'replication'],
      ...['metric', 'object', 'value', 'unit', 'samples'],
    ],
    long: false,
    *rows(): Generator<Cell[]> {
      for (const {metric, object, value, unit, samples} of figures) {
        yield [scenario, variant, replication, metric, object, value, unit, samples];
      }
    },
  };
}

export function writeTable(path: string, table: ResultTable): void {
  const file = openSync(path, 'wx');
  try {
    // Unlike writeSync this goes on after a short write.
    for (const piece of csv(table)) writeFileSync(file, piece);
  } finally {
    closeSync(file);
  }
}

export function writeJson(path: string, value: unknown): void {
  writeFileSync(path, `${JSON.stringify(value, undefined, 2)}\n`);
}
