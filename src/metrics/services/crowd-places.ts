// In which group of a crowd each node is. Mostly all are in one, and then nothing is kept a node.

import type {NodeId} from '../../objects/ids.ts';

const nowhere = -1;

export class CrowdPlaces {
  /** Nodes from 0 to this are known. */
  count = 0;
  #common = nowhere;
  #slots: Int32Array<ArrayBuffer> | undefined;

  slot(node: NodeId): number | undefined {
    if (node >= this.count) return undefined;
    return this.#slots === undefined ? this.#common : this.#slots[node];
  }

  /** Nodes come in the order of their numbers. */
  set(node: NodeId, slot: number): void {
    if (node === this.count) this.count++;
    if (node > this.count) throw new Error(`node ${node} comes before node ${this.count}`);
    if (this.#slots === undefined) {
      if (slot === this.#common) return;
      if (this.count === 1) {
        this.#common = slot;
        return;
      }
      this.#slots = new Int32Array(Math.max(64, this.count)).fill(this.#common, 0, this.count);
    }
    if (node >= this.#slots.length) {
      const wider = new Int32Array(this.#slots.length * 2);
      wider.set(this.#slots);
      this.#slots = wider;
    }
    this.#slots[node] = slot;
  }

  /** All are in that one. */
  unite(slot: number): void {
    this.#common = slot;
    this.#slots = undefined;
  }
}
