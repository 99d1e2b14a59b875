// How much of a run is the playing itself, from time zero to the end: what the scheduler takes is
// less than that.

import {execFileSync} from 'node:child_process';
import {fileURLToPath} from 'node:url';
import {compiled} from './compiled.ts';

/** CPU seconds, in a process of its own, so that nothing is compiled yet. */
export function playing(scenario: string): number {
  const program = fileURLToPath(new URL('play-scenario.mjs', import.meta.url));
  return Number(execFileSync(process.execPath, [program, compiled(), scenario]));
}
