// Mistakes in a configuration, collected with their places in the document; whoever read the file
// turns a place into a line and column.

import type {z} from 'zod';
import {pathText, type Severity} from '../../options/problem.ts';

export type DocumentPath = readonly (string | number)[];

export type ConfigurationProblem = {
  readonly path: DocumentPath;
  readonly message: string;
  readonly severity: Severity;
};

/** Checks a value against a type in the reader's own words; handed over with the document. */
export type Check = <Type extends z.ZodType>(
  type: Type,
  input: unknown,
) => {
  readonly value: z.output<Type> | undefined;
  readonly mistakes: readonly {
    readonly path: DocumentPath;
    /** The key of the value at `path` that is wrong, if it is a key. */
    readonly key: string | undefined;
    readonly message: string;
  }[];
};

export class ProblemList {
  readonly all: ConfigurationProblem[] = [];
  readonly #check: Check;

  constructor(check: Check) {
    this.#check = check;
  }

  get hasErrors(): boolean {
    return this.all.some(({severity}) => severity === 'error');
  }

  error(path: DocumentPath, message: string): void {
    this.all.push({path, message, severity: 'error'});
  }

  warn(path: DocumentPath, message: string): void {
    this.all.push({path, message, severity: 'warning'});
  }

  /** The value, or `undefined` after telling of every mistake in it; `at` is where it stands. */
  check<Type extends z.ZodType>(
    type: Type,
    input: unknown,
    at: DocumentPath,
  ): z.output<Type> | undefined {
    const {value, mistakes} = this.#check(type, input);
    for (const {path, key, message} of mistakes) {
      this.error([...at, ...path, ...(key === undefined ? [] : [key])], message);
    }
    return value;
  }

  /**
   * As `check` of a map that was not written, so that only the place of what should hold it is
   * known.
   */
  checkAbsent<Type extends z.ZodType>(
    type: Type,
    at: DocumentPath,
    what: string,
  ): z.output<Type> | undefined {
    const {value, mistakes} = this.#check(type, {});
    for (const {path, message} of mistakes)
      this.error(at, `${what}; ${pathText(path)}: ${message}`);
    return value;
  }
}
