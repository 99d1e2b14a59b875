// Requests that have arrived and cannot be stored yet, in order for each key (see gate.ts).

import type {Time} from '../engine/time.ts';
import {Fifo} from './payload-queue.ts';

export type Arrived = {
  /** Number of its kind in the client. */
  readonly kind: number;
  readonly a: number;
  readonly b: number;
  readonly payload: unknown;
  readonly cause: number;
  readonly since: Time;
  /** How long it occupies an API server. */
  readonly takes: Time;
  /** It has had its seat; `false`: it has to ask for one again (see seat-queue.ts). */
  readonly seated?: boolean;
  /** When it is its turn. */
  readonly due?: Time;
  readonly refusals?: number;
};

export class HeldRequests {
  readonly #waiting = new Map<number, Fifo<Arrived>>();

  get empty(): boolean {
    return this.#waiting.size === 0;
  }

  has(key: number): boolean {
    return this.#waiting.has(key);
  }

  keys(): number[] {
    return [...this.#waiting.keys()];
  }

  add(key: number, request: Arrived): void {
    const waiting = this.#waiting.get(key) ?? new Fifo<Arrived>();
    waiting.push(request);
    this.#waiting.set(key, waiting);
  }

  /** The one that has waited longest. */
  first(key: number): Arrived | undefined {
    return this.#waiting.get(key)?.peek();
  }

  last(key: number): Arrived | undefined {
    return this.#waiting.get(key)?.last();
  }

  shift(key: number): Arrived {
    const waiting = this.#waiting.get(key);
    if (waiting === undefined) throw new Error('nothing is held');
    const request = waiting.shift();
    if (waiting.length === 0) this.#waiting.delete(key);
    return request;
  }

  drop(key: number): void {
    this.#waiting.delete(key);
  }

  clear(): void {
    this.#waiting.clear();
  }

  save(pack: (request: Arrived) => unknown): SavedHeld {
    return [...this.#waiting].map(([key, waiting]) => {
      return [key, (waiting.save() as Arrived[]).map(each => ({...each, payload: pack(each)}))];
    });
  }

  restore(saved: SavedHeld, unpack: (request: Arrived) => unknown): void {
    this.clear();
    for (const [key, requests] of saved) {
      for (const each of requests) this.add(key, {...each, payload: unpack(each)});
    }
  }
}

export type SavedHeld = [key: number, requests: Arrived[]][];
