// A Service as callers name it. Which Service that is, is asked when somebody calls: it may come
// later than its callers.

import type {Store} from '../../objects/store.ts';
import type {Balance, LoadOf} from '../balance.ts';
import type {Caller, Destination, Route} from '../destination.ts';
import type {Dns} from '../dns/dns.ts';
import {NamedService} from '../dns/named-service.ts';
import type {Outside} from '../outside.ts';
import {ClusterIp} from '../proxy/cluster-ip.ts';
import type {ProxiedPorts} from '../proxy/proxied-ports.ts';
import {type CallingEntry, calledService, type TrafficEntry} from './traffic-options.ts';

export type NetworkOfServices = {
  readonly store: Store;
  readonly ports: ProxiedPorts;
  readonly dns: Dns;
  readonly loadOf: LoadOf;
  /** Where somebody calls from outside. */
  readonly outside: Outside | undefined;
};

type CalledService = {
  readonly namespace: string;
  readonly name: string;
  /** Its name or number; `undefined`: the first. */
  readonly port: string | undefined;
  readonly caller: string;
  readonly balance: Balance;
};

class ServiceDestination implements Destination {
  readonly name: string;
  readonly #network: NetworkOfServices;
  readonly #called: CalledService;
  #way: Destination | undefined;

  constructor(network: NetworkOfServices, called: CalledService) {
    this.name = called.name;
    this.#network = network;
    this.#called = called;
  }

  route(caller: Caller, route: Route, avoid: readonly number[]): void {
    const way = this.#way ?? this.find();
    if (way !== undefined) return way.route(caller, route, avoid);
    route.arrival = 'unresolved';
    route.delay = 0;
  }

  get found(): boolean {
    return this.#way !== undefined;
  }

  find(): Destination | undefined {
    const {store, ports, dns, loadOf} = this.#network;
    const {namespace, name, port, caller, balance} = this.#called;
    const service = store.services.id(`${namespace}/${name}`);
    const object = service === undefined ? undefined : store.services.get(service);
    if (service === undefined || object === undefined) return undefined;
    const wanted = port ?? object.ports[0]?.name;
    const place = object.ports.findIndex(
      each => each.name === wanted || String(each.port) === wanted,
    );
    if (place < 0 && !object.headless) return undefined;
    const named = {name: `${caller}>${name}`, namespace, port: object.ports[place]?.port};
    if (object.headless) {
      this.#way = dns.service({namespace, name}, {...named, behind: undefined, balance, loadOf});
    } else {
      const behind = new ClusterIp(
        name,
        ports.add({service, port: place, way: 'internal', caller}),
      );
      this.#way = new NamedService(dns, {namespace, name}, {...named, behind});
    }
    return this.#way;
  }
}

type CallerWish = {readonly name: string; readonly caller: string; readonly nested: boolean};

/** All of a run. Which were found is kept: their ways are there before these are restored. */
export class Destinations {
  readonly #network: NetworkOfServices;
  readonly #all: ServiceDestination[] = [];

  constructor(network: NetworkOfServices) {
    this.#network = network;
  }

  /** As a calling wants it: where it goes, and what it is called. */
  of({to, balance}: CallingEntry & {to: string}, {name, caller, nested}: CallerWish) {
    const called = calledService(to);
    const destination = new ServiceDestination(this.#network, {...called, caller: name, balance});
    this.#all.push(destination);
    const {namespace, name: service} = called;
    return {name, destination, labels: {namespace, service, caller, nested}};
  }

  /** From outside the cluster. */
  fromOutside(entry: TrafficEntry) {
    const {outside, ports} = this.#network;
    if (outside === undefined) throw new Error('there is no way in from outside');
    return outside.reach(entry, ports);
  }

  save(): readonly boolean[] {
    return this.#all.map(({found}) => found);
  }

  restore(found: readonly boolean[]): void {
    for (const [i, destination] of this.#all.entries()) if (found[i]) destination.find();
  }
}
