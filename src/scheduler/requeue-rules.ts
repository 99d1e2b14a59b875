// Which events are worth another attempt, for which pod: the queueing hints of the plugins that
// rejected it (kube-scheduler's isPodWorthRequeuing). Kinds of events are bits, so that most pods
// cost one test.

import type {KubernetesMinor} from '../objects/version.ts';
import type {ClusterEvent, EventKind} from './cluster-event.ts';
import type {Plugin, RequeueHint} from './framework.ts';
import type {PodInfo} from './pod-info.ts';
import type {QueuedPod} from './queued-pod.ts';

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
  readonly #kubernetes: KubernetesMinor;
  readonly #pluginOf: (pod: PodInfo, name: string) => Plugin | undefined;

  constructor(
    kubernetes: KubernetesMinor,
    pluginOf: (pod: PodInfo, name: string) => Plugin | undefined,
  ) {
    this.#kubernetes = kubernetes;
    this.#pluginOf = pluginOf;
  }

  /** The kinds of events that any of these plugins wants to hear of. */
  interests(pod: PodInfo, rejectedBy: ReadonlySet<string>): number {
    let interests = 0;
    for (const name of rejectedBy) {
      const hints = this.#pluginOf(pod, name)?.requeueOn;
      // A plugin without EnqueueExtensions is told of everything.
      if (hints === undefined) return everyEvent;
      for (const {on} of hints) interests |= kindBits.get(on) ?? 0;
    }
    return interests;
  }

  mayHelp(queued: QueuedPod, event: ClusterEvent): boolean {
    if ((queued.interests & (kindBits.get(event.kind) ?? 0)) === 0) return false;
    if (queued.gate !== undefined && !this.#wants(queued.pod, queued.gate, event.kind))
      return false;
    for (const name of queued.rejectedBy) {
      const hints = this.#pluginOf(queued.pod, name)?.requeueOn;
      if (hints === undefined) return true;
      if (hints.some(hint => this.#saysYes(hint, queued.pod, event))) return true;
    }
    return false;
  }

  // Before 1.32 a subscription was enough: hints came with the gate SchedulerQueueingHints.
  #saysYes({on, hint}: RequeueHint, pod: PodInfo, event: ClusterEvent): boolean {
    if (on !== event.kind) return false;
    return this.#kubernetes < 32 || hint === undefined || hint(pod, event);
  }

  #wants(pod: PodInfo, plugin: string, kind: EventKind): boolean {
    const hints = this.#pluginOf(pod, plugin)?.requeueOn;
    return hints === undefined || hints.some(({on}) => on === kind);
  }
}
