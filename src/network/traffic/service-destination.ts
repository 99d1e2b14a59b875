// A Service as callers name it. Which Service that is, is asked when somebody calls: it may come
// later than its callers, or go and come back as another one.

import type {ServiceId} from '../../objects/ids.ts';
import type {ServiceObject} from '../../objects/service-object.ts';
import type {Store} from '../../objects/store.ts';
import type {Balance, LoadOf} from '../balance.ts';
import type {Caller, Destination, Route} from '../destination.ts';
import type {Dns} from '../dns/dns.ts';
import {Elsewhere} from '../elsewhere.ts';
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
  /** As the program writes it; the shortest name unless said. */
  readonly host: string | undefined;
  readonly dnsCache: number | undefined;
};

class ServiceDestination implements Destination {
  readonly name: string;
  readonly #network: NetworkOfServices;
  readonly #called: CalledService;
  #way: Destination | undefined;
  /** Of callers whose lookups nobody would notice. */
  #straight: Destination | undefined;
  /** Of the Services, for which that was found. */
  #version = -1;
  /** By Service: those that its name has stood for. */
  readonly #behind = new Map<ServiceId, Destination | undefined>();

  constructor(network: NetworkOfServices, called: CalledService) {
    this.name = called.name;
    this.#network = network;
    this.#called = called;
  }

  route(caller: Caller, route: Route, avoid: readonly number[]): void {
    const {store, dns} = this.#network;
    if (this.#version !== store.services.log.end) this.find();
    const way = this.#way;
    if (way === undefined) {
      route.arrival = 'unresolved';
      route.delay = 0;
    } else if (this.#straight !== undefined && route.search === 0 && dns.idleFor(caller)) {
      this.#straight.route(caller, route, avoid);
    } else way.route(caller, route, avoid);
  }

  get found(): boolean {
    return this.#way !== undefined;
  }

  find(): void {
    const {store} = this.#network;
    const {namespace, name, port, host, dnsCache} = this.#called;
    this.#version = store.services.log.end;
    this.#straight = undefined;
    const service = store.services.id(`${namespace}/${name}`);
    const object = service === undefined ? undefined : store.services.get(service);
    if (service === undefined || object === undefined) return;
    const {headless, type} = object;
    const hasAddress = !headless && type !== 'ExternalName';
    if (placeOf(port, object) < 0 && hasAddress) return;
    this.#way ??= this.#named(object);
    // What it keeps of names may be of another Service.
    const plain = host === undefined && dnsCache === undefined;
    if (hasAddress && plain) this.#straight = this.#leads(service);
  }

  #named(object: ServiceObject): Destination {
    const {dns, loadOf} = this.#network;
    const {namespace, name, port, caller, balance, host, dnsCache} = this.#called;
    const named = {
      ...{name: `${caller}>${name}`, namespace, balance, loadOf, keeps: dnsCache ?? 0},
      port: object.ports[placeOf(port, object)]?.port,
      behind: (service: ServiceId | undefined) => this.#leads(service),
    };
    if (host !== undefined) return dns.destination({...named, host});
    return dns.service({namespace, name}, named);
  }

  /** Where an address that was found leads. */
  #leads(service: ServiceId | undefined): Destination | undefined {
    if (service === undefined) return elsewhere;
    if (!this.#behind.has(service)) this.#behind.set(service, this.#clusterIp(service));
    return this.#behind.get(service);
  }

  #clusterIp(service: ServiceId): Destination | undefined {
    const {store, ports} = this.#network;
    const {name, port, caller} = this.#called;
    const object = store.services.get(service);
    const place = object === undefined ? -1 : placeOf(port, object);
    if (place < 0) return undefined;
    return new ClusterIp(name, ports.add({service, port: place, way: 'internal', caller}));
  }
}

const elsewhere = new Elsewhere();

/** Among the Service's ports; below 0 where it has no such. */
function placeOf(port: string | undefined, {ports}: ServiceObject): number {
  if (port === undefined) return ports.length > 0 ? 0 : -1;
  return ports.findIndex(each => each.name === port || String(each.port) === port);
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
  of(entry: CallingEntry & {to: string}, {name, caller, nested}: CallerWish) {
    const {to, balance, host, dnsCache} = entry;
    const called = calledService(to);
    const wishes = {balance, host, dnsCache};
    const destination = new ServiceDestination(this.#network, {...called, ...wishes, caller: name});
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
