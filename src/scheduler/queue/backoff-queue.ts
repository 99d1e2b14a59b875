// Pods that wait their time after a failed attempt (kube-scheduler's backoff_queue.go): in one heap
// those that plugins rejected, in another those whose attempt went wrong. A scheduler with nothing
// else to do pops ahead of time, but from the first heap only.

import type {EventKind} from '../../engine/event-kind.ts';
import type {Simulation} from '../../engine/simulation.ts';
import type {Time} from '../../engine/time.ts';
import {second} from '../../engine/time.ts';
import type {KubernetesMinor} from '../../objects/version.ts';
import {backoffDuration, backoffExpiry, isBackingOff} from './backoff.ts';
import {QueueHeap} from './queue-heap.ts';
import type {QueuedPod, QueueEntry} from './queued-pod.ts';

export type BackoffOptions = {
  readonly simulation: Simulation;
  readonly kubernetes: KubernetesMinor;
  readonly initialBackoff: Time;
  readonly maxBackoff: Time;
  /** Order among pods whose wait ends at one time. */
  readonly before: (left: QueueEntry, right: QueueEntry) => boolean;
  /** The wait of a pod is over; it must leave. */
  readonly completed: (queued: QueuedPod) => void;
};

export class BackoffQueue {
  readonly #options: BackoffOptions;
  readonly #rejected: QueueHeap;
  readonly #failed: QueueHeap;
  readonly #flushed: EventKind;
  #flushAt: Time | undefined = undefined;

  constructor(options: BackoffOptions) {
    const {simulation, before} = options;
    this.#options = options;
    const byExpiry = (left: QueueEntry, right: QueueEntry): boolean =>
      left.expiry === right.expiry ? before(left, right) : left.expiry < right.expiry;
    this.#rejected = new QueueHeap(byExpiry);
    this.#failed = new QueueHeap(byExpiry);
    this.#flushed = simulation.event('scheduler.backoff-flushed', () => this.#flush());
  }

  get size(): number {
    return this.#rejected.size + this.#failed.size;
  }

  /**
   * From 1.33 on (SchedulerPopFromBackoffQ) an idle scheduler does not wait for a backoff to end.
   */
  get mayPop(): boolean {
    return this.#options.kubernetes >= 33 && this.#rejected.size > 0;
  }

  isBackingOff(queued: QueuedPod): boolean {
    return this.#isOpen(this.#expiry(queued));
  }

  /** `queued.place` says which heap. */
  add(queued: QueuedPod, sequence: number): void {
    this.restorePod(queued, {expiry: this.#expiry(queued), sequence});
    this.#expectFlush();
  }

  remove(queued: QueuedPod): void {
    this.#heapOf(queued).remove(queued);
  }

  pop(): QueuedPod | undefined {
    return this.mayPop ? this.#rejected.poll() : undefined;
  }

  #heapOf({place}: QueuedPod): QueueHeap {
    return place === 'backoff' ? this.#rejected : this.#failed;
  }

  // Up to 1.33 every attempt counted; since then those that plugins rejected, or errors in a row.
  #expiry(queued: QueuedPod): Time {
    const {kubernetes, initialBackoff, maxBackoff} = this.#options;
    const failures = queued.errorCount > 0 ? queued.errorCount : queued.unschedulableCount;
    const attempts = kubernetes >= 34 ? failures : queued.attempts;
    const duration = backoffDuration({attempts, initial: initialBackoff, max: maxBackoff});
    return backoffExpiry({queuedAt: queued.queuedAt, duration, kubernetes});
  }

  #isOpen(expiry: Time): boolean {
    const {simulation, kubernetes} = this.#options;
    return isBackingOff({expiry, now: simulation.now, kubernetes});
  }

  // The timer runs from the start of the scheduler, so it fires at whole seconds.
  #expectFlush(): void {
    if (this.#flushAt !== undefined) return;
    const {now} = this.#options.simulation;
    this.#flushAt = now - (now % second) + second;
    this.#flushed.at(this.#flushAt);
  }

  #flush(): void {
    this.#flushAt = undefined;
    for (const heap of [this.#rejected, this.#failed]) {
      for (;;) {
        const entry = heap.peek();
        if (entry === undefined || this.#isOpen(entry.expiry)) break;
        this.#options.completed(entry.queued);
      }
    }
    if (this.size > 0) this.#expectFlush();
  }

  /** In order. */
  all(): QueuedPod[] {
    return [...this.#rejected.all(), ...this.#failed.all()];
  }

  save(): Time | undefined {
    return this.#flushAt;
  }

  restore(flushAt: Time | undefined): void {
    this.#flushAt = flushAt;
  }

  restorePod(queued: QueuedPod, {expiry, sequence}: {expiry: Time; sequence: number}): void {
    this.#heapOf(queued).add(queued, expiry, sequence);
  }
}
