// A pod that waits for a node: where it waits, since when, what turned it away, and where its time
// went.

import type {Time} from '../../engine/time.ts';
import type {PodId} from '../../objects/ids.ts';
import type {SchedulingWait} from '../../objects/pod-signals.ts';
import type {PodInfo} from '../cache/pod-info.ts';

/**
 * active: to be tried next; backoff: rejected by plugins, waits its time; error-backoff: the
 * attempt itself went wrong; pool: until something changes that may help; in-flight: being tried;
 * binding: a node is chosen.
 */
export type QueuePlace =
  | 'active'
  | 'backoff'
  | 'error-backoff'
  | 'pool'
  | 'in-flight'
  | 'binding'
  | 'none';

/**
 * One stay in a heap. A pod that leaves early marks its entry; the heap drops it when it comes up.
 */
export class QueueEntry {
  readonly queued: QueuedPod;
  readonly priority: number;
  readonly queuedAt: Time;
  /** Whole second at which backoff is over; unused in the active queue. */
  readonly expiry: Time;
  readonly sequence: number;
  live = true;

  constructor(queued: QueuedPod, expiry: Time, sequence: number) {
    this.queued = queued;
    this.priority = queued.pod.priority;
    this.queuedAt = queued.queuedAt;
    this.expiry = expiry;
    this.sequence = sequence;
  }
}

export class QueuedPod {
  readonly pod: PodInfo;
  place: QueuePlace = 'none';
  entry: QueueEntry | undefined = undefined;
  /** The queue timestamp: set at the first entry and at each return from a failed attempt. */
  queuedAt: Time;
  /** First entry into the active queue; the scheduling latency counts from here. */
  firstActiveAt: Time | undefined = undefined;
  attempts = 0;
  unschedulableCount = 0;
  errorCount = 0;
  /** The plugins that rejected the pod in its last attempt. */
  rejectedBy: ReadonlySet<string> = noPlugins;
  /** Those of them that wait for something outside: once that comes, there is no backoff. */
  pendingOn: ReadonlySet<string> = noPlugins;
  /** A plugin wished it in the active queue while it was being tried. */
  activated = false;
  /** The PreEnqueue plugin that keeps it out of the queue. */
  gate: string | undefined = undefined;
  /** Bit k is set when an event of kind k may help it; -1: any. */
  interests = 0;
  /** Number of the first event that came while it was being tried. */
  eventsFrom = 0;
  /** What its condition says; the API server is told again only when that changes. */
  lastMessage: string | undefined = undefined;

  #since: Time;
  #queue = 0;
  #backoff = 0;
  #unschedulable = 0;
  #bind = 0;

  constructor(pod: PodInfo, now: Time) {
    this.pod = pod;
    this.queuedAt = now;
    this.#since = now;
  }

  /** Books the time spent where it was and notes where it is. Gated time counts for nothing. */
  moveTo(place: QueuePlace, now: Time): void {
    if (this.firstActiveAt !== undefined) this.#book(now - this.#since);
    this.#since = now;
    this.place = place;
    if (place === 'active') this.firstActiveAt ??= now;
  }

  #book(span: Time): void {
    switch (this.place) {
      case 'active':
      case 'in-flight':
        this.#queue += span;
        return;
      case 'backoff':
      case 'error-backoff':
        this.#backoff += span;
        return;
      case 'pool':
        this.#unschedulable += span;
        return;
      case 'binding':
        this.#bind += span;
        return;
      default:
        return;
    }
  }

  wait(now: Time): SchedulingWait {
    return {
      attempts: this.attempts,
      latency: now - (this.firstActiveAt ?? now),
      queue: this.#queue,
      backoff: this.#backoff,
      unschedulable: this.#unschedulable,
      bind: this.#bind,
    };
  }

  save(): SavedQueuedPod {
    const {place, queuedAt, firstActiveAt, attempts, unschedulableCount, errorCount} = this;
    const {activated, gate, lastMessage} = this;
    return {
      pod: this.pod.id,
      place,
      queuedAt,
      firstActiveAt,
      attempts,
      unschedulableCount,
      errorCount,
      rejectedBy: [...this.rejectedBy],
      pendingOn: [...this.pendingOn],
      activated,
      gate,
      since: this.#since,
      spent: [this.#queue, this.#backoff, this.#unschedulable, this.#bind],
      entry: this.entry && {expiry: this.entry.expiry, sequence: this.entry.sequence},
      eventsFrom: this.eventsFrom,
      lastMessage,
    };
  }

  restore(saved: SavedQueuedPod): void {
    this.place = saved.place;
    this.queuedAt = saved.queuedAt;
    this.firstActiveAt = saved.firstActiveAt;
    this.attempts = saved.attempts;
    this.unschedulableCount = saved.unschedulableCount;
    this.errorCount = saved.errorCount;
    this.rejectedBy = new Set(saved.rejectedBy);
    this.pendingOn = new Set(saved.pendingOn);
    this.activated = saved.activated;
    this.gate = saved.gate;
    this.eventsFrom = saved.eventsFrom;
    this.lastMessage = saved.lastMessage;
    this.#since = saved.since;
    [this.#queue, this.#backoff, this.#unschedulable, this.#bind] = saved.spent;
  }
}

const noPlugins: ReadonlySet<string> = new Set();

export type SavedQueuedPod = {
  pod: PodId;
  place: QueuePlace;
  queuedAt: Time;
  firstActiveAt: Time | undefined;
  attempts: number;
  unschedulableCount: number;
  errorCount: number;
  rejectedBy: string[];
  pendingOn: string[];
  activated: boolean;
  gate: string | undefined;
  since: Time;
  spent: [queue: Time, backoff: Time, unschedulable: Time, bind: Time];
  entry: {expiry: Time; sequence: number} | undefined;
  eventsFrom: number;
  lastMessage: string | undefined;
};
