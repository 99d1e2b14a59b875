// Ctrl-C: the first asks the run to end early and keep what was measured, the second ends the
// program.

import {interrupted} from './exit-codes.ts';

export class Interruption {
  #wanted = false;
  readonly #controller = new AbortController();
  readonly #signals = ['SIGINT', 'SIGTERM'] as const;
  readonly #listener = () => {
    if (this.#wanted) process.exit(interrupted);
    this.#wanted = true;
    this.#controller.abort();
  };

  constructor() {
    for (const signal of this.#signals) process.on(signal, this.#listener);
  }

  get wanted(): boolean {
    return this.#wanted;
  }

  /** For what waits. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Gives the event loop a turn: signals arrive only then. */
  async look(): Promise<boolean> {
    await new Promise(resolve => setImmediate(resolve));
    return this.#wanted;
  }

  close(): void {
    for (const signal of this.#signals) process.off(signal, this.#listener);
  }
}
