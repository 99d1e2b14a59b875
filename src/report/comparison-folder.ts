// The folder of a comparison's results. Until all runs are done there is only `NAME.unfinished`
// beside it, with the journal, from which a later attempt goes on; then that takes the place of
// NAME. Whenever the process is killed, one of the two is whole.

import {existsSync, readdirSync, realpathSync, renameSync, rmSync} from 'node:fs';
import {join, resolve} from 'node:path';
import {CannotWrite, tryToWrite} from './cannot-write.ts';
import {makeFolder} from './make-folder.ts';
import {checkReplaceable, firstStranger} from './result-folder.ts';

export const journalName = 'observations.journal';

/** What a comparison writes beside its journal; the last is the journal's next state. */
export const besideJournal: ReadonlySet<string> = new Set([
  ...['compare.json', 'compare.csv', 'runs.csv', 'report.html'],
  `${journalName}.new`,
]);

export class ComparisonFolder {
  /** As the user named it; for messages. */
  readonly name: string;
  readonly #target: string;
  readonly #working: string;
  /** What stood at the target, for as long as it takes to rename two folders. */
  readonly #replaced: string;

  /** Refuses a target that it could not replace, before anything is computed. */
  constructor(name: string) {
    this.name = name;
    this.#target = existsSync(name) ? realpathSync(name) : resolve(name);
    this.#working = `${this.#target}.unfinished`;
    this.#replaced = `${this.#target}.replaced`;
    checkReplaceable(name, this.#target);
  }

  get unfinishedName(): string {
    return `${this.name.replace(/\/+$/, '')}.unfinished`;
  }

  get journal(): string {
    return join(this.#working, journalName);
  }

  get finishedJournal(): string {
    return join(this.#target, journalName);
  }

  /** What somebody else put into the working folder would move with it, or be removed. */
  begin(): void {
    if (existsSync(this.#working)) {
      const stranger = readdirSync(this.#working).find(
        file => file !== journalName && !besideJournal.has(file),
      );
      if (stranger !== undefined) {
        const what = `${stranger} is not of a comparison; move it away`;
        throw new CannotWrite(`will not use ${this.unfinishedName}: ${what}`);
      }
    }
    tryToWrite(this.name, () => makeFolder(this.#working));
  }

  /** Nothing was done that is worth keeping. */
  discard(): void {
    rmSync(this.#working, {recursive: true, force: true});
  }

  /** `write` adds the results to the journal's folder, which then takes its place. */
  publish(write: (folder: string) => void): void {
    tryToWrite(this.name, () => {
      write(this.#working);
      this.#dropReplaced();
      if (existsSync(this.#target)) {
        // Somebody may have put files there since the comparison began.
        checkReplaceable(this.name, this.#target);
        renameSync(this.#target, this.#replaced);
      }
      renameSync(this.#working, this.#target);
      this.#dropReplaced();
    });
  }

  /** Left behind where a process was killed as it published. */
  #dropReplaced(): void {
    if (!existsSync(this.#replaced)) return;
    if (firstStranger(this.#replaced) !== undefined) {
      throw new CannotWrite(`${this.#replaced} is in the way; it is not a result of a run`);
    }
    rmSync(this.#replaced, {recursive: true});
  }
}
