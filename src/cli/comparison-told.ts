// A finished comparison: its files, and what the command says of it.

import picocolors from 'picocolors';
import type {Comparison} from '../experiment/comparison.ts';
import {conclude} from '../experiment/conclude.ts';
import type {ComparisonFolder} from '../report/comparison-folder.ts';
import {comparisonReport} from '../report/comparison-report.ts';
import {type ComparedRuns, writeComparison} from '../report/write-comparison.ts';
import {print} from './terminal.ts';

export type Manner = {readonly format: 'table' | 'json'; readonly quiet: boolean};

export function publishComparison(
  folder: ComparisonFolder,
  {plan, observations}: ComparedRuns,
  manner: Manner,
): void {
  const comparison = conclude(plan, observations);
  folder.publish(inside => writeComparison(inside, {plan, observations, comparison}));
  tellComparison(comparison, {...manner, folder: folder.name});
}

export function tellComparison(
  comparison: Comparison,
  {format, quiet, folder}: Manner & {readonly folder: string},
): void {
  if (format === 'json') return print(JSON.stringify({...comparison, folder}, orNull, 2));
  const colour = process.stdout.isTTY === true && picocolors.isColorSupported;
  if (!quiet) print(comparisonReport(comparison, {folder, colour}));
}

/** JSON leaves out what is not known, and a reader would have to guess that it might be there. */
function orNull(_key: string, value: unknown): unknown {
  return value === undefined ? null : value;
}
