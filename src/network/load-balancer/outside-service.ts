// A Service as somebody outside the cluster calls it: a node that its way in believes in gets the
// connection, and that node's proxy chooses. Who asks again for the same connection stays with its
// node for as long as that is believed in.

import type {RandomStream} from '../../engine/random.ts';
import type {NodeId, ServiceId} from '../../objects/ids.ts';
import {type Address, inRange} from '../../options/address.ts';
import type {Caller, Destination, Route} from '../destination.ts';
import type {HostPorts} from '../ingress/host-ports.ts';
import type {ProxiedPort} from '../proxy/proxied-port.ts';
import type {ProxiedPorts} from '../proxy/proxied-ports.ts';
import {wayOf} from './door-wish.ts';
import type {NodeDoor, OpenDoor} from './node-door.ts';

export type OutsideCalls = {
  /** Names the destination, and its stream of chance. */
  readonly caller: string;
  readonly stream: RandomStream;
  readonly ports: ProxiedPorts;
  /** Of the callers; `undefined`: one that is in none of anybody's ranges. */
  readonly source: Address | undefined;
  readonly hostPorts: HostPorts | undefined;
};

export class OutsideService implements Destination {
  readonly name: string;
  readonly #door: NodeDoor;
  readonly #calls: OutsideCalls;
  #service: ServiceId | undefined;
  #port: ProxiedPort | undefined;

  constructor(name: string, door: NodeDoor, calls: OutsideCalls) {
    this.name = name;
    this.#door = door;
    this.#calls = calls;
  }

  route(caller: Caller, route: Route): void {
    const before = route.entry;
    route.search = 0;
    route.delay = 0;
    route.target = undefined;
    route.entry = undefined;
    const {open, believed} = this.#door;
    const port = open && this.#portOf(open);
    if (open === undefined || port === undefined) route.arrival = this.#withoutDoor();
    else if (believed.length === 0 || !this.#isAdmitted(open)) route.arrival = 'dropped';
    else {
      const node = this.#enter(before);
      route.entry = node;
      const {hostPorts} = this.#calls;
      if (open.way !== 'host-port' || hostPorts === undefined) port.through(node, caller, route);
      else this.#take(hostPorts, node, route);
    }
  }

  /** The pod that listens at that node's own port. */
  #take(hostPorts: HostPorts, node: NodeId, route: Route): void {
    const {object, wish} = this.#door;
    const ports = object?.ports ?? [];
    const number = ports[portPlace(ports, wish.port)]?.port ?? 0;
    const {verdict, targets} = hostPorts.choices(wish.service, node, number);
    route.target = targets[0];
    if (verdict === 'choose') route.arrival = 'there';
    else route.arrival = verdict === 'refuse' ? 'refused' : 'dropped';
  }

  #enter(before: NodeId | undefined): NodeId {
    if (before !== undefined && this.#door.believes(before)) return before;
    return this.#door.choose(this.#calls.stream);
  }

  /** A name is given to an address only; on a node's port nobody listens; the rest is private. */
  #withoutDoor(): Route['arrival'] {
    const {object, wish} = this.#door;
    const way = object && wayOf(wish, object);
    if (object === undefined || way === 'load-balancer') return 'unresolved';
    return way === 'node-port' ? 'refused' : 'dropped';
  }

  #isAdmitted({way, object}: OpenDoor): boolean {
    const ranges = object.loadBalancerSourceRanges;
    if (way !== 'load-balancer' || ranges.length === 0) return true;
    const {source} = this.#calls;
    return source !== undefined && ranges.some(range => inRange(range, source));
  }

  #portOf({service, object}: OpenDoor): ProxiedPort | undefined {
    if (this.#service === service) return this.#port;
    this.#service = service;
    const place = portPlace(object.ports, this.#door.wish.port);
    const {ports, caller} = this.#calls;
    this.#port = place < 0 ? undefined : ports.add({service, port: place, way: 'external', caller});
    return this.#port;
  }
}

type Named = {readonly name: string; readonly port: number};

/** By name or number, also that which HTTP has everywhere; the first unless one is wanted. */
export function portPlace(ports: readonly Named[], wanted: string | undefined): number {
  if (wanted === undefined) return ports.length > 0 ? 0 : -1;
  const place = ports.findIndex(({name, port}) => name === wanted || String(port) === wanted);
  const number = wanted === 'http' ? 80 : wanted === 'https' ? 443 : undefined;
  return place >= 0 ? place : ports.findIndex(({port}) => port === number);
}
