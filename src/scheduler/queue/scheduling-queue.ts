// The pods without a node, as kube-scheduler's PriorityQueue keeps them
// (pkg/scheduler/backend/queue):
//
//   add ─► active ──pop──► in flight ──chosen──► binding ─► gone
//            ▲                 │ refused
//            │                 ├─ rejected by plugins ─► pool ──an event that may help──┐
//            │                 └─ error ─► error-backoff                                │
//            └──── whole seconds ──── backoff ◄──── still backing off ──────────────────┘
//
// While a pod is in flight, events are kept: one of them may have been the one it needed. A pod
// that a PreEnqueue plugin gates sits in the pool instead of where it was to go.

import type {EventKind} from '../../engine/event-kind.ts';
import type {Simulation} from '../../engine/simulation.ts';
import type {Time} from '../../engine/time.ts';
import {second} from '../../engine/time.ts';
import type {PodInfo} from '../cache/pod-info.ts';
import type {ClusterEvent} from '../cluster-event.ts';
import {BackoffQueue} from './backoff-queue.ts';
import {InFlightEvents} from './in-flight-events.ts';
import {QueueHeap} from './queue-heap.ts';
import type {QueueOptions, Rejectors} from './queue-options.ts';
import type {QueuedPod, QueueEntry, QueuePlace, SavedQueuedPod} from './queued-pod.ts';
import type {RequeueStrategy} from './requeue-rules.ts';

/**
 * As scheduling_queue.go: how often the pool is looked through, and how long a pod may sit there.
 */
const poolFlushPeriod = 30 * second;
const longestInPool = 300 * second;

export class SchedulingQueue {
  readonly #options: QueueOptions;
  readonly #simulation: Simulation;
  readonly #active: QueueHeap;
  readonly #backoff: BackoffQueue;
  readonly #pool = new Set<QueuedPod>();
  readonly #inFlight = new InFlightEvents();
  readonly #poolFlushed: EventKind;
  #poolFlushAt: Time | undefined = undefined;
  #sequence = 0;

  constructor(options: QueueOptions) {
    const {simulation, less} = options;
    this.#options = options;
    this.#simulation = simulation;
    const before = (left: QueueEntry, right: QueueEntry): boolean => {
      if (less(left, right)) return true;
      return !less(right, left) && left.sequence < right.sequence;
    };
    this.#active = new QueueHeap(before);
    // PreEnqueue ran when the pod entered the backoff queue and does not run again.
    this.#backoff = new BackoffQueue({
      ...options,
      before,
      completed: queued => this.#settle(queued, 'active'),
    });
    this.#poolFlushed = simulation.event('scheduler.pool-flushed', () => this.#flushPool());
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
    const queued = this.#active.poll() ?? this.#backoff.pop();
    if (queued === undefined) return undefined;
    queued.attempts++;
    queued.activated = false;
    queued.moveTo('in-flight', this.#simulation.now);
    this.#inFlight.begin(queued);
    return queued;
  }

  /** The attempt has ended well: the pod has a node, and events no longer matter to it. */
  chosen(queued: QueuedPod): void {
    this.#inFlight.end(queued);
    queued.moveTo('binding', this.#simulation.now);
  }

  /** The attempt has failed. As AddUnschedulableIfNotPresent. */
  refused(queued: QueuedPod, {rejectedBy, pendingOn}: Rejectors): void {
    const {rules} = this.#options;
    const events = this.#inFlight.end(queued);
    queued.rejectedBy = new Set(rejectedBy);
    queued.pendingOn = new Set(pendingOn);
    queued.gate = undefined;
    queued.interests = rules.interests(queued.pod, queued.rejectedBy);
    queued.queuedAt = this.#simulation.now;
    if (rejectedBy.length === 0) {
      queued.errorCount++;
      this.#requeue(queued, 'after-backoff');
      return;
    }
    queued.unschedulableCount++;
    queued.errorCount = 0;
    const strategy = rules.strategyAfter(queued, events);
    this.#requeue(queued, strategy === 'stay' && queued.activated ? 'after-backoff' : strategy);
  }

  /** The pod has gone, or has got its node otherwise. */
  remove(queued: QueuedPod): void {
    this.#leave(queued);
    queued.moveTo('none', this.#simulation.now);
  }

  /**
   * Something changed in the cluster. `concerns` leaves out pods that wait; it is not asked of pods
   * in flight.
   */
  notify(event: ClusterEvent, concerns?: (pod: PodInfo) => boolean): void {
    this.#inFlight.note(event);
    if (this.#pool.size === 0) return;
    this.#leavePool(queued =>
      concerns?.(queued.pod) === false ? 'stay' : this.#options.rules.strategy(queued, event),
    );
  }

  /** The waiting pod itself changed; heaps keep its place, the pool asks its hints. */
  podUpdated(queued: QueuedPod, event: ClusterEvent): void {
    if (queued.place === 'in-flight') this.#inFlight.note(event);
    if (queued.place !== 'pool') return;
    const strategy = this.#options.rules.strategyAfterUpdate(queued, event);
    if (strategy !== 'stay') this.#requeue(queued, strategy);
  }

  /**
   * As Activate: to be tried next, whatever its backoff. A pod that is being tried will not wait in
   * the pool.
   */
  activate(queued: QueuedPod): void {
    const {place} = queued;
    if (place === 'in-flight') queued.activated = true;
    else if (place === 'pool') this.#enter(queued, 'active');
    else if (place === 'backoff' || place === 'error-backoff') this.#settle(queued, 'active');
  }

  /** How many wait where. */
  counts(): {active: number; backoff: number; unschedulable: number; gated: number} {
    let gated = 0;
    for (const queued of this.#pool) if (queued.gate !== undefined) gated++;
    return {
      active: this.#active.size,
      backoff: this.#backoff.size,
      unschedulable: this.#pool.size - gated,
      gated,
    };
  }

  // As requeuePodWithQueueingStrategy.
  #requeue(queued: QueuedPod, strategy: RequeueStrategy): void {
    if (strategy === 'stay') return this.#enter(queued, 'pool');
    const waits = strategy === 'after-backoff' && this.#backoff.isBackingOff(queued);
    if (!waits) return this.#enter(queued, 'active');
    this.#enter(queued, queued.rejectedBy.size === 0 ? 'error-backoff' : 'backoff');
  }

  #enter(queued: QueuedPod, wished: QueuePlace): void {
    this.#settle(queued, this.#gated(queued, wished) ? 'pool' : wished);
  }

  #settle(queued: QueuedPod, place: QueuePlace): void {
    const first = queued.firstActiveAt === undefined;
    this.#leave(queued);
    queued.moveTo(place, this.#simulation.now);
    switch (place) {
      case 'active':
        this.#active.add(queued, 0, this.#sequence++);
        if (first) this.#options.signals.queued.emit(queued.pod.id);
        this.#options.ready();
        return;
      case 'backoff':
      case 'error-backoff':
        this.#backoff.add(queued, this.#sequence++);
        if (this.#backoff.mayPop) this.#options.ready();
        return;
      default:
        this.#pool.add(queued);
        this.#expectPoolFlush();
    }
  }

  // PreEnqueue runs before the active queue, from 1.33 on before the backoff queue too.
  #gated(queued: QueuedPod, wished: QueuePlace): boolean {
    if (wished === 'pool') return false;
    if (wished !== 'active' && this.#options.kubernetes < 33) return false;
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
      case 'error-backoff':
        return this.#backoff.remove(queued);
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
  #leavePool(strategyOf: (queued: QueuedPod) => RequeueStrategy): void {
    const leaving: [QueuedPod, RequeueStrategy][] = [];
    for (const queued of this.#pool) {
      const strategy = strategyOf(queued);
      if (strategy !== 'stay') leaving.push([queued, strategy]);
    }
    for (const [queued, strategy] of leaving) this.#requeue(queued, strategy);
  }

  // The timer runs from the start of the scheduler, so it fires at whole periods.
  #expectPoolFlush(): void {
    if (this.#poolFlushAt !== undefined) return;
    const {now} = this.#simulation;
    this.#poolFlushAt = now - (now % poolFlushPeriod) + poolFlushPeriod;
    this.#poolFlushed.at(this.#poolFlushAt);
  }

  #flushPool(): void {
    this.#poolFlushAt = undefined;
    const {now} = this.#simulation;
    this.#leavePool(queued => {
      const isOld = now - queued.queuedAt > longestInPool;
      return isOld && this.#options.rules.isFlushed(queued) ? 'after-backoff' : 'stay';
    });
    if (this.#pool.size > 0) this.#expectPoolFlush();
  }

  save(): SavedQueue {
    const waiting = [...this.#active.all(), ...this.#backoff.all()];
    return {
      waiting: waiting.map(queued => queued.save()),
      pool: [...this.#pool].map(queued => queued.save()),
      backoffFlushAt: this.#backoff.save(),
      poolFlushAt: this.#poolFlushAt,
      sequence: this.#sequence,
      inFlight: this.#inFlight.save(),
    };
  }

  /** `inHand` are pods in flight or binding; `restored` makes each waiting pod anew. */
  restore(
    saved: SavedQueue,
    inHand: readonly SavedQueuedPod[],
    restored: (saved: SavedQueuedPod) => QueuedPod,
  ): void {
    const held = inHand.map(restored);
    this.#inFlight.restore(
      saved.inFlight,
      held.filter(({place}) => place === 'in-flight'),
    );
    for (const each of saved.waiting) {
      const queued = restored(each);
      if (each.entry === undefined) throw new Error(`pod ${queued.pod.name} waits nowhere`);
      if (each.place !== 'active') this.#backoff.restorePod(queued, each.entry);
      else this.#active.add(queued, each.entry.expiry, each.entry.sequence);
    }
    for (const each of saved.pool) {
      const queued = restored(each);
      queued.interests = this.#options.rules.interests(queued.pod, queued.rejectedBy);
      this.#pool.add(queued);
    }
    this.#backoff.restore(saved.backoffFlushAt);
    this.#poolFlushAt = saved.poolFlushAt;
    this.#sequence = saved.sequence;
  }
}

export type SavedQueue = {
  waiting: SavedQueuedPod[];
  pool: SavedQueuedPod[];
  backoffFlushAt: Time | undefined;
  poolFlushAt: Time | undefined;
  sequence: number;
  inFlight: {first: number; events: readonly ClusterEvent[]};
};
