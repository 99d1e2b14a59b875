// The pods without a node, as kube-scheduler's PriorityQueue keeps them
// (pkg/scheduler/backend/queue):
//
//   add ─► active ──pop──► in flight ──chosen──► binding ─► gone
//            ▲                 │ refused
//            │                 ├─ rejected by plugins ─► pool ──an event that may help──┐
//            │                 └─ error ─► error-backoff                                │
//            └──── whole seconds ──── backoff ◄──── still backing off ──────────────────┘
//
// While a pod is in flight, events are kept: one of them may have been the one it needed.

import type {EventKind} from '../engine/event-kind.ts';
import type {Simulation} from '../engine/simulation.ts';
import type {Time} from '../engine/time.ts';
import {second} from '../engine/time.ts';
import type {PodSignals} from '../objects/pod-signals.ts';
import type {KubernetesMinor} from '../objects/version.ts';
import {backoffDuration, backoffExpiry} from './backoff.ts';
import type {ClusterEvent} from './cluster-event.ts';
import type {QueueOrder} from './framework.ts';
import {InFlightEvents} from './in-flight-events.ts';
import type {PodInfo} from './pod-info.ts';
import {QueueHeap} from './queue-heap.ts';
import type {QueuedPod, QueueEntry, QueuePlace, SavedQueuedPod} from './queued-pod.ts';
import type {RequeueRules} from './requeue-rules.ts';

/**
 * As scheduling_queue.go: how often the pool is looked through, and how long a pod may sit there.
 */
const poolFlushPeriod = 30 * second;
const longestInPool = 300 * second;
const backoffFlushPeriod = second;

export type QueueOptions = {
  readonly simulation: Simulation;
  readonly kubernetes: KubernetesMinor;
  readonly signals: PodSignals;
  readonly initialBackoff: Time;
  readonly maxBackoff: Time;
  /** The queue-sort plugin's order. */
  readonly less: (left: QueueOrder, right: QueueOrder) => boolean;
  /** Names the PreEnqueue plugin that gates the pod, if one does. */
  readonly gateOf: (pod: PodInfo) => string | undefined;
  readonly rules: RequeueRules;
  /** Called when a pod can be popped that could not before. */
  readonly ready: () => void;
};

export class SchedulingQueue {
  readonly #options: QueueOptions;
  readonly #simulation: Simulation;
  readonly #active: QueueHeap;
  readonly #backoff: QueueHeap;
  readonly #errorBackoff: QueueHeap;
  readonly #pool = new Set<QueuedPod>();
  readonly #inFlight = new InFlightEvents();
  readonly #backoffFlushed: EventKind;
  readonly #poolFlushed: EventKind;
  #backoffFlushAt: Time | undefined = undefined;
  #poolFlushAt: Time | undefined = undefined;
  #sequence = 0;

  constructor(options: QueueOptions) {
    const {simulation, less} = options;
    this.#options = options;
    this.#simulation = simulation;
    const byOrder = (left: QueueEntry, right: QueueEntry): boolean => {
      if (less(left, right)) return true;
      return !less(right, left) && left.sequence < right.sequence;
    };
    const byExpiry = (left: QueueEntry, right: QueueEntry): boolean =>
      left.expiry === right.expiry ? byOrder(left, right) : left.expiry < right.expiry;
    this.#active = new QueueHeap(byOrder);
    this.#backoff = new QueueHeap(byExpiry);
    this.#errorBackoff = new QueueHeap(byExpiry);
    this.#backoffFlushed = simulation.event('scheduler.backoff-flushed', () =>
      this.#flushBackoff(),
    );
    this.#poolFlushed = simulation.event('scheduler.pool-flushed', () => this.#flushPool());
  }

  /** Is a pod there that may be popped now? */
  get hasNext(): boolean {
    return this.#active.size > 0 || this.#mayPopFromBackoff;
  }

  /** Would anybody hear of an event? If not, it need not be made. */
  get listens(): boolean {
    return this.#pool.size > 0 || this.#inFlight.any;
  }

  add(queued: QueuedPod): void {
    this.#enter(queued, 'active');
  }

  /** The next pod to try, with one more attempt to its name. */
  pop(): QueuedPod | undefined {
    const queued =
      this.#active.poll() ?? (this.#mayPopFromBackoff ? this.#backoff.poll() : undefined);
    if (queued === undefined) return undefined;
    queued.attempts++;
    queued.moveTo('in-flight', this.#simulation.now);
    this.#inFlight.begin(queued);
    return queued;
  }

  /** The attempt has ended well: the pod has a node, and events no longer matter to it. */
  chosen(queued: QueuedPod): void {
    this.#inFlight.end(queued);
    queued.moveTo('binding', this.#simulation.now);
  }

  /** The attempt has failed. `rejectedBy` is empty when no plugin said so: an error. */
  refused(queued: QueuedPod, rejectedBy: ReadonlySet<string>): void {
    const events = this.#inFlight.end(queued);
    const {now} = this.#simulation;
    queued.rejectedBy = rejectedBy;
    queued.interests = this.#options.rules.interests(queued.pod, rejectedBy);
    queued.queuedAt = now;
    if (rejectedBy.size === 0) {
      queued.errorCount++;
      this.#enter(queued, 'error-backoff');
      return;
    }
    queued.unschedulableCount++;
    queued.errorCount = 0;
    const helped = events.some(event => this.#mayHelp(queued, event));
    this.#enter(queued, helped ? this.#afterBackoff(queued) : 'pool');
  }

  /** The pod has gone, or has got its node otherwise. */
  remove(queued: QueuedPod): void {
    this.#leave(queued);
    queued.moveTo('none', this.#simulation.now);
  }

  /** Something changed in the cluster. */
  notify(event: ClusterEvent): void {
    this.#inFlight.note(event);
    if (this.#pool.size > 0) this.#leavePool(queued => this.#mayHelp(queued, event));
  }

  /** The waiting pod itself changed; heaps keep its place, the pool asks its hints. */
  podUpdated(queued: QueuedPod, event: ClusterEvent): void {
    if (queued.place === 'in-flight') this.#inFlight.note(event);
    if (queued.place !== 'pool') return;
    if (this.#mayHelp(queued, event)) this.#enter(queued, this.#afterBackoff(queued));
  }

  /** How many wait where. */
  counts(): {active: number; backoff: number; unschedulable: number; gated: number} {
    let gated = 0;
    for (const queued of this.#pool) if (queued.gate !== undefined) gated++;
    return {
      active: this.#active.size,
      backoff: this.#backoff.size + this.#errorBackoff.size,
      unschedulable: this.#pool.size - gated,
      gated,
    };
  }

  // As active_queue.go from 1.33 on: an idle scheduler does not wait for a backoff to end.
  get #mayPopFromBackoff(): boolean {
    return this.#options.kubernetes >= 33 && this.#backoff.size > 0;
  }

  #enter(queued: QueuedPod, wished: QueuePlace): void {
    this.#leave(queued);
    const place = this.#gated(queued, wished) ? 'pool' : wished;
    const {now} = this.#simulation;
    const first = queued.firstActiveAt === undefined;
    queued.moveTo(place, now);
    switch (place) {
      case 'active':
        this.#active.add(queued, 0, this.#sequence++);
        if (first) this.#options.signals.queued.emit(queued.pod.id);
        this.#options.ready();
        return;
      case 'backoff':
        this.#backoff.add(queued, this.#expiry(queued), this.#sequence++);
        this.#expectBackoffFlush();
        if (this.#options.kubernetes >= 33) this.#options.ready();
        return;
      case 'error-backoff':
        this.#errorBackoff.add(queued, this.#expiry(queued), this.#sequence++);
        this.#expectBackoffFlush();
        return;
      default:
        this.#pool.add(queued);
        this.#expectPoolFlush();
    }
  }

  // PreEnqueue runs before the active queue, from 1.33 on before the backoff queue too.
  #gated(queued: QueuedPod, wished: QueuePlace): boolean {
    const asked = wished === 'active' || (wished === 'backoff' && this.#options.kubernetes >= 33);
    if (!asked) return false;
    const before = queued.gate;
    queued.gate = this.#options.gateOf(queued.pod);
    if (queued.gate === undefined) return false;
    const rejectedBy = new Set([...queued.rejectedBy, queued.gate]);
    queued.interests = this.#options.rules.interests(queued.pod, rejectedBy);
    queued.rejectedBy = rejectedBy;
    if (queued.gate !== before) this.#options.signals.gated.emit(queued.pod.id, queued.gate);
    return true;
  }

  #leave(queued: QueuedPod): void {
    switch (queued.place) {
      case 'active':
        return this.#active.remove(queued);
      case 'backoff':
        return this.#backoff.remove(queued);
      case 'error-backoff':
        return this.#errorBackoff.remove(queued);
      case 'pool':
        this.#pool.delete(queued);
        return;
      case 'in-flight':
        this.#inFlight.end(queued);
        return;
      default:
        return;
    }
  }

  // Chosen first, moved then: a pod that is gated goes to the pool's end and must not be met again.
  #leavePool(chosen: (queued: QueuedPod) => boolean): void {
    const leaving: QueuedPod[] = [];
    for (const queued of this.#pool) if (chosen(queued)) leaving.push(queued);
    for (const queued of leaving) this.#enter(queued, this.#afterBackoff(queued));
  }

  #mayHelp(queued: QueuedPod, event: ClusterEvent): boolean {
    return this.#options.rules.mayHelp(queued, event);
  }

  #afterBackoff(queued: QueuedPod): QueuePlace {
    return this.#backingOff(this.#expiry(queued)) ? 'backoff' : 'active';
  }

  #expiry(queued: QueuedPod): Time {
    const {kubernetes, initialBackoff, maxBackoff} = this.#options;
    // Up to 1.33 every attempt counted; since then those that plugins rejected, or errors in a row.
    const failures = queued.errorCount > 0 ? queued.errorCount : queued.unschedulableCount;
    const attempts = kubernetes >= 34 ? failures : queued.attempts;
    const duration = backoffDuration({attempts, initial: initialBackoff, max: maxBackoff});
    return backoffExpiry({queuedAt: queued.queuedAt, duration, kubernetes});
  }

  // As backoff_queue.go: from 1.33 on the clock is cut to whole seconds too, and equality still
  // waits.
  #backingOff(expiry: Time): boolean {
    const {now} = this.#simulation;
    return this.#options.kubernetes < 33 ? expiry > now : expiry >= now - (now % second);
  }

  #expectBackoffFlush(): void {
    const at = nextTick(this.#simulation.now, backoffFlushPeriod);
    if (this.#backoffFlushAt !== undefined) return;
    this.#backoffFlushAt = at;
    this.#backoffFlushed.at(at);
  }

  #flushBackoff(): void {
    this.#backoffFlushAt = undefined;
    for (const heap of [this.#backoff, this.#errorBackoff]) {
      for (;;) {
        const entry = heap.peek();
        if (entry === undefined || this.#backingOff(entry.expiry)) break;
        this.#activate(entry.queued);
      }
    }
    if (this.#backoff.size + this.#errorBackoff.size > 0) this.#expectBackoffFlush();
  }

  // PreEnqueue ran when the pod entered the backoff queue and does not run again.
  #activate(queued: QueuedPod): void {
    this.#leave(queued);
    queued.moveTo('active', this.#simulation.now);
    this.#active.add(queued, 0, this.#sequence++);
    this.#options.ready();
  }

  #expectPoolFlush(): void {
    if (this.#poolFlushAt !== undefined) return;
    this.#poolFlushAt = nextTick(this.#simulation.now, poolFlushPeriod);
    this.#poolFlushed.at(this.#poolFlushAt);
  }

  #flushPool(): void {
    this.#poolFlushAt = undefined;
    const {now} = this.#simulation;
    this.#leavePool(({queuedAt}) => now - queuedAt > longestInPool);
    if (this.#pool.size > 0) this.#expectPoolFlush();
  }

  save(): SavedQueue {
    const heaps = [this.#active, this.#backoff, this.#errorBackoff];
    return {
      waiting: heaps.flatMap(heap => heap.all().map(queued => queued.save())),
      pool: [...this.#pool].map(queued => queued.save()),
      backoffFlushAt: this.#backoffFlushAt,
      poolFlushAt: this.#poolFlushAt,
      sequence: this.#sequence,
      events: this.#inFlight.all,
    };
  }

  /** `inHand` are pods in flight or binding; `restored` makes each waiting pod anew. */
  restore(
    saved: SavedQueue,
    inHand: readonly SavedQueuedPod[],
    restored: (saved: SavedQueuedPod) => QueuedPod,
  ): void {
    for (const each of inHand) {
      const queued = restored(each);
      if (queued.place === 'in-flight') this.#inFlight.resume(queued);
    }
    for (const each of saved.waiting) {
      const queued = restored(each);
      const heap = this.#heapOf(queued.place);
      if (each.entry !== undefined) heap.add(queued, each.entry.expiry, each.entry.sequence);
    }
    for (const each of saved.pool) {
      const queued = restored(each);
      queued.interests = this.#options.rules.interests(queued.pod, queued.rejectedBy);
      this.#pool.add(queued);
    }
    this.#backoffFlushAt = saved.backoffFlushAt;
    this.#poolFlushAt = saved.poolFlushAt;
    this.#sequence = saved.sequence;
    this.#inFlight.restore(saved.events);
  }

  #heapOf(place: QueuePlace): QueueHeap {
    if (place === 'active') return this.#active;
    return place === 'backoff' ? this.#backoff : this.#errorBackoff;
  }
}

// The timers run from the start of the scheduler, so they fire at whole periods.
function nextTick(now: Time, period: Time): Time {
  return now - (now % period) + period;
}

export type SavedQueue = {
  waiting: SavedQueuedPod[];
  pool: SavedQueuedPod[];
  backoffFlushAt: Time | undefined;
  poolFlushAt: Time | undefined;
  sequence: number;
  events: readonly ClusterEvent[];
};
