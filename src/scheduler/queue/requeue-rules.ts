// Which events are worth another attempt, for which pod: the queueing hints of the plugins that
// rejected it (kube-scheduler's isPodWorthRequeuing). Kinds of events are bits, so that most pods
// cost one test.

import type {KubernetesMinor} from '../../objects/version.ts';
import type {PodInfo} from '../cache/pod-info.ts';
import type {ClusterEvent, EventKind} from '../cluster-event.ts';
import type {PluginsByName} from '../plugin-set.ts';
import {mayConcern} from './before-hints.ts';
import type {QueuedPod} from './queued-pod.ts';

/**
 * stay: in the pool; after-backoff: be tried when its backoff is over; at-once: whatever its
 * backoff.
 */
export type RequeueStrategy = 'stay' | 'after-backoff' | 'at-once';

const kindBits = new Map<EventKind, number>(
  (
    [
      'node-added',
      'node-allocatable-changed',
      'node-labels-changed',
      'node-taints-changed',
      'node-deleted',
      'pod-assigned',
      'pod-labels-changed',
      'pod-deleted',
      'pod-gates-eliminated',
      'pod-tolerations-changed',
      'pod-scaled-down',
      'pod-updated',
    ] satisfies EventKind[]
  ).map((kind, bit) => [kind, 1 << bit]),
);

const everyEvent = -1;

export class RequeueRules {
  /** From 1.32 on plugins look at the event itself (SchedulerQueueingHints). */
  readonly #hints: boolean;
  readonly #pluginsOf: (pod: PodInfo) => PluginsByName;

  constructor(kubernetes: KubernetesMinor, pluginsOf: (pod: PodInfo) => PluginsByName) {
    this.#hints = kubernetes >= 32;
    this.#pluginsOf = pluginsOf;
  }

  /** The kinds of events that any of these plugins wants to hear of. */
  interests(pod: PodInfo, rejectedBy: ReadonlySet<string>): number {
    let interests = 0;
    for (const name of rejectedBy) {
      const hints = this.#pluginsOf(pod).get(name)?.requeueOn;
      // A plugin without EnqueueExtensions is told of everything.
      if (hints === undefined) return everyEvent;
      for (const {on} of hints) interests |= kindBits.get(on) ?? 0;
    }
    return interests;
  }

  /** For a pod in the pool, when something has changed. */
  strategy(queued: QueuedPod, event: ClusterEvent): RequeueStrategy {
    if ((queued.interests & (kindBits.get(event.kind) ?? 0)) === 0) return 'stay';
    const {pod, gate, rejectedBy, pendingOn} = queued;
    if (gate !== undefined && !this.#hears(pod, gate, event.kind)) return 'stay';
    if (!this.#hints && !mayConcern(queued, event, this.#pluginsOf(pod))) return 'stay';
    let strategy: RequeueStrategy = 'stay';
    for (const name of rejectedBy) {
      if (!this.#saysYes(name, pod, event)) continue;
      // What the pod was pending on has happened: there is nothing to back off from.
      if (pendingOn.has(name)) return 'at-once';
      strategy = 'after-backoff';
    }
    return strategy;
  }

  /** For a pod that has just been refused: `events` came while it was being tried. */
  strategyAfter(queued: QueuedPod, events: readonly ClusterEvent[]): RequeueStrategy {
    // As addUnschedulableWithoutQueueingHint: before hints, any event at all was reason enough.
    if (!this.#hints) return events.length > 0 ? 'after-backoff' : 'stay';
    let strategy: RequeueStrategy = 'stay';
    for (const event of events) {
      const said = this.strategy(queued, event);
      if (said === 'at-once') return said;
      if (said !== 'stay') strategy = said;
    }
    return strategy;
  }

  /** For a pod in the pool that has itself been changed. Before hints, any change was enough. */
  strategyAfterUpdate(queued: QueuedPod, event: ClusterEvent): RequeueStrategy {
    return this.#hints ? this.strategy(queued, event) : 'after-backoff';
  }

  /** Does the flush of the pool reach the pod? Its gate must hear of everything, if it has one. */
  isFlushed({pod, gate}: QueuedPod): boolean {
    return gate === undefined || this.#pluginsOf(pod).get(gate)?.requeueOn === undefined;
  }

  #saysYes(plugin: string, pod: PodInfo, event: ClusterEvent): boolean {
    const hints = this.#pluginsOf(pod).get(plugin)?.requeueOn;
    if (hints === undefined) return true;
    return hints.some(
      ({on, hint}) => on === event.kind && (!this.#hints || hint === undefined || hint(pod, event)),
    );
  }

  #hears(pod: PodInfo, plugin: string, kind: EventKind): boolean {
    const hints = this.#pluginsOf(pod).get(plugin)?.requeueOn;
    return hints === undefined || hints.some(({on}) => on === kind);
  }
}
