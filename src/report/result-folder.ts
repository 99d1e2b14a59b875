// A folder of results, written whole or not at all: into a temporary folder beside the target,
// renamed when everything is in it. What stood there before is replaced only if all of it was
// written by us.

import {randomUUID} from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
} from 'node:fs';
import {basename, dirname, join, resolve} from 'node:path';
import {CannotWrite, tryToWrite} from './cannot-write.ts';
import {makeFolder} from './make-folder.ts';

export class ResultFolder {
  /** As the user named it; for messages. */
  readonly name: string;
  readonly #target: string;
  readonly #temporary: string;
  /** The outermost folder on the way to the target that was not there before. */
  readonly #firstMade: string | undefined;
  #done = false;

  /** Refuses a target that it could not replace, before anything is computed. */
  constructor(name: string) {
    this.name = name;
    this.#target = existsSync(name) ? realpathSync(name) : resolve(name);
    checkReplaceable(name, this.#target);
    const parent = dirname(this.#target);
    this.#temporary = join(parent, `.${basename(this.#target)}-${randomUUID().slice(0, 8)}`);
    this.#firstMade = tryToWrite(name, () => makeFolder(parent));
    try {
      tryToWrite(name, () => mkdirSync(this.#temporary));
    } catch (cause) {
      this.discard();
      throw cause;
    }
  }

  /** Lets `write` fill the folder, or one in it. If it fails, everything is discarded. */
  fill(subfolder: string | undefined, write: (folder: string) => void): void {
    try {
      tryToWrite(this.name, () => {
        const folder = subfolder === undefined ? this.#temporary : join(this.#temporary, subfolder);
        mkdirSync(folder, {recursive: true});
        write(folder);
      });
    } catch (cause) {
      this.discard();
      throw cause;
    }
  }

  /** The results take their place. */
  publish(): void {
    try {
      tryToWrite(this.name, () => this.#replace());
    } catch (cause) {
      this.discard();
      throw cause;
    }
    this.#done = true;
  }

  /** As if nothing had been written. After `publish`, nothing. */
  discard(): void {
    if (this.#done) return;
    this.#done = true;
    rmSync(this.#temporary, {recursive: true, force: true});
    if (this.#firstMade !== undefined) removeEmpty(dirname(this.#target), this.#firstMade);
  }

  // Two renames: for a moment there is no folder, but never half a one.
  #replace(): void {
    if (!existsSync(this.#target)) {
      renameSync(this.#temporary, this.#target);
      return;
    }
    // Somebody may have put files there since the run began.
    checkReplaceable(this.name, this.#target);
    const old = `${this.#temporary}-old`;
    renameSync(this.#target, old);
    try {
      renameSync(this.#temporary, this.#target);
    } catch (cause) {
      renameSync(old, this.#target);
      throw cause;
    }
    rmSync(old, {recursive: true, force: true});
  }
}

/** `folder` and those around it up to `last`, as far as nobody else has put anything there. */
function removeEmpty(folder: string, last: string): void {
  if (!existsSync(folder) || readdirSync(folder).length > 0) return;
  rmdirSync(folder);
  if (folder !== resolve(last)) removeEmpty(dirname(folder), last);
}

export function checkReplaceable(name: string, target: string): void {
  if (!existsSync(target)) return;
  if (!statSync(target).isDirectory()) {
    throw new CannotWrite(`cannot write results to ${name}: it is a file, not a folder`);
  }
  const stranger = tryToWrite(name, () => firstStranger(target));
  if (stranger === undefined) return;
  throw new CannotWrite(
    `will not replace ${name}: ${stranger} is not a result of a run; ` +
      'choose another folder with --out',
  );
}

/** A file or folder that no run has written there. */
export function firstStranger(folder: string): string | undefined {
  const ours = new Set(filesWritten(folder));
  for (const entry of readdirSync(folder, {withFileTypes: true})) {
    if (ours.has(entry.name) && entry.isFile()) continue;
    const inside = join(folder, entry.name);
    if (!records.some(record => existsSync(join(inside, record)))) return entry.name;
    const stranger = firstStranger(inside);
    if (stranger !== undefined) return join(entry.name, stranger);
  }
  return undefined;
}

/** What says of a folder which of its files are ours. */
const records = ['run.json', 'compare.json'];

/** As the folder's records list them. */
function filesWritten(folder: string): readonly string[] {
  return records.flatMap(record => filesListed(join(folder, record)));
}

function filesListed(record: string): readonly string[] {
  if (!existsSync(record)) return [];
  try {
    const {orrery, files} = JSON.parse(readFileSync(record, 'utf8'));
    return typeof orrery === 'string' && Array.isArray(files) ? files : [];
  } catch (cause) {
    if (cause instanceof SyntaxError) return [];
    throw cause;
  }
}
