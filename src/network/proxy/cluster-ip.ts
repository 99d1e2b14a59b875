// A Service's cluster IP as callers on nodes know it: the proxy of their own node chooses. Nobody
// outside has a way there.

import type {Caller, Destination, Route} from '../destination.ts';
import type {ProxiedPort} from './proxied-port.ts';

export class ClusterIp implements Destination {
  readonly name: string;
  readonly #port: ProxiedPort;

  constructor(name: string, port: ProxiedPort) {
    this.name = name;
    this.#port = port;
  }

  route(caller: Caller, route: Route): void {
    const {place} = caller;
    route.search = 0;
    route.entry = undefined;
    route.target = undefined;
    route.delay = 0;
    if (place === undefined) route.arrival = 'dropped';
    else this.#port.through(place, caller, route);
  }
}
