// The names of a trace's pods, a byte a character, with an index by which a second one of the same
// name is found: 10 million names in a few hundred megabytes, and nothing of it for V8 to collect.

import {roomFor, trimmed} from './columns.ts';
import {nameOf, type PodNames} from './trace.ts';

/** As a DNS subdomain, which pods' names are. */
const podName = /^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$/;

export function isPodName(name: string): boolean {
  return podName.test(name);
}

export class NameColumn {
  length = 0;
  #bytes = new Uint8Array(4096);
  #ends = new Uint32Array(256);
  /** Rows + 1 by hash, open addressing; 0 is free. */
  #index = new Uint32Array(1024);

  /** False for one that is there already. */
  add(name: string): boolean {
    if (this.length * 2 >= this.#index.length) this.#widenIndex();
    const place = this.#placeOf(name);
    if (this.#index[place] !== 0) return false;
    this.#append(name);
    this.#index[place] = this.length;
    return true;
  }

  rowOf(name: string): number | undefined {
    const found = this.#index[this.#placeOf(name)];
    return found === 0 ? undefined : found - 1;
  }

  column(): PodNames {
    const {length} = this;
    const end = length === 0 ? 0 : this.#ends[length - 1];
    return {bytes: trimmed(this.#bytes, end), ends: trimmed(this.#ends, length)};
  }

  #append(name: string): void {
    const from = this.length === 0 ? 0 : this.#ends[this.length - 1];
    this.#bytes = roomFor(this.#bytes, from + name.length);
    for (let i = 0; i < name.length; i++) this.#bytes[from + i] = name.charCodeAt(i);
    this.#ends = roomFor(this.#ends, this.length + 1);
    this.#ends[this.length++] = from + name.length;
  }

  #placeOf(name: string): number {
    const mask = this.#index.length - 1;
    let place = hashOf(name) & mask;
    while (this.#index[place] !== 0 && !this.#isAt(this.#index[place] - 1, name)) {
      place = (place + 1) & mask;
    }
    return place;
  }

  #isAt(row: number, name: string): boolean {
    const from = row === 0 ? 0 : this.#ends[row - 1];
    if (this.#ends[row] - from !== name.length) return false;
    for (let i = 0; i < name.length; i++) {
      if (this.#bytes[from + i] !== name.charCodeAt(i)) return false;
    }
    return true;
  }

  #widenIndex(): void {
    const names = {bytes: this.#bytes, ends: this.#ends};
    this.#index = new Uint32Array(2 * this.#index.length);
    const mask = this.#index.length - 1;
    for (let row = 0; row < this.length; row++) {
      let place = hashOf(nameOf(names, row)) & mask;
      while (this.#index[place] !== 0) place = (place + 1) & mask;
      this.#index[place] = row + 1;
    }
  }
}

/** FNV-1a, then mixed: numbered names differ in their last characters alone. */
function hashOf(name: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b);
  return (hash ^ (hash >>> 13)) >>> 0;
}
