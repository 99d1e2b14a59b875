// `--trace FILE`: every event as it happens, a line each, tab-separated.

import {closeSync, openSync, writeFileSync} from 'node:fs';
import type {TraceListener} from '../engine/simulation.ts';
import {formatSeconds} from '../engine/time.ts';
import {tryToWrite} from '../report/cannot-write.ts';

export class TraceFile {
  readonly #path: string;
  readonly #file: number;
  #lines: string[] = ['time\tsequence\tevent\ta\tb\n'];

  constructor(path: string) {
    this.#path = path;
    this.#file = tryToWrite(path, () => openSync(path, 'w'));
  }

  readonly listener: TraceListener = (time, sequence, kind, a, b) => {
    this.#lines.push(`${formatSeconds(time)}\t${sequence}\t${kind}\t${a}\t${b}\n`);
    if (this.#lines.length === linesAtOnce) this.#flush();
  };

  close(): void {
    this.#flush();
    closeSync(this.#file);
  }

  #flush(): void {
    const text = this.#lines.join('');
    this.#lines = [];
    tryToWrite(this.#path, () => writeFileSync(this.#file, text));
  }
}

const linesAtOnce = 4096;
