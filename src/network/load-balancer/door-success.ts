// How likely a fresh connection from outside is to succeed now: over the nodes that a way in
// believes in, of what each would choose what is truly there and can be reached. Kept node by node
// in whole units, so that a change of one node costs one node.

import type {Links} from '../../machines/links.ts';
import type {Listeners} from '../../machines/listeners.ts';
import type {Choices, ServiceViews, Target} from '../../machines/service-views.ts';
import type {NodeId} from '../../objects/ids.ts';
import type {HostPorts} from '../ingress/host-ports.ts';
import type {NodeDoor, OpenDoor} from './node-door.ts';
import {portPlace} from './outside-service.ts';

export type SuccessParts = {
  readonly links: Links;
  readonly listeners: Listeners;
  readonly views: ServiceViews;
  readonly hostPorts: HostPorts | undefined;
};

/** How likely it goes on well from a target; `serials`: takes note of pods that it depends on. */
export type Beyond = (target: Target, serials: Set<number>) => number;

const certain = 2 ** 30;

export class DoorSuccess {
  readonly door: NodeDoor;
  readonly #beyond: Beyond | undefined;
  readonly #parts: SuccessParts;
  /** By node, of those that it believes in; what lies behind each. */
  #units: (number | undefined)[] = [];
  #total = 0;
  #count = 0;
  readonly #serials = new Set<number>();
  /** Of one look at all nodes: most choose alike. */
  readonly #known = new Map<Choices, number>();
  #stale = true;

  constructor(way: {door: NodeDoor; beyond: Beyond | undefined}, parts: SuccessParts) {
    this.door = way.door;
    this.#beyond = way.beyond;
    this.#parts = parts;
  }

  /** `undefined`: there is no way in. */
  get value(): number | undefined {
    if (this.door.open === undefined) return undefined;
    if (this.#stale) this.#lookAtAll();
    return this.#count === 0 ? 0 : this.#total / (this.#count * certain);
  }

  /** Whether that pod is one of those that are behind it. */
  concerns(serial: number): boolean {
    return this.#stale || this.#serials.has(serial);
  }

  /** Anything may be otherwise. */
  forget(): void {
    this.#stale = true;
  }

  /** What one node chooses from may be otherwise. */
  look(node: NodeId): void {
    const {open} = this.door;
    const before = this.#units[node];
    if (open === undefined || this.#stale || before === undefined) return;
    this.#known.clear();
    const after = this.#unitsOf(open, node);
    this.#units[node] = after;
    this.#total += after - before;
  }

  #lookAtAll(): void {
    const {door} = this;
    const {open} = door;
    this.#stale = false;
    this.#units = [];
    this.#serials.clear();
    this.#known.clear();
    this.#total = 0;
    this.#count = 0;
    if (open === undefined || door.believed.length === 0) return;
    const nodes = open.balance === 'one' ? [door.carrier()] : door.believed;
    this.#count = nodes.length;
    for (const node of nodes) {
      const units = this.#unitsOf(open, node);
      this.#units[node] = units;
      this.#total += units;
    }
  }

  #unitsOf({way, service, object}: OpenDoor, node: NodeId): number {
    const {views, links, hostPorts} = this.#parts;
    const port = portPlace(object.ports, this.door.wish.port);
    if (port < 0 || !links.connect(undefined, node)) return 0;
    const choices =
      way === 'host-port' && hostPorts !== undefined
        ? hostPorts.choices(this.door.wish.service, node, object.ports[port].port)
        : views.choices(node, service, port, 'external');
    if (!links.whole) return this.#share(choices, node);
    const known = this.#known.get(choices) ?? this.#share(choices, node);
    this.#known.set(choices, known);
    return known;
  }

  #share({targets}: Choices, node: NodeId): number {
    let good = 0;
    for (const target of targets) {
      if (target.pod !== undefined) this.#serials.add(target.serial);
      if (!this.#answers(target, node)) continue;
      good += this.#beyond === undefined ? 1 : this.#beyond(target, this.#serials);
    }
    return targets.length === 0 ? 0 : Math.round((certain * good) / targets.length);
  }

  /** What is no pod counts as always answering. */
  #answers({pod, serial, node: there}: Target, node: NodeId): boolean {
    const {links, listeners} = this.#parts;
    if (pod === undefined) return true;
    const listener = listeners.find(serial);
    const open = listener !== undefined && listeners.state(listener, serial) === 'open';
    return open && links.connect(node, there);
  }
}
