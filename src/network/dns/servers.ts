// Who answers a resolver's questions. A question is one form of a name, its A and AAAA at once.

import type {Time} from '../../engine/time.ts';
import type {Place} from '../../machines/links.ts';
import type {NameServers} from '../../machines/name-servers.ts';

export type Reply = {
  /** `servfail`: an error; `refused`: nobody listens, and the caller is told. */
  fate: 'answered' | 'servfail' | 'refused' | 'silent';
  /** Until the reply is there; 0 where there is none. */
  delay: Time;
  /**
   * Which server it is: whoever asks again from the same socket comes to the same one, as long as
   * that is there (conntrack). 0: any.
   */
  server: number;
};

export interface Servers {
  /** `reply.server` says who was asked before. */
  ask(place: Place, outside: boolean, reply: Reply): void;
}

/** They are nowhere, and always there unless a fault says otherwise. */
export class IdealServers implements Servers {
  readonly #nameServers: Pick<NameServers, 'fate'>;
  readonly #takes: () => Time;

  constructor(nameServers: Pick<NameServers, 'fate'>, takes: () => Time) {
    this.#nameServers = nameServers;
    this.#takes = takes;
  }

  ask(_place: Place, _outside: boolean, reply: Reply): void {
    const fate = this.#nameServers.fate();
    reply.fate = fate ?? 'answered';
    reply.delay = fate === 'silent' ? 0 : this.#takes();
    reply.server = 0;
  }
}
