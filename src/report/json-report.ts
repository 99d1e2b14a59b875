// A run as one JSON document, for `--format json`: what it was, its figures, where its tables lie.

import {join} from 'node:path';
import type {FinishedRun} from './run-record.ts';
import {runJson} from './write-run.ts';

/** `folder` is where the files were written; `undefined` where none were. */
export function jsonReport({run, figures, tables}: FinishedRun, folder: string | undefined) {
  return {
    run: runJson(run),
    figures: figures.map(({metric, object, value, unit, samples}) => ({
      metric,
      object,
      value: value === undefined ? null : Number(value),
      unit,
      samples: samples ?? null,
    })),
    tables:
      folder === undefined
        ? []
        : ['summary.csv', ...tables.map(({file}) => file)].map(file => join(folder, file)),
  };
}
