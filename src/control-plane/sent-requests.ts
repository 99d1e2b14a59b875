// What a client's requests carry besides the two numbers of their events. A client's requests are
// stored in the order they were sent, so these are queues: sent at the end, stored from the front.

import type {Time} from '../engine/time.ts';
import type {PodWish} from '../objects/api-client.ts';
import type {WorkloadId} from '../objects/ids.ts';
import type {PodTable} from '../objects/pods.ts';

/** Serials of the pods that requests are about: a number may belong to another pod by then. */
export class SerialQueue {
  #ring = new Float64Array(16);
  #first = 0;
  #length = 0;

  push(serial: number): void {
    if (this.#length === this.#ring.length) this.#grow();
    this.#ring[(this.#first + this.#length++) & (this.#ring.length - 1)] = serial;
  }

  shift(): number {
    if (this.#length === 0) throw new Error('a request was stored that was never sent');
    const serial = this.#ring[this.#first];
    this.#first = (this.#first + 1) & (this.#ring.length - 1);
    this.#length--;
    return serial;
  }

  save(): readonly number[] {
    const mask = this.#ring.length - 1;
    return Array.from({length: this.#length}, (_, i) => this.#ring[(this.#first + i) & mask]);
  }

  restore(saved: readonly number[]): void {
    this.#first = 0;
    this.#length = 0;
    for (const serial of saved) this.push(serial);
  }

  #grow(): void {
    const old = this.save();
    this.#ring = new Float64Array(this.#ring.length * 2);
    this.#ring.set(old);
    this.#first = 0;
  }
}

/**
 * Pods to be created. Saved with the number of their template, so that siblings still share one.
 */
export class WishQueue {
  readonly #pods: PodTable;
  #wishes: PodWish[] = [];
  #first = 0;

  constructor(pods: PodTable) {
    this.#pods = pods;
  }

  push(wish: PodWish): void {
    this.#pods.templateId(wish.template);
    this.#wishes.push(wish);
  }

  shift(): PodWish {
    const wish = this.#wishes[this.#first++];
    if (wish === undefined) throw new Error('a pod was created that nobody asked for');
    // Now and then, so that a shift costs the same however many wait.
    if (this.#first * 2 > this.#wishes.length && this.#first >= 64) {
      this.#wishes = this.#wishes.slice(this.#first);
      this.#first = 0;
    }
    return wish;
  }

  save(): readonly SavedWish[] {
    return this.#wishes.slice(this.#first).map(({name, template, lifetime, ordinal, owner}) => ({
      name,
      owner,
      template: this.#pods.templateId(template),
      lifetime,
      ordinal,
    }));
  }

  restore(saved: readonly SavedWish[]): void {
    this.#first = 0;
    this.#wishes = saved.map(wish => ({...wish, template: this.#pods.templateOf(wish.template)}));
  }
}

export type SavedWish = {
  readonly name: string;
  readonly template: number;
  readonly lifetime: Time | undefined;
  readonly ordinal: number;
  readonly owner: WorkloadId | undefined;
};
