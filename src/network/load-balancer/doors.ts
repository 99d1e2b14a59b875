// All ways in from outside that somebody uses, and what each believes of its nodes:
//
//   its condition changes ──(checks pass meanwhile)──▶ the check that changes the belief
//
// Nothing is asked of a way that nobody uses, and no check that finds what is believed is an event.

import {Signal} from '../../engine/signal.ts';
import type {EventKind, Simulation} from '../../engine/simulation.ts';
import type {Links} from '../../machines/links.ts';
import type {Machines} from '../../machines/machines.ts';
import type {Cursor} from '../../objects/change-log.ts';
import type {NodeId, ServiceId} from '../../objects/ids.ts';
import type {NodeObject} from '../../objects/node-spec.ts';
import type {Store} from '../../objects/store.ts';
import type {HostPorts} from '../ingress/host-ports.ts';
import type {Proxies} from '../proxy/proxies.ts';
import {type DoorWish, isDoorNode, isLeaving, planOf} from './door-wish.ts';
import type {BalancerOptions} from './load-balancer-options.ts';
import {NodeDoor, type OpenDoor} from './node-door.ts';
import {portPlace} from './outside-service.ts';
import {type Condition, changeBelief, changeCondition, type TargetCheck} from './target-health.ts';

export type DoorsParts = {
  readonly simulation: Simulation;
  readonly store: Store;
  readonly machines: Machines;
  readonly links: Links;
  readonly views: Proxies;
  readonly balancers: BalancerOptions | undefined;
  /** Where some listen at their nodes' own ports. */
  readonly hostPorts: HostPorts | undefined;
};

export class Doors {
  /** It leads elsewhere, or believes in others. */
  readonly turned = new Signal<[door: NodeDoor]>();
  readonly all: NodeDoor[] = [];
  readonly #parts: DoorsParts;
  readonly #checked: EventKind<number, NodeId>;
  readonly #rows: Cursor;
  readonly #byWish = new Map<string, NodeDoor>();

  constructor(parts: DoorsParts) {
    this.#parts = parts;
    const {simulation, store} = parts;
    this.#checked = simulation.event('load-balancer.belief-changed', (door: number, node: NodeId) =>
      this.#turn(this.all[door], node),
    );
    this.#rows = store.services.log.cursor(() => this.#readServices());
    this.#watch();
    simulation.part('network.doors', this);
  }

  /** As the cluster is built; wishes that are alike share their way. */
  add(wish: DoorWish): NodeDoor {
    const key = JSON.stringify(wish);
    const known = this.#byWish.get(key);
    if (known !== undefined) return known;
    const door = new NodeDoor(this.all.length, wish);
    this.all.push(door);
    this.#byWish.set(key, door);
    return door;
  }

  #watch(): void {
    const {machines, links, views, store, hostPorts} = this.#parts;
    const look = (node: NodeId): void => {
      for (const door of this.all) this.#look(door, node);
    };
    machines.added.watch(node => this.#addNode(node));
    machines.poweredOff.watch(look);
    machines.poweredOn.watch(look);
    machines.proxyStopped.watch(look);
    machines.proxyStarted.watch(look);
    views.moved.watch((node, service) => {
      for (const door of this.all) if (door.open?.service === service) this.#look(door, node);
    });
    hostPorts?.changed.watch(look);
    links.changed.watch(() => {
      for (let node = 0; node < machines.count; node++) look(node as NodeId);
    });
    store.nodeSignals.changed.watch((node, before) => {
      if (before === undefined) return;
      for (const door of this.all) {
        this.#enlist(door, node);
        this.#look(door, node);
      }
    });
  }

  #addNode(node: NodeId): void {
    for (const door of this.all) this.#enlist(door, node);
  }

  #readServices(): void {
    const {services} = this.#parts.store;
    const {log} = services;
    while (this.#rows.next < log.end) {
      const service = log.id(this.#rows.next++) as ServiceId;
      const name = services.nameOf(service);
      for (const door of this.all)
        if (door.wish.service === name) this.#lookAtService(door, service);
    }
  }

  #lookAtService(door: NodeDoor, service: ServiceId): void {
    const {store, balancers} = this.#parts;
    const object = store.services.get(service);
    const plan = object && planOf(door.wish, object, balancers);
    door.object = object;
    const {open} = door;
    if (object !== undefined && plan !== undefined && isSame(open, {...plan, service, object})) {
      door.open = {...plan, service, object};
      this.turned.emit(door);
      return;
    }
    for (const node of door.targets.keys()) this.#cancel(door, node as NodeId);
    door.clear();
    if (object !== undefined && plan !== undefined) {
      door.open = {...plan, service, object};
      // By the time there is an address its nodes have been checked.
      for (const [node] of store.nodes.all()) this.#enlist(door, node, true);
    }
    this.turned.emit(door);
  }

  /** A node is one of its own now, or is not. */
  #enlist(door: NodeDoor, node: NodeId, known = false): void {
    const {store, machines} = this.#parts;
    const {open} = door;
    const object = store.nodes.get(node);
    const there = door.targets[node] !== undefined;
    const wanted = isWanted(door, object, there);
    if (open === undefined || wanted === there || node >= machines.count) return;
    if (wanted) this.#enter(door, open, node, known);
    else {
      this.#cancel(door, node);
      door.targets[node] = undefined;
      door.doubt(node);
      this.turned.emit(door);
    }
  }

  #enter(door: NodeDoor, open: OpenDoor, node: NodeId, known: boolean): void {
    const {simulation} = this.#parts;
    const {check} = open;
    const condition = check === undefined ? 'answers' : this.#condition(door, open, node);
    const healthy = check === undefined || (known && condition === 'answers');
    const phase = check === undefined ? 0 : this.#phase(door, node, check);
    const since = simulation.now;
    door.targets[node] = {healthy, condition, since, streak: 0, phase, turning: undefined};
    if (healthy) door.believe(node);
    else if (check !== undefined) this.#change(door, node, {check, condition});
    if (!known) this.turned.emit(door);
  }

  #phase({wish: {service}}: NodeDoor, node: NodeId, {interval}: TargetCheck): number {
    const {simulation, store} = this.#parts;
    const name = `load-balancer/${service}/${store.nodes.nameOf(node)}/checks`;
    return simulation.passingRandom(name).integer(0, interval - 1);
  }

  #look(door: NodeDoor, node: NodeId): void {
    const {open} = door;
    const check = open?.check;
    const target = door.targets[node];
    if (open === undefined || check === undefined || target === undefined) return;
    const condition = this.#condition(door, open, node);
    if (condition !== target.condition) this.#change(door, node, {check, condition});
  }

  #change(
    door: NodeDoor,
    node: NodeId,
    {check, condition}: {check: TargetCheck; condition: Condition},
  ): void {
    const {simulation} = this.#parts;
    const target = door.targets[node];
    if (target === undefined) return;
    this.#cancel(door, node);
    const {now} = simulation;
    const due = changeCondition(target, check, {condition, now});
    if (due === undefined) return;
    if (check.announced && condition !== 'silent') this.#turn(door, node);
    else target.turning = this.#checked.at(due, door.index, node);
  }

  #turn(door: NodeDoor, node: NodeId): void {
    const target = door.targets[node];
    if (target === undefined) throw new Error('a node that is none of its own is checked');
    target.turning = undefined;
    changeBelief(target, this.#parts.simulation.now);
    if (target.healthy) door.believe(node);
    else door.doubt(node);
    this.turned.emit(door);
  }

  #cancel(door: NodeDoor, node: NodeId): void {
    const turning = door.targets[node]?.turning;
    if (turning !== undefined) this.#parts.simulation.cancel(turning);
  }

  /** What a check of it would find (§4.7; pkg/proxy/healthcheck). */
  #condition({wish}: NodeDoor, {way, object, service}: OpenDoor, node: NodeId): Condition {
    const {links, views, store, hostPorts} = this.#parts;
    if (!links.connect(undefined, node)) return 'silent';
    if (way === 'node-port' || way === 'host-port') {
      const port = Math.max(0, portPlace(object.ports, wish.port));
      const {verdict} =
        way === 'host-port' && hostPorts !== undefined
          ? hostPorts.choices(wish.service, node, object.ports[port].port)
          : views.choices(node, service, port, 'external');
      return verdict === 'choose' ? 'answers' : verdict === 'refuse' ? 'fails' : 'silent';
    }
    if (!views.runs(node) || views.position(node) < 0) return 'fails';
    if (object.externalTrafficPolicy === 'Local') {
      const ready = views.version(node, service)?.readyAt(node) ?? 0;
      return ready > 0 ? 'answers' : 'fails';
    }
    // Of nodes that are about to go only :10256/healthz tells (KEP-3836).
    const leaves = store.nodes.get(node);
    return leaves !== undefined && isLeaving(leaves) ? 'fails' : 'answers';
  }

  save() {
    return this.all.map(door => door.save());
  }

  restore(saved: ReturnType<Doors['save']>): void {
    for (const [i, each] of saved.entries()) this.all[i].restore(each);
  }
}

/** What is believed of its nodes may stay. */
function isSame(one: OpenDoor | undefined, other: OpenDoor): boolean {
  if (one === undefined || one.service !== other.service || one.way !== other.way) return false;
  const policy = one.object.externalTrafficPolicy === other.object.externalTrafficPolicy;
  return policy && JSON.stringify(one.check) === JSON.stringify(other.check);
}

/** A node that leaves soon is given to no balancer, but stays with those that have it. */
function isWanted({open, wish}: NodeDoor, node: NodeObject | undefined, there: boolean): boolean {
  if (open === undefined || node === undefined || !isDoorNode(wish, open, node)) return false;
  return there || open.way !== 'load-balancer' || !isLeaving(node);
}
