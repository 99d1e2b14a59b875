// What happened in the cluster while pods were being tried. An event that came too late for an
// attempt to see may be the one that makes the pod fit, so a refused pod is held against all of
// them.

import type {ClusterEvent} from '../cluster-event.ts';
import type {QueuedPod} from './queued-pod.ts';

const none: readonly ClusterEvent[] = [];

export class InFlightEvents {
  /** In the order in which their attempts began. */
  readonly #pods = new Set<QueuedPod>();
  /** Events are numbered for ever; this is the number of the oldest one kept. */
  #first = 0;
  #events: ClusterEvent[] = [];

  get any(): boolean {
    return this.#pods.size > 0;
  }

  begin(queued: QueuedPod): void {
    queued.eventsFrom = this.#first + this.#events.length;
    this.#pods.add(queued);
  }

  note(event: ClusterEvent): void {
    if (this.#pods.size > 0) this.#events.push(event);
  }

  /** Forgets the pod, and returns what came while it was tried. */
  end(queued: QueuedPod): readonly ClusterEvent[] {
    if (!this.#pods.delete(queued) || this.#events.length === 0) return none;
    const events = this.#events.slice(queued.eventsFrom - this.#first);
    this.#trim();
    return events;
  }

  // A pod may wait in Permit for minutes while thousands come and go.
  #trim(): void {
    const [oldest] = this.#pods;
    const keptFrom = oldest?.eventsFrom ?? this.#first + this.#events.length;
    if (keptFrom === this.#first) return;
    this.#events.splice(0, keptFrom - this.#first);
    this.#first = keptFrom;
  }

  save(): {first: number; events: readonly ClusterEvent[]} {
    return {first: this.#first, events: this.#events};
  }

  restore(
    {first, events}: {first: number; events: readonly ClusterEvent[]},
    pods: readonly QueuedPod[],
  ): void {
    this.#first = first;
    this.#events = [...events];
    this.#pods.clear();
    const byBeginning = pods.slice().sort((left, right) => left.eventsFrom - right.eventsFrom);
    for (const queued of byBeginning) this.#pods.add(queued);
  }
}
