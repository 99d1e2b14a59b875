// The journal of a comparison: what it plays, then a line for each run that is done, written as it
// is done. Each line carries a checksum: one that was torn, when the process or the disk came to
// its end, counts as never written, and its run is played again. A run that stands there twice, as
// after two processes on one journal, counts once.

import {createHash} from 'node:crypto';
import {
  appendFileSync,
  closeSync,
  openSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import {isMap} from '../options/is-map.ts';
import type {Observation} from './observation.ts';
import type {Plan, Shard} from './plan.ts';

export type JournalHead = {
  readonly plan: Plan;
  /** Where one of several jobs plays its part. */
  readonly shard?: Shard | undefined;
};

export type JournalText = {
  readonly head: JournalHead;
  readonly observations: readonly Observation[];
};

export class Journal {
  readonly #file: number;

  /** Writes head and what is there anew, so that a torn line does not spoil the next. */
  constructor(path: string, {head, observations}: JournalText) {
    writeJournal(path, {head, observations});
    this.#file = openSync(path, 'a');
  }

  /** `observation` as JSON. Throws where the disk does not take it. */
  append(observation: string): void {
    appendFileSync(this.#file, line(observation));
  }

  close(): void {
    closeSync(this.#file);
  }
}

/** Whole or not at all, in the plan's order: equal runs give equal bytes. */
export function writeJournal(path: string, {head, observations}: JournalText): void {
  const ordered = [...observations].sort(
    (a, b) => a.variant - b.variant || a.replication - b.replication,
  );
  const temporary = `${path}.new`;
  const file = openSync(temporary, 'w');
  try {
    for (const value of [head, ...ordered]) writeFileSync(file, line(JSON.stringify(value)));
  } finally {
    closeSync(file);
  }
  renameSync(temporary, path);
}

/** `undefined` where there is no whole head: then nothing was played yet. */
export function readJournal(path: string): JournalText | undefined {
  const [first, ...rest] = readFileSync(path, 'utf8').split('\n').map(valueIn);
  if (!isMap(first) || !('plan' in first)) return undefined;
  const known = new Map<string, Observation>();
  for (const value of rest) {
    if (value === undefined) continue;
    const observation = value as Observation;
    const key = `${observation.variant}/${observation.replication}`;
    if (!known.has(key)) known.set(key, observation);
  }
  return {head: first as JournalHead, observations: [...known.values()]};
}

function line(json: string): string {
  return `${checksum(json)} ${json}\n`;
}

/** `undefined` where the line is not as it was written. */
function valueIn(text: string): unknown {
  const json = text.slice(checksumLength + 1);
  if (json === '' || text.slice(0, checksumLength) !== checksum(json)) return undefined;
  return JSON.parse(json);
}

const checksumLength = 16;

function checksum(json: string): string {
  return createHash('sha256').update(json).digest('hex').slice(0, checksumLength);
}
