// A kind of event, declared once under a name: `part.what-has-happened`. Scheduling goes through
// it, so that the trace, the profile, the fingerprint and error messages have the name free of
// charge, and the operands are checked by their types.

import type {Agenda} from './agenda.ts';
import type {EventHandle} from './event-table.ts';
import type {Time} from './time.ts';

/** The operands of a kind whose handler takes none, one or two. */
type Operands<A, B> = [A] extends [never] ? [] : [B] extends [never] ? [a: A] : [a: A, b: B];

/** `EventKind<PodId>` carries a pod; `EventKind<PodId, NodeId>` two; plain `EventKind` nothing. */
export interface EventKind<A extends number = never, B extends number = never> {
  readonly name: string;
  /**
   * Happens `delay` microseconds from now; after 0, still now but behind all that is due by then.
   */
  after(delay: Time, ...operands: Operands<A, B>): EventHandle;
  at(time: Time, ...operands: Operands<A, B>): EventHandle;
}

export type Handler = (a: number, b: number) => void;

export class ScheduledKind {
  readonly name: string;
  readonly #agenda: Agenda;
  readonly #kind: number;

  constructor(name: string, kind: number, agenda: Agenda) {
    this.name = name;
    this.#kind = kind;
    this.#agenda = agenda;
  }

  after(delay: Time, a = 0, b = 0): EventHandle {
    const agenda = this.#agenda;
    return agenda.schedule(agenda.now + delay, this.#kind, a, b);
  }

  at(time: Time, a = 0, b = 0): EventHandle {
    return this.#agenda.schedule(time, this.#kind, a, b);
  }
}
