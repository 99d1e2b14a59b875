// The command line that runs the same again, for a message about a broken promise.

import type {LoadedScenario} from '../scenario/loaded.ts';
import type {RunArguments} from './run-options.ts';

export function repeatCommand(
  {file, seed}: LoadedScenario,
  {set, plugin, replication}: Pick<RunArguments, 'set' | 'plugin' | 'replication'>,
): string {
  return [
    'orrery run',
    quoted(file),
    `--seed ${seed}`,
    ...(replication ? [`--replication ${replication}`] : []),
    ...set.map(setting => `--set ${quoted(setting)}`),
    ...plugin.map(path => `--plugin ${quoted(path)}`),
  ].join(' ');
}

/** For a POSIX shell. */
function quoted(text: string): string {
  return /^[\w./=:@%+,-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
