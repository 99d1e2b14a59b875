// The names of a trace's pods, a byte a character, with an index by which a second one of the same
// name is found: 10 million names in a few hundred megabytes, and nothing of it for V8 to collect.

import {roomFor, trimmed} from './columns.ts';
import type {PodNames} from './trace.ts';

/** As a DNS subdomain, which pods' names are. */
const podName = /^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$/;

export function isPodName(name: string): boolean {
  return podName.test(name);
}

export class NameColumn {
  length = 0;
  #bytes = new Uint8Array(2 ** 16);
  #ends = new Uint32Array(1024);
  /** Rows + 1 by hash, open addressing; 0 is free. */
  #index = new Uint32Array(2 ** 15);

  /** False for one that is there already. */
  add(name: string): boolean {
    if (this.length * 2 >= this.#index.length) this.#widenIndex();
    const end = this.#write(name);
    const place = this.#placeOf(this.#startOf(this.length), end);
    if (this.#index[place] !== 0) return false;
    this.#ends = roomFor(this.#ends, this.length + 1);
    this.#ends[this.length++] = end;
    this.#index[place] = this.length;
    return true;
  }

  rowOf(name: string): number | undefined {
    const end = this.#write(name);
    const found = this.#index[this.#placeOf(this.#startOf(this.length), end)];
    return found === 0 ? undefined : found - 1;
  }

  column(): PodNames {
    const {length} = this;
    return {
      bytes: trimmed(this.#bytes, this.#startOf(length)),
      ends: trimmed(this.#ends, length),
    };
  }

  #startOf(row: number): number {
    return row === 0 ? 0 : this.#ends[row - 1];
  }

  /** Behind the last name, where it is overwritten unless it is kept. */
  #write(name: string): number {
    const start = this.#startOf(this.length);
    const bytes = roomFor(this.#bytes, start + name.length);
    this.#bytes = bytes;
    for (let i = 0; i < name.length; i++) bytes[start + i] = name.charCodeAt(i);
    return start + name.length;
  }

  /** Where the bytes' row is, or would be. */
  #placeOf(start: number, end: number): number {
    const mask = this.#index.length - 1;
    let place = this.#hashOf(start, end) & mask;
    while (this.#index[place] !== 0 && !this.#isAt(this.#index[place] - 1, start, end)) {
      place = (place + 1) & mask;
    }
    return place;
  }

  #isAt(row: number, start: number, end: number): boolean {
    const bytes = this.#bytes;
    const own = this.#startOf(row);
    if (this.#ends[row] - own !== end - start) return false;
    for (let i = end - start - 1; i >= 0; i--) {
      if (bytes[own + i] !== bytes[start + i]) return false;
    }
    return true;
  }

  #widenIndex(): void {
    this.#index = new Uint32Array(2 * this.#index.length);
    const mask = this.#index.length - 1;
    for (let row = 0; row < this.length; row++) {
      let place = this.#hashOf(this.#startOf(row), this.#ends[row]) & mask;
      while (this.#index[place] !== 0) place = (place + 1) & mask;
      this.#index[place] = row + 1;
    }
  }

  /** FNV-1a, then mixed: numbered names differ in their last characters alone. */
  #hashOf(start: number, end: number): number {
    const bytes = this.#bytes;
    let hash = 0x811c9dc5;
    for (let i = start; i < end; i++) hash = Math.imul(hash ^ bytes[i], 0x01000193);
    hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b);
    return (hash ^ (hash >>> 13)) >>> 0;
  }
}
