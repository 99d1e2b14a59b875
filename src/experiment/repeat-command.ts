// The command line that does the same again: for a message about a broken promise, and for the
// record of a comparison.

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

/** For a POSIX shell. */
export function quoted(text: string): string {
  return /^[\w./=:@%+,-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
