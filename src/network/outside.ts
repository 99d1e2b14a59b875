// All that callers outside the cluster can reach: Services by their doors, and addresses of HTTP by
// the ingress controllers behind other doors.

import type {Simulation} from '../engine/simulation.ts';
import type {Time} from '../engine/time.ts';
import type {Links} from '../machines/links.ts';
import type {Listeners} from '../machines/listeners.ts';
import type {Machines} from '../machines/machines.ts';
import type {OutsideDoors} from '../machines/stated-clients.ts';
import type {IngressSettings} from '../objects/ingress-object.ts';
import type {NodeLines} from '../objects/node-lines.ts';
import type {Store} from '../objects/store.ts';
import type {Distribution} from '../options/distribution.ts';
import type {Destination} from './destination.ts';
import {HostPorts} from './ingress/host-ports.ts';
import {httpAddress} from './ingress/http-address.ts';
import {IngressControllers} from './ingress/ingress-controllers.ts';
import {hasCertificate, IngressDoor} from './ingress/ingress-door.ts';
import {frontService, type IngressController} from './ingress/ingress-options.ts';
import {ingressSuccess} from './ingress/ingress-success.ts';
import {IngressUpstream} from './ingress/ingress-upstream.ts';
import type {DoorWish} from './load-balancer/door-wish.ts';
import {Doors} from './load-balancer/doors.ts';
import type {BalancerOptions} from './load-balancer/load-balancer-options.ts';
import {type OutsideWay, SeenDoors} from './load-balancer/outside-doors.ts';
import {OutsideService} from './load-balancer/outside-service.ts';
import type {ProxiedPorts} from './proxy/proxied-ports.ts';
import type {Proxies} from './proxy/proxies.ts';
import {calledService, type TrafficEntry} from './traffic/traffic-options.ts';

/** Who serves an address of HTTP, as far as the scenario's objects say. */
export type IngressFront = {
  /** A place in the list of controllers. */
  readonly controller: number;
  /** `namespace/name` of the Service behind it; `undefined` where there is none. */
  readonly service: string | undefined;
  /** Of the Ingress that it is in. */
  readonly settings: IngressSettings;
};

export type OutsideParts = {
  readonly simulation: Simulation;
  readonly store: Store;
  readonly machines: Machines;
  readonly links: Links;
  readonly listeners: Listeners;
  readonly lines: NodeLines;
  readonly views: Proxies;
  readonly watchDelay: Time | Distribution;
  readonly balancers: BalancerOptions | undefined;
  readonly controllers: readonly IngressController[];
  readonly frontOf: (to: string) => IngressFront | undefined;
};

/** `upstream`: of an address of HTTP, where the controller's pods send on. */
export type Reached = {
  readonly destination: Destination;
  readonly service: string;
  readonly handshakes: number;
  readonly upstream: Upstream | undefined;
  /** Where callers go on who are sent to the secure address. */
  readonly redirected: Omit<Reached, 'redirected'> | undefined;
};

type FrontParts = {
  readonly ports: ProxiedPorts;
  readonly front: IngressFront;
  readonly controllers: IngressControllers;
  readonly certified: () => boolean;
  readonly secure: boolean;
};

/** TLS 1.3, of a session that is not resumed. */
const tlsRoundTrips = 1;

type Upstream = {
  readonly way: IngressUpstream;
  readonly controller: IngressController;
  readonly settings: IngressSettings;
  readonly service: string;
};

export class Outside {
  readonly #parts: OutsideParts;
  readonly #doors: Doors;
  readonly #controllers: IngressControllers | undefined;
  readonly #hostPorts: HostPorts | undefined;
  readonly #ways: OutsideWay[] = [];

  constructor(parts: OutsideParts) {
    this.#parts = parts;
    const {history} = parts.views;
    if (parts.controllers.length > 0) {
      this.#controllers = new IngressControllers({...parts, history});
      this.#hostPorts = new HostPorts(this.#controllers, parts.links);
    }
    this.#doors = new Doors({...parts, hostPorts: this.#hostPorts});
  }

  /** What an entry of `traffic` calls. */
  reach(entry: TrafficEntry, ports: ProxiedPorts): Reached {
    const address = httpAddress(entry.to);
    if (address !== undefined) return this.#reachAddress(entry, ports);
    const {namespace, name, port} = calledService(entry.to);
    const service = `${namespace}/${name}`;
    const {way, door} = this.#way(entry, {service, port, via: entry.via}, ports);
    this.#ways.push({service, door, beyond: undefined});
    const alone = {handshakes: 0, upstream: undefined, redirected: undefined};
    return {destination: way, service, ...alone};
  }

  /** Once all is said that anybody reaches. */
  seen(): OutsideDoors {
    return new SeenDoors({
      ...this.#parts,
      doors: this.#doors,
      hostPorts: this.#hostPorts,
      controllers: this.#controllers,
      ways: this.#ways,
    });
  }

  #reachAddress(entry: TrafficEntry, ports: ProxiedPorts): Reached {
    const {store, frontOf} = this.#parts;
    const address = httpAddress(entry.to);
    const front = frontOf(entry.to);
    const controllers = this.#controllers;
    if (address === undefined || front === undefined || controllers === undefined) {
      throw new Error(`nobody serves ${entry.to}`);
    }
    const ingresses = () => controllers.snapshot(front.controller).ingresses;
    const certified = () => !entry.verify || hasCertificate(store, ingresses(), address.host);
    const reached = (name: string, secure: boolean) =>
      this.#reachFront({...entry, name}, {ports, front, controllers, certified, secure});
    const {door, ...first} = reached(entry.name, address.secure);
    const follows = entry.followRedirects && !address.secure;
    const next = follows ? reached(`${entry.name}>redirected`, true) : undefined;
    this.#ways.push({service: first.service, door, beyond: undefined});
    if (front.service !== undefined) {
      const ways = {first: first.upstream.way, next: next?.upstream.way};
      const {tries} = front.settings;
      const beyond = ingressSuccess({...this.#parts, controllers, ways, tries, certified});
      this.#ways.push({service: front.service, door, beyond});
    }
    return {...first, redirected: next};
  }

  #reachFront(entry: TrafficEntry, {ports, front, controllers, certified, secure}: FrontParts) {
    const {simulation: clock, store} = this.#parts;
    const {host = '', path = '/'} = httpAddress(entry.to) ?? {};
    const address = {secure, host, path};
    const controller = this.#parts.controllers[front.controller];
    const service = frontService(controller);
    const port = secure ? 'https' : 'http';
    const {hostPorts} = controller;
    const wish = {service, port, via: entry.via, ...(hostPorts && {hostPorts})};
    const {way, door} = this.#way(entry, wish, ports);
    const serviceNamed = (name: string) => store.services.id(name);
    const upstream = new IngressUpstream({controllers, address, clock, serviceNamed});
    const destination = secure ? new IngressDoor(way, certified) : way;
    const behind = front.service ?? `/${host}`;
    const handshakes = secure ? tlsRoundTrips : 0;
    return {
      door,
      destination,
      service,
      handshakes,
      upstream: {way: upstream, controller, settings: front.settings, service: behind},
    };
  }

  #way({name: caller, source}: TrafficEntry, wish: DoorWish, ports: ProxiedPorts) {
    const stream = this.#parts.simulation.random(`traffic.${caller}/doors`);
    const door = this.#doors.add(wish);
    const hostPorts = this.#hostPorts;
    const name = wish.service.slice(wish.service.indexOf('/') + 1);
    return {door, way: new OutsideService(name, door, {caller, stream, ports, source, hostPorts})};
  }
}
