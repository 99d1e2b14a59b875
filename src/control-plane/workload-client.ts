// The part of a component's client that writes workloads. Requests are stored in the order they
// were sent, so what they carry waits in one queue.

import type {EventKind, Simulation} from '../engine/simulation.ts';
import type {Time} from '../engine/time.ts';
import type {ApiReplies} from '../objects/api-client.ts';
import type {WorkloadRequest, WorkloadVerb} from '../objects/workload-request.ts';
import type {WorkloadRegistry} from './workload-registry.ts';

/** Of a request whose sender does not wait for the answer. */
export const noTicket = -1;

const pastTense: Readonly<Record<WorkloadVerb, string>> = {
  create: 'created',
  update: 'updated',
  'update-status': 'status-updated',
  delete: 'deleted',
  release: 'released',
  finalize: 'finalized',
};

export class WorkloadClient {
  readonly #registry: WorkloadRegistry;
  readonly #replies: ApiReplies;
  readonly #stored = new Map<WorkloadVerb, EventKind<number>>();
  #sent: WorkloadRequest[] = [];

  constructor(
    simulation: Simulation,
    {name, registry, replies}: {name: string; registry: WorkloadRegistry; replies: ApiReplies},
  ) {
    this.#registry = registry;
    this.#replies = replies;
    for (const verb of Object.keys(pastTense) as WorkloadVerb[]) {
      const event = `api.workload-${pastTense[verb]}-by-${name}`;
      this.#stored.set(
        verb,
        simulation.event(event, (ticket: number) => this.#perform(ticket)),
      );
    }
  }

  send(request: WorkloadRequest, storedAt: Time, ticket: number): void {
    this.#sent.push(request);
    this.#stored.get(request.verb)?.at(storedAt, ticket);
  }

  save(): readonly WorkloadRequest[] {
    return this.#sent;
  }

  restore(saved: readonly WorkloadRequest[]): void {
    this.#sent = [...saved];
  }

  #perform(ticket: number): void {
    const request = this.#sent.shift();
    if (request === undefined) throw new Error('a request was stored that was never sent');
    const outcome = this.#registry.perform(request);
    if (ticket !== noTicket) this.#replies.answered?.(ticket, outcome);
  }
}
