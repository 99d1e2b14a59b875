// Who answers a resolver's questions. A question is one form of a name, its A and AAAA at once.

import type {Time} from '../../engine/time.ts';
import type {Links, Place} from '../../machines/links.ts';
import type {NameServers} from '../../machines/name-servers.ts';
import type {Latencies} from '../latency/latencies.ts';

export type Reply = {
  /** `servfail`: an error; `refused`: nobody listens, and the caller is told. */
  fate: 'answered' | 'servfail' | 'refused' | 'silent';
  /** Until the reply is there; 0 where there is none. */
  delay: Time;
  /**
   * Which server it is: whoever asks again from the same socket comes to the same one, as long as
   * that is there (conntrack). One higher than the pod's serial; 0: any.
   */
  server: number;
};

export interface Servers {
  /** `reply.server` says who was asked before. */
  ask(place: Place, outside: boolean, reply: Reply): void;
}

/** Name servers outside, as a node has them. */
export class OutsideServers implements Servers {
  readonly #links: Links;
  readonly #latencies: Latencies;

  constructor({links, latencies}: {links: Links; latencies: Latencies}) {
    this.#links = links;
    this.#latencies = latencies;
  }

  ask(place: Place, _outside: boolean, reply: Reply): void {
    const heard = this.#links.connect(place, undefined);
    reply.fate = heard ? 'answered' : 'silent';
    reply.delay = heard ? this.#latencies.roundTrip(this.#latencies.between(place, undefined)) : 0;
  }
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
