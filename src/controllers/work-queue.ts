// A controller's work queue, as client-go's util/workqueue: an item waits once, however often it is
// added; one that is added while it is being processed comes again afterwards; items may come
// later, and failed ones come ever later. It ends with its process, and is empty in the next one.

import FastPriorityQueue from 'fastpriorityqueue';
import type {EventHandle, EventKind, Simulation} from '../engine/simulation.ts';
import {millisecond, second, type Time} from '../engine/time.ts';
import {RetryBucket} from './retry-bucket.ts';

export type QueueItem = number;

// As DefaultTypedControllerRateLimiter.
const firstRetry: Time = 5 * millisecond;
const longestRetry: Time = 1000 * second;

export class WorkQueue {
  readonly #simulation: Simulation;
  readonly #delayOver: EventKind;
  readonly #available: () => void;
  readonly #firstRetry: Time;
  #waiting: QueueItem[] = [];
  #dirty = new Set<QueueItem>();
  #processing = new Set<QueueItem>();
  #failures = new Map<QueueItem, number>();
  /** What an item's next processing goes back to, where that is something. */
  #causes = new Map<QueueItem, number>();
  readonly #retries = new RetryBucket();
  /** Its process runs; else it takes nothing in. */
  #open = true;
  /** When each delayed item is due; an entry of the heap that says otherwise is void. */
  #due = new Map<QueueItem, Time>();
  readonly #delayed = new FastPriorityQueue<Delayed>(isEarlier);
  #sequence = 0;
  #wake: {readonly handle: EventHandle; readonly at: Time} | undefined;

  /** `available` is called when an item could be taken that could not be before. */
  constructor(
    simulation: Simulation,
    {name, firstRetry: first = firstRetry}: {name: string; firstRetry?: Time | undefined},
    available: () => void,
  ) {
    this.#simulation = simulation;
    this.#firstRetry = first;
    this.#available = available;
    this.#delayOver = simulation.event(`${name}.delay-over`, () => this.#release());
  }

  get length(): number {
    return this.#waiting.length;
  }

  add(item: QueueItem): void {
    this.note(item, this.#simulation.cause);
    if (!this.#open || this.#dirty.has(item)) return;
    this.#dirty.add(item);
    if (this.#processing.has(item)) return;
    this.#waiting.push(item);
    this.#available();
  }

  /** Of two delays of one item the shorter holds. */
  addAfter(item: QueueItem, delay: Time): void {
    if (delay <= 0 || !this.#open) {
      this.add(item);
      return;
    }
    const at = this.#simulation.now + delay;
    const known = this.#due.get(item);
    if (known !== undefined && known <= at) return;
    this.#due.set(item, at);
    const {cause} = this.#simulation;
    this.#delayed.add({item, at, cause, sequence: this.#sequence++});
    this.#expect();
  }

  /** What its next processing goes back to; of several causes the first holds. */
  note(item: QueueItem, cause: number): void {
    if (cause !== 0 && !this.#causes.has(item)) this.#causes.set(item, cause);
  }

  addRateLimited(item: QueueItem): void {
    const failures = this.#failures.get(item) ?? 0;
    this.#failures.set(item, failures + 1);
    const own = Math.min(longestRetry, this.#firstRetry * 2 ** failures);
    this.addAfter(item, Math.max(own, this.#retries.delay(this.#simulation.now)));
  }

  failures(item: QueueItem): number {
    return this.#failures.get(item) ?? 0;
  }

  /** It went well: the next failure is its first. */
  forget(item: QueueItem): void {
    this.#failures.delete(item);
  }

  /** What it was to come back for is over. Not in the real queue, where it would find nothing. */
  dropDelayed(item: QueueItem): void {
    if (this.#due.delete(item)) this.#expect();
  }

  /** What follows goes back to what the item was added for first. */
  take(): QueueItem | undefined {
    const item = this.#waiting.shift();
    if (item === undefined) return this.#forgetNotes();
    this.#simulation.cause = this.#causes.get(item) ?? 0;
    this.#causes.delete(item);
    this.#dirty.delete(item);
    this.#processing.add(item);
    return item;
  }

  /** Of items that a process left behind and the next one had no need to take up. */
  #forgetNotes(): undefined {
    for (const item of this.#causes.keys()) if (!this.#dirty.has(item)) this.#causes.delete(item);
  }

  done(item: QueueItem): void {
    this.#processing.delete(item);
    if (!this.#dirty.has(item)) return;
    this.#waiting.push(item);
    this.#available();
  }

  /**
   * The process has ended, with all that it remembered. What its items went back to is kept: who
   * takes them up goes on with work that was laid aside.
   */
  close(): void {
    this.#delayed.forEach(({item, cause, at}) => {
      if (this.#due.get(item) === at) this.note(item, cause);
    });
    this.#open = false;
    this.#waiting = [];
    this.#dirty.clear();
    this.#processing.clear();
    this.#failures.clear();
    this.#due.clear();
    this.#delayed.heapify([]);
    this.#retries.restore({fullAt: 0, taken: 0});
    this.#expect();
  }

  /** Another process begins. */
  reopen(): void {
    this.#open = true;
  }

  #release(): void {
    this.#wake = undefined;
    for (;;) {
      const first = this.#firstDelayed();
      if (first === undefined || first.at > this.#simulation.now) break;
      this.#delayed.poll();
      this.#due.delete(first.item);
      this.#simulation.cause = first.cause;
      this.add(first.item);
    }
    this.#expect();
  }

  #firstDelayed(): Delayed | undefined {
    for (;;) {
      const first = this.#delayed.peek();
      if (first === undefined || this.#due.get(first.item) === first.at) return first;
      this.#delayed.poll();
    }
  }

  #expect(): void {
    const at = this.#firstDelayed()?.at;
    if (this.#wake?.at === at) return;
    if (this.#wake !== undefined) this.#simulation.cancel(this.#wake.handle);
    this.#wake = at === undefined ? undefined : {handle: this.#delayOver.at(at), at};
  }

  save(): SavedQueue {
    const delayed: Delayed[] = [];
    this.#delayed.forEach(each => {
      if (this.#due.get(each.item) === each.at) delayed.push(each);
    });
    return {
      open: this.#open,
      waiting: this.#waiting,
      dirty: this.#dirty,
      processing: this.#processing,
      failures: this.#failures,
      causes: this.#causes,
      retries: this.#retries.save(),
      delayed,
      sequence: this.#sequence,
      wake: this.#wake,
    };
  }

  restore(saved: SavedQueue): void {
    this.#open = saved.open;
    this.#waiting = [...saved.waiting];
    this.#dirty = new Set(saved.dirty);
    this.#processing = new Set(saved.processing);
    this.#failures = new Map(saved.failures);
    this.#causes = new Map(saved.causes);
    this.#retries.restore(saved.retries);
    this.#delayed.heapify([...saved.delayed]);
    this.#due = new Map(saved.delayed.map(({item, at}) => [item, at]));
    this.#sequence = saved.sequence;
    this.#wake = saved.wake;
  }
}

type Delayed = {
  readonly item: QueueItem;
  readonly at: Time;
  readonly cause: number;
  readonly sequence: number;
};

function isEarlier(a: Delayed, b: Delayed): boolean {
  return a.at === b.at ? a.sequence < b.sequence : a.at < b.at;
}

export type SavedQueue = {
  readonly open: boolean;
  readonly waiting: readonly QueueItem[];
  readonly dirty: ReadonlySet<QueueItem>;
  readonly processing: ReadonlySet<QueueItem>;
  readonly failures: ReadonlyMap<QueueItem, number>;
  readonly causes: ReadonlyMap<QueueItem, number>;
  readonly retries: {readonly fullAt: Time; readonly taken: number};
  readonly delayed: readonly Delayed[];
  readonly sequence: number;
  readonly wake: {readonly handle: EventHandle; readonly at: Time} | undefined;
};
