// The command line that does the same again: for a message about a broken promise, and for the
// record of a comparison.

import {optionOf} from '../scenario/read-scenario-from.ts';
import type {WantedComparison} from './read-plan.ts';

export type Repeatable = {
  readonly file: string;
  readonly seed: number | string;
  readonly replication?: number | undefined;
  readonly set: readonly string[];
  readonly plugin: readonly string[];
};

export function repeatCommand({file, seed, replication, set, plugin}: Repeatable): string {
  return [
    'orrery run',
    quoted(file),
    `--seed ${seed}`,
    ...(replication ? [`--replication ${replication}`] : []),
    ...set.map(setting => `--set ${quoted(setting)}`),
    ...plugin.map(path => `--plugin ${quoted(path)}`),
  ].join(' ');
}

export function compareCommand(wanted: WantedComparison): string {
  const {file, vary = [], baseline, replications, read = {}} = wanted;
  const {seed, set = [], plugins = [], compare = {}} = read;
  return [
    'orrery compare',
    quoted(file),
    ...vary.map(each => `--vary ${quoted(each)}`),
    ...(baseline === undefined ? [] : [`--baseline ${quoted(baseline)}`]),
    ...(replications === undefined ? [] : [`--replications ${replications}`]),
    ...(seed === undefined ? [] : [`--seed ${seed}`]),
    ...set.map(setting => `--set ${quoted(setting)}`),
    ...plugins.map(path => `--plugin ${quoted(path)}`),
    ...Object.entries(compare).map(([key, text]) => `${optionOf(key)} ${quoted(text)}`),
  ].join(' ');
}

/** For a POSIX shell. */
function quoted(text: string): string {
  return /^[\w./=:@%+,-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
