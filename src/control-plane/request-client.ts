// The part of a component's client that sends requests with more to say than two numbers.
// Requests are stored in the order they were sent, so what they carry waits in one queue.

import type {EventKind, Simulation} from '../engine/simulation.ts';
import type {Time} from '../engine/time.ts';
import type {ApiOutcome, ApiReplies} from '../objects/api-client.ts';

/** Of a request whose sender does not wait for the answer. */
export const noTicket = -1;

export class RequestClient<Request extends {readonly verb: string}> {
  readonly #perform: (request: Request) => ApiOutcome;
  readonly #replies: ApiReplies;
  readonly #stored = new Map<string, EventKind<number>>();
  #sent: Request[] = [];

  /** `verbs` in the past tense, for the events' names: `api.NOUN-updated-by-NAME`. */
  constructor(
    simulation: Simulation,
    options: {
      name: string;
      noun: string;
      verbs: Readonly<Record<Request['verb'], string>>;
      perform: (request: Request) => ApiOutcome;
      replies: ApiReplies;
    },
  ) {
    const {name, noun, verbs, perform, replies} = options;
    this.#perform = perform;
    this.#replies = replies;
    for (const [verb, past] of Object.entries<string>(verbs)) {
      const kind = simulation.event(`api.${noun}-${past}-by-${name}`, (ticket: number) =>
        this.#store(ticket),
      );
      this.#stored.set(verb, kind);
    }
  }

  send(request: Request, storedAt: Time, ticket: number): void {
    this.#sent.push(request);
    this.#stored.get(request.verb)?.at(storedAt, ticket);
  }

  save(): readonly Request[] {
    return this.#sent;
  }

  restore(saved: readonly Request[]): void {
    this.#sent = [...saved];
  }

  #store(ticket: number): void {
    const request = this.#sent.shift();
    if (request === undefined) throw new Error('a request was stored that was never sent');
    const outcome = this.#perform(request);
    if (ticket !== noTicket) this.#replies.answered?.(ticket, outcome);
  }
}
