// A Service with an address, called by its name: a lookup precedes each connection from within the
// cluster, but for those that nobody would notice. Outside there are other name servers.

import type {Caller, Destination, Route} from '../destination.ts';
import type {Dns, Named, ServiceName} from './dns.ts';

export class NamedService implements Destination {
  readonly name: string;
  readonly #dns: Dns;
  readonly #behind: Destination;
  readonly #looked: Destination;

  constructor(
    dns: Dns,
    service: ServiceName,
    named: Omit<Named, 'host' | 'behind'> & {readonly behind: Destination},
  ) {
    this.name = named.behind.name;
    this.#dns = dns;
    this.#behind = named.behind;
    this.#looked = dns.service(service, named);
  }

  route(caller: Caller, route: Route, avoid: readonly number[]): void {
    const unnoticed = route.search === 0 && this.#dns.idle;
    if (unnoticed || caller.place === undefined) this.#behind.route(caller, route, avoid);
    else this.#looked.route(caller, route, avoid);
  }
}
