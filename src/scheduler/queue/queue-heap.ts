// A heap of waiting pods with lazy deletion: a pod that leaves early leaves its entry behind,
// marked, and the entry is dropped when it reaches the top.

import FastPriorityQueue from 'fastpriorityqueue';
import type {Time} from '../../engine/time.ts';
import {type QueuedPod, QueueEntry} from './queued-pod.ts';

export class QueueHeap {
  readonly #heap: FastPriorityQueue<QueueEntry>;
  #live = 0;

  /** `before` must be a total order; fastpriorityqueue itself is not stable. */
  constructor(before: (left: QueueEntry, right: QueueEntry) => boolean) {
    this.#heap = new FastPriorityQueue(before);
  }

  get size(): number {
    return this.#live;
  }

  add(queued: QueuedPod, expiry: Time, sequence: number): void {
    const entry = new QueueEntry(queued, expiry, sequence);
    queued.entry = entry;
    this.#heap.add(entry);
    this.#live++;
  }

  peek(): QueueEntry | undefined {
    for (;;) {
      const entry = this.#heap.peek();
      if (entry === undefined || entry.live) return entry;
      this.#heap.poll();
    }
  }

  poll(): QueuedPod | undefined {
    const entry = this.peek();
    if (entry === undefined) return undefined;
    this.#heap.poll();
    this.#live--;
    entry.live = false;
    entry.queued.entry = undefined;
    return entry.queued;
  }

  remove(queued: QueuedPod): void {
    if (queued.entry === undefined) return;
    queued.entry.live = false;
    queued.entry = undefined;
    this.#live--;
    if (this.#heap.size > 64 && this.#heap.size > 2 * this.#live) this.#sweep();
  }

  /** In order. */
  all(): QueuedPod[] {
    return this.#liveEntries().map(({queued}) => queued);
  }

  // Else a queue that pods leave only sideways would grow for ever.
  #sweep(): void {
    this.#heap.heapify(this.#liveEntries());
  }

  #liveEntries(): QueueEntry[] {
    const live: QueueEntry[] = [];
    this.#heap.forEach(entry => {
      if (entry.live) live.push(entry);
    });
    return live;
  }
}
