// Collects what is wrong with one scenario. A path in the scenario's plain value is shown where it
// stands in the file, or as the `--set` that brought it.

import {inFileOrder, type Problem, pathText, type Severity} from '../options/problem.ts';
import type {Mistake} from './mistakes.ts';
import {type Setting, settingOf, settingProblem, settingWithin} from './settings.ts';
import type {Path, YamlDocument} from './yaml-document.ts';

export class Notebook {
  readonly problems: Problem[] = [];
  readonly #file: string;
  readonly #document: YamlDocument;
  #settings: readonly Setting[] = [];

  constructor(file: string, document: YamlDocument) {
    this.#file = file;
    this.#document = document;
    this.problems.push(...document.problems);
  }

  useSettings(settings: readonly Setting[]): void {
    this.#settings = settings;
  }

  error(path: Path, message: string): void {
    this.add({path, key: undefined, message}, 'error');
  }

  warn(path: Path, message: string): void {
    this.add({path, key: undefined, message}, 'warning');
  }

  /** About another file as a whole. */
  errorOf(file: string, message: string): void {
    this.#addAt(file, 0, {message, severity: 'error'});
  }

  /** About a value of the scenario, or an object of a manifest, at its first line. */
  complain(at: Path | {file: string; line: number}, message: string, severity: Severity): void {
    if ('file' in at) this.#addAt(at.file, at.line, {message, severity});
    else this.add({path: at, key: undefined, message}, severity);
  }

  /** By file in the order in which they were read, then by place. */
  get ordered(): Problem[] {
    const byFile = new Map<string, Problem[]>();
    for (const problem of this.problems) {
      const others = byFile.get(problem.file);
      if (others === undefined) byFile.set(problem.file, [problem]);
      else others.push(problem);
    }
    return [...byFile.values()].flatMap(inFileOrder);
  }

  mistakes(mistakes: readonly Mistake[], around: Path = []): void {
    for (const mistake of mistakes) {
      this.add({...mistake, path: [...around, ...mistake.path]}, 'error');
    }
  }

  #addAt(file: string, line: number, said: {message: string; severity: Severity}): void {
    this.problems.push({file, line, column: Math.min(line, 1), path: undefined, ...said});
  }

  add({path, key, message}: Mistake, severity: Severity): void {
    const exact = key === undefined ? path : [...path, key];
    const isMade = key !== undefined && !this.#document.hasKey(exact);
    const setting =
      settingOf(exact, this.#settings) ??
      (isMade ? settingWithin(exact, this.#settings) : undefined);
    const text = pathText(path);
    if (setting !== undefined) {
      const same = setting.path.length === path.length;
      this.problems.push({
        ...settingProblem(setting.origin, message, same ? undefined : text),
        severity,
      });
      return;
    }
    const place =
      key === undefined ? this.#document.place(exact) : this.#document.placeOfKey(exact);
    this.problems.push({file: this.#file, ...place, path: text, message, severity});
  }
}
