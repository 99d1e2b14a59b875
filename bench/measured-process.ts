// A Node process of its own, measured from its first to its last instruction: start-up, reading and
// writing included. CPU seconds do not depend on who else uses the machine as much as the clock does.

import {spawnSync} from 'node:child_process';

export type Usage = {
  /** Of all threads, garbage collection and compiler included. */
  readonly cpuSeconds: number;
  readonly peakMegabytes: number;
};

export function measureProcess(program: string, given: readonly string[]): Usage {
  const usage = new URL('usage-on-exit.mjs', import.meta.url).href;
  const {status, signal, output, error} = spawnSync(
    process.execPath,
    ['--import', usage, program, ...given],
    {stdio: ['ignore', 'ignore', 'inherit', 'pipe'], encoding: 'utf8'},
  );
  if (error !== undefined) throw error;
  if (status === 0) return JSON.parse(output[3] ?? '');
  throw new Error(`${program} ${given.join(' ')} ended with ${status ?? signal}`);
}

/** The least disturbed of several: whatever else the machine does can only add. */
export function leastOf(times: number, measure: () => Usage): Usage {
  let least = measure();
  for (let time = 1; time < times; time++) {
    const next = measure();
    if (next.cpuSeconds < least.cpuSeconds) least = next;
  }
  return least;
}
