// All that callers outside the cluster can reach: Services by their doors, and addresses of HTTP by
// the ingress controllers behind other doors.

import type {Simulation} from '../engine/simulation.ts';
import type {Time} from '../engine/time.ts';
import type {Links} from '../machines/links.ts';
import type {Listeners} from '../machines/listeners.ts';
import type {Machines} from '../machines/machines.ts';
import type {OutsideDoors} from '../machines/stated-clients.ts';
import type {NodeLines} from '../objects/node-lines.ts';
import type {Store} from '../objects/store.ts';
import type {Distribution} from '../options/distribution.ts';
import type {Destination} from './destination.ts';
import {httpAddress} from './ingress/http-address.ts';
import {IngressControllers} from './ingress/ingress-controllers.ts';
import {IngressDoor} from './ingress/ingress-door.ts';
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
type Reached = {
  readonly destination: Destination;
  readonly service: string;
  readonly upstream: Upstream | undefined;
};

type Upstream = {
  readonly way: IngressUpstream;
  readonly controller: IngressController;
  readonly service: string;
};

export class Outside {
  readonly #parts: OutsideParts;
  readonly #doors: Doors;
  readonly #controllers: IngressControllers | undefined;
  readonly #ways: OutsideWay[] = [];

  constructor(parts: OutsideParts) {
    this.#parts = parts;
    this.#doors = new Doors(parts);
    const {history} = parts.views;
    if (parts.controllers.length > 0) {
      this.#controllers = new IngressControllers({...parts, history});
    }
  }

  /** What an entry of `traffic` calls. */
  reach(entry: TrafficEntry, ports: ProxiedPorts): Reached {
    const address = httpAddress(entry.to);
    if (address !== undefined) return this.#reachAddress(entry, ports);
    const {namespace, name, port} = calledService(entry.to);
    const service = `${namespace}/${name}`;
    const {way, door} = this.#way(entry, {service, port, via: entry.via}, ports);
    this.#ways.push({service, door, beyond: undefined});
    return {destination: way, service, upstream: undefined};
  }

  /** Once all is said that anybody reaches. */
  seen(): OutsideDoors {
    return new SeenDoors({
      ...this.#parts,
      doors: this.#doors,
      controllers: this.#controllers,
      ways: this.#ways,
    });
  }

  #reachAddress(entry: TrafficEntry, ports: ProxiedPorts): Reached {
    const {simulation: clock, store, frontOf} = this.#parts;
    const address = httpAddress(entry.to);
    const front = frontOf(entry.to);
    const controllers = this.#controllers;
    if (address === undefined || front === undefined || controllers === undefined) {
      throw new Error(`nobody serves ${entry.to}`);
    }
    const controller = this.#parts.controllers[front.controller];
    const service = frontService(controller);
    const port = address.secure ? 'https' : 'http';
    const {way, door} = this.#way(entry, {service, port, via: entry.via}, ports);
    const serviceNamed = (name: string) => store.services.id(name);
    const upstream = new IngressUpstream({controllers, address, clock, serviceNamed});
    if (front.service !== undefined) {
      const beyond = ingressSuccess({...this.#parts, controllers, upstream});
      this.#ways.push({service: front.service, door, beyond});
    }
    const ingresses = () => controllers.snapshot(front.controller).ingresses;
    const destination = new IngressDoor({address, way, verify: entry.verify, store, ingresses});
    const behind = front.service ?? `/${address.host}`;
    return {destination, service, upstream: {way: upstream, controller, service: behind}};
  }

  #way({name: caller, source}: TrafficEntry, wish: DoorWish, ports: ProxiedPorts) {
    const stream = this.#parts.simulation.random(`traffic.${caller}/doors`);
    const door = this.#doors.add(wish);
    const name = wish.service.slice(wish.service.indexOf('/') + 1);
    return {door, way: new OutsideService(name, door, {caller, stream, ports, source})};
  }
}
