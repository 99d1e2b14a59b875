// A worker thread that plays one run after another. A run whose thread dies, of too little memory
// above all, is played once more on a new one; if that dies too, the comparison ends with the
// command to repeat that run.
//
// Each has a pool of its own, of one thread: a pool that replaces a thread by itself waits for ever
// where the new one dies as it starts.

import {extname} from 'node:path';
import {fileURLToPath} from 'node:url';
import type {Piscina} from 'piscina';
import type {RunFailure} from './run-failure.ts';
import {type RunTask, repeatOf} from './run-task.ts';
import type {Played} from './worker.ts';

export class RunPlayer {
  readonly #memoryMegabytes: number | undefined;
  #pool: Piscina<RunTask, Played> | undefined;

  /** `memoryMegabytes`: of the thread's objects; Node.js decides unless given. */
  constructor(memoryMegabytes: number | undefined) {
    this.#memoryMegabytes = memoryMegabytes;
  }

  /** The observation as JSON, or why there is none. */
  async play(task: RunTask): Promise<{observation: string} | RunFailure> {
    const first = await this.#attempt(task);
    if (!('died' in first)) return first;
    const second = await this.#attempt(task);
    if (!('died' in second)) return second;
    return {wrong: diedTwice(second.died, task), whose: 'user'};
  }

  /** Ends the thread at once, whatever it does. */
  async close(): Promise<void> {
    const pool = this.#pool;
    this.#pool = undefined;
    await pool?.destroy();
  }

  async #attempt(task: RunTask): Promise<Played | {died: string}> {
    this.#pool ??= await this.#newPool();
    try {
      return await this.#pool.run(task);
    } catch (error) {
      await this.close();
      return {died: error instanceof Error ? error.message : String(error)};
    }
  }

  async #newPool(): Promise<Piscina<RunTask, Played>> {
    // Not loaded by commands that do without.
    const {Piscina} = await import('piscina');
    const limits = {maxOldGenerationSizeMb: this.#memoryMegabytes};
    const pool = new Piscina({
      ...{filename: workerFile, name: 'playRun'},
      ...{minThreads: 1, maxThreads: 1, recordTiming: false},
      ...(this.#memoryMegabytes === undefined ? {} : {resourceLimits: limits}),
    });
    // Of a thread that dies between two runs: the next run gets another.
    pool.on('error', () => {
      if (this.#pool === pool) this.#pool = undefined;
    });
    return pool;
  }
}

function diedTwice(why: string, task: RunTask): string {
  const remedy = 'with fewer --workers each has more memory';
  return `its worker ended twice: ${why}; ${remedy}\nrepeat with: ${repeatOf(task)}`;
}

// Beside this file, and also where the command line is bundled into one: ../experiment/worker.js.
const workerFile = fileURLToPath(
  new URL(`../experiment/worker${extname(import.meta.url)}`, import.meta.url),
);
