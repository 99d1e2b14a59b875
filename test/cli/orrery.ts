// Runs a command as its own process, as a user does.

import {type ChildProcess, spawn} from 'node:child_process';
import {fileURLToPath} from 'node:url';

export type Ended = {readonly code: number | null; readonly out: string; readonly err: string};

const main = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));
const tsx = import.meta.resolve('tsx');

export type Command = {
  /** Where it runs. */
  readonly folder: string;
  /** A shell's commands before it: limits of the process. */
  readonly first?: string;
  /** Is given the process as soon as it runs. */
  readonly meanwhile?: (child: ChildProcess) => void;
};

/** From source. */
export function orrery(given: readonly string[], command: Command): Promise<Ended> {
  return program(['--import', tsx, main, ...given], command);
}

/** Of Node's arguments. */
export function program(
  given: readonly string[],
  {folder, first = ':', meanwhile}: Command,
): Promise<Ended> {
  const {FORCE_COLOR: _, ...environment} = process.env;
  const child = spawn('bash', ['-c', `${first}; exec "$@"`, 'bash', process.execPath, ...given], {
    cwd: folder,
    env: {...environment, NO_COLOR: '1'},
  });
  let out = '';
  let err = '';
  child.stdout.on('data', text => {
    out += text;
  });
  child.stderr.on('data', text => {
    err += text;
  });
  meanwhile?.(child);
  return new Promise(resolve => child.on('close', code => resolve({code, out, err})));
}
