// What a client's requests carry besides the two numbers of their events. Requests are stored in
// the order in which they were sent, so these are queues: sent at the end, stored from the front.

import type {Time} from '../engine/time.ts';
import type {PodWish} from '../objects/api-client.ts';
import type {WorkloadId} from '../objects/ids.ts';
import type {PodTable} from '../objects/pods.ts';

export type PayloadQueue<Payload> = {
  push(payload: Payload): void;
  shift(): Payload;
  clear(): void;
  save(): unknown;
  restore(saved: unknown): void;
  /** One payload as it is saved, and back. */
  pack(payload: Payload): unknown;
  unpack(saved: unknown): Payload;
};

/** Numbers, such as serials: a pod's number may belong to another pod by then. */
export class NumberQueue implements PayloadQueue<number> {
  #ring = new Float64Array(16);
  #first = 0;
  #length = 0;

  push(value: number): void {
    if (this.#length === this.#ring.length) this.#grow();
    this.#ring[(this.#first + this.#length++) & (this.#ring.length - 1)] = value;
  }

  shift(): number {
    if (this.#length === 0) throw new Error('a request was stored that was never sent');
    const value = this.#ring[this.#first];
    this.#first = (this.#first + 1) & (this.#ring.length - 1);
    this.#length--;
    return value;
  }

  /** As `shift`, for a value that nobody asks for. */
  drop(): void {
    if (this.#length === 0) throw new Error('a request was stored that was never sent');
    this.#first = (this.#first + 1) & (this.#ring.length - 1);
    this.#length--;
  }

  clear(): void {
    this.#first = 0;
    this.#length = 0;
  }

  save(): number[] {
    const mask = this.#ring.length - 1;
    return Array.from({length: this.#length}, (_, i) => this.#ring[(this.#first + i) & mask]);
  }

  restore(saved: readonly number[]): void {
    this.clear();
    for (const value of saved) this.push(value);
  }

  pack(value: number): number {
    return value;
  }

  unpack(saved: unknown): number {
    return saved as number;
  }

  #grow(): void {
    const old = this.save();
    this.#ring = new Float64Array(this.#ring.length * 2);
    this.#ring.set(old);
    this.#first = 0;
  }
}

/** Anything that can be cloned as it is. */
export class Fifo<Value> implements PayloadQueue<Value> {
  #values: Value[] = [];
  #first = 0;

  get length(): number {
    return this.#values.length - this.#first;
  }

  push(value: Value): void {
    this.#values.push(value);
  }

  /** The one at the front, which stays there. */
  peek(): Value | undefined {
    return this.#values[this.#first];
  }

  last(): Value | undefined {
    return this.length === 0 ? undefined : this.#values[this.#values.length - 1];
  }

  shift(): Value {
    if (this.length === 0) throw new Error('a request was stored that was never sent');
    const value = this.#values[this.#first++];
    // Now and then, so that a shift costs the same however many wait.
    if (this.#first * 2 > this.#values.length && this.#first >= 64) {
      this.#values = this.#values.slice(this.#first);
      this.#first = 0;
    }
    return value;
  }

  clear(): void {
    this.#values = [];
    this.#first = 0;
  }

  save(): unknown[] {
    return this.#values.slice(this.#first).map(value => this.pack(value));
  }

  restore(saved: readonly unknown[]): void {
    this.#values = saved.map(value => this.unpack(value));
    this.#first = 0;
  }

  pack(value: Value): unknown {
    return value;
  }

  unpack(saved: unknown): Value {
    return saved as Value;
  }
}

/** Pods to be created: saved with the number of their template, so that siblings still share it. */
export function wishQueue(pods: PodTable): PayloadQueue<PodWish> {
  const wishes = new Fifo<PodWish>();
  const pack = ({name, template, lifetime, ordinal, owner}: PodWish): SavedWish => {
    return {name, owner, template: pods.templateId(template), lifetime, ordinal};
  };
  const unpack = (saved: unknown): PodWish => {
    const wish = saved as SavedWish;
    return {...wish, template: pods.templateOf(wish.template)};
  };
  return {
    push(wish) {
      pods.templateId(wish.template);
      wishes.push(wish);
    },
    shift: () => wishes.shift(),
    clear: () => wishes.clear(),
    save: () => (wishes.save() as PodWish[]).map(pack),
    restore: saved => wishes.restore((saved as SavedWish[]).map(unpack)),
    pack,
    unpack,
  };
}

type SavedWish = {
  readonly name: string;
  readonly template: number;
  readonly lifetime: Time | undefined;
  readonly ordinal: number;
  readonly owner: WorkloadId | undefined;
};
