// What becomes of a pod whose attempt failed: its victims are evicted, its nomination and condition
// are written, and it goes back to the queue (kube-scheduler's handleSchedulingFailure).

import type {ApiClient} from '../objects/api-client.ts';
import type {PodSignals} from '../objects/pod-signals.ts';
import type {Evictions} from './binding/evictions.ts';
import type {Nominations} from './cache/nominations.ts';
import type {PodInfo} from './cache/pod-info.ts';
import type {QueuedPod} from './queue/queued-pod.ts';
import type {QueuedPods} from './queue/queued-pods.ts';
import type {SchedulingQueue} from './queue/scheduling-queue.ts';
import type {SchedulerConfiguration} from './scheduler-options.ts';
import type {RefusedVerdict} from './verdict.ts';

export type FailureParts = {
  readonly queue: SchedulingQueue;
  readonly nominations: Nominations;
  readonly evictions: Evictions;
  readonly signals: PodSignals;
  readonly client: ApiClient;
  readonly pods: QueuedPods;
  readonly retry: SchedulerConfiguration['retry'];
};

export class FailureHandler {
  readonly #parts: FailureParts;

  constructor(parts: FailureParts) {
    this.#parts = parts;
  }

  handle(queued: QueuedPod, verdict: RefusedVerdict): void {
    const {evictions, queue, signals} = this.#parts;
    const {pod} = queued;
    const {firstFailingPlugin, result, message, preemption} = verdict;
    signals.refused.emit(pod.id, {firstFailingPlugin, result, message: () => message});
    if (preemption !== undefined) evictions.carryOut(pod, preemption);
    else this.#report(queued, verdict);
    queued.lastMessage = message;
    const {retry, pods} = this.#parts;
    const isFinal = retry === 'never' && result === 'unschedulable' && preemption === undefined;
    if (isFinal) return pods.forget(queued);
    queue.refused(queued, verdict);
  }

  // One patch for both, and none where nothing changed.
  #report({pod, lastMessage}: QueuedPod, {clearNomination, message}: RefusedVerdict): void {
    const {client} = this.#parts;
    if (clearNomination && this.#denominate(pod)) client.nominatePod(pod.id, undefined);
    else if (lastMessage !== message) client.reportUnschedulable(pod.id);
  }

  #denominate(pod: PodInfo): boolean {
    const {nominatedNode, reportedNomination} = pod;
    this.#parts.nominations.remove(pod);
    return nominatedNode !== undefined || reportedNomination !== undefined;
  }
}
