// What happened in the cluster while pods were being tried. An event that came too late for an
// attempt to see may be the one that makes the pod fit, so a refused pod is held against all of
// them.

import type {ClusterEvent} from './cluster-event.ts';
import type {QueuedPod} from './queued-pod.ts';

const none: readonly ClusterEvent[] = [];

export class InFlightEvents {
  readonly #pods = new Set<QueuedPod>();
  #events: ClusterEvent[] = [];

  get any(): boolean {
    return this.#pods.size > 0;
  }

  begin(queued: QueuedPod): void {
    queued.eventsFrom = this.#events.length;
    this.#pods.add(queued);
  }

  note(event: ClusterEvent): void {
    if (this.#pods.size > 0) this.#events.push(event);
  }

  /** Forgets the pod, and returns what came while it was tried. */
  end(queued: QueuedPod): readonly ClusterEvent[] {
    this.#pods.delete(queued);
    if (this.#events.length === 0) return none;
    const events = this.#events.slice(queued.eventsFrom);
    if (this.#pods.size === 0) this.#events = [];
    return events;
  }

  get all(): readonly ClusterEvent[] {
    return this.#events;
  }

  /** A restored pod that was being tried, and what had come in the meantime. */
  resume(queued: QueuedPod): void {
    this.#pods.add(queued);
  }

  restore(events: readonly ClusterEvent[]): void {
    this.#events = [...events];
  }
}
