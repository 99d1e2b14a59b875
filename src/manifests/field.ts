// A place in a decoded document: a value, the way to it, and where to report what is wrong with it.
// Readers ask for what they expect and get `undefined` where it is absent or of another type; wrong
// types were reported by the check against the field tables before.

import {isMap} from '../options/is-map.ts';
import type {Path} from './yaml-places.ts';

export type Finding = {
  readonly path: Path;
  /** The key is what is wrong (an unknown field), not its value. */
  readonly onKey: boolean;
  readonly message: string;
  readonly severity: 'error' | 'warning';
};

export class Field {
  readonly value: unknown;
  readonly #parent: Field | undefined;
  readonly #key: string | number;
  readonly #findings: Finding[];

  constructor(value: unknown, findings: Finding[], parent?: Field, key: string | number = '') {
    this.value = value;
    this.#findings = findings;
    this.#parent = parent;
    this.#key = key;
  }

  get path(): Path {
    return this.#parent === undefined ? [] : [...this.#parent.path, this.#key];
  }

  get key(): string | number {
    return this.#key;
  }

  /** An absent field and an explicit null are the same to the API server. */
  get present(): boolean {
    return this.value !== undefined && this.value !== null;
  }

  get(key: string): Field {
    const {value} = this;
    const own = isMap(value) && Object.hasOwn(value, key) ? value[key] : undefined;
    return new Field(own, this.#findings, this, key);
  }

  items(): Field[] {
    if (!Array.isArray(this.value)) return [];
    return this.value.map((item, i) => new Field(item, this.#findings, this, i));
  }

  entries(): Field[] {
    if (!isMap(this.value)) return [];
    const {value} = this;
    return Object.keys(value).map(key => new Field(value[key], this.#findings, this, key));
  }

  text(): string | undefined {
    return typeof this.value === 'string' ? this.value : undefined;
  }

  integer(): number | undefined {
    return Number.isSafeInteger(this.value) ? (this.value as number) : undefined;
  }

  flag(): boolean {
    return this.value === true;
  }

  texts(): string[] {
    return this.items().flatMap(item => item.text() ?? []);
  }

  error(message: string): void {
    this.#findings.push({path: this.path, onKey: false, message, severity: 'error'});
  }

  warning(message: string): void {
    this.#findings.push({path: this.path, onKey: false, message, severity: 'warning'});
  }

  keyError(message: string): void {
    this.#findings.push({path: this.path, onKey: true, message, severity: 'error'});
  }

  keyWarning(message: string): void {
    this.#findings.push({path: this.path, onKey: true, message, severity: 'warning'});
  }
}
