// A network without proxies: the test says what each node does with connections to each Service,
// who listens where, and which machines and ways are broken.

import {Signal} from '../../../src/engine/signal.ts';
import {Simulation} from '../../../src/engine/simulation.ts';
import {Links} from '../../../src/machines/links.ts';
import {Listeners} from '../../../src/machines/listeners.ts';
import {Machines} from '../../../src/machines/machines.ts';
import {Masters} from '../../../src/machines/masters.ts';
import {type Cut, Partitions} from '../../../src/machines/partitions.ts';
import type {Choices, ServiceViews, Target} from '../../../src/machines/service-views.ts';
import type {OutsideDoors, StatedClient} from '../../../src/machines/stated-clients.ts';
import {Measures} from '../../../src/metrics/index.ts';
import type {OutageLine} from '../../../src/metrics/services/service-outage.ts';
import type {CauseId} from '../../../src/objects/causes.ts';
import type {NodeId, PodId, ServiceId} from '../../../src/objects/ids.ts';
import {Store} from '../../../src/objects/store.ts';
import {type ServiceWishes, serviceWith} from '../../support/services.ts';
import {node, template} from '../fake-world.ts';
import {everything} from '../over-seeds.ts';

const refused: Choices = {verdict: 'refuse', targets: [], sticky: undefined};

class FakeViews implements ServiceViews {
  readonly moved = new Signal<[node: NodeId, service: ServiceId]>();
  #views: [NodeId, ServiceId, Choices][] = [];

  choices(node: NodeId, service: ServiceId): Choices {
    return this.#views.findLast(([n, s]) => n === node && s === service)?.[2] ?? refused;
  }

  position(): number {
    return this.#views.length;
  }

  set(node: NodeId, service: ServiceId, choices: Choices): void {
    const place = this.#views.findIndex(([n, s]) => n === node && s === service);
    if (place >= 0) this.#views.splice(place, 1);
    this.#views.push([node, service, choices]);
    this.moved.emit(node, service);
  }

  save() {
    return this.#views.slice();
  }

  restore(saved: ReturnType<FakeViews['save']>): void {
    this.#views = saved.slice();
  }
}

export type FakeNetworkWishes = {
  readonly seed?: number;
  readonly nodes?: number;
  readonly clients?: readonly StatedClient[];
  readonly outage?: OutageLine;
  readonly doors?: OutsideDoors;
};

export class FakeNetwork {
  readonly simulation: Simulation;
  readonly store: Store;
  readonly machines: Machines;
  readonly partitions: Partitions;
  readonly links: Links;
  readonly listeners: Listeners;
  readonly views = new FakeViews();
  readonly measures: Measures;
  readonly cuts: Cut[] = [];
  readonly #endpoints = new Map<string, Target>();

  constructor({seed = 1, nodes = 3, clients = [], outage, doors}: FakeNetworkWishes = {}) {
    const simulation = new Simulation({seed});
    this.simulation = simulation;
    this.store = new Store(simulation);
    this.machines = new Machines(simulation);
    const {machines} = this;
    this.partitions = new Partitions(simulation, {machines, masters: new Masters(simulation)});
    this.links = new Links({machines, partitions: this.partitions});
    this.listeners = new Listeners(simulation);
    simulation.part('fake.views', this.views);
    const {views, listeners, links, store} = this;
    const network = {views, listeners, links, clients, doors};
    this.measures = new Measures(
      {simulation, store, machines, network},
      {
        ...everything,
        ...(outage !== undefined && {outage}),
      },
    );
    for (let i = 0; i < nodes; i++) this.addNode(`n${i}`);
  }

  addNode(name: string): NodeId {
    const id = this.store.nodes.add(node(name), this.simulation.now);
    this.machines.add(id, {zone: undefined, rack: undefined});
    return id;
  }

  service(name: string, wishes: ServiceWishes = {}): ServiceId {
    const service = {...serviceWith(name, wishes), loadBalancer: []};
    return this.store.services.add(service, this.simulation.now);
  }

  /** A pod that listens, as an endpoint. */
  pod(name: string, at: number, owner = 'web'): Target {
    const {pods, signals} = this.store;
    const of = template(100, 0, {kind: 'ReplicaSet', name: owner});
    const wish = {name, template: of, priority: 0, lifetime: undefined};
    const pod = pods.create(wish, this.simulation.now);
    signals.created.emit(pod);
    pods.bind(pod, at as NodeId, this.simulation.now);
    signals.serving.emit(pod);
    const serial = pods.serial(pod);
    this.listeners.set(this.listeners.add(pod, serial, at as NodeId), 'open');
    const target = {...{pod, serial, node: at as NodeId}, address: serial};
    this.#endpoints.set(name, {...target, port: 80, zone: undefined});
    return this.endpoint(name);
  }

  endpoint(name: string): Target {
    const target = this.#endpoints.get(name);
    if (target === undefined) throw new Error(`no pod ${name}`);
    return target;
  }

  /** All nodes, or one, send their connections to those. */
  show(service: ServiceId, targets: readonly Target[], at?: number): Choices {
    const choices = choiceOf(targets);
    for (let node = 0 as NodeId; node < this.machines.count; node++) {
      if (at === undefined || at === node) this.views.set(node, service, choices);
    }
    return choices;
  }

  /** The API holds those as the endpoints of a headless Service. */
  publish(name: string, targets: readonly Target[]): void {
    const {endpointSlices} = this.store;
    const slice = {
      ...{namespace: 'default', name: `${name}-1`, service: name, managedBy: undefined},
      ...{headless: true, version: 1, ports: []},
      endpoints: targets.map(target => ({
        ...{address: target.address, hostname: undefined, zone: undefined, node: undefined},
        pod: {id: podOf(target), serial: target.serial},
        ...{ready: true, serving: true, terminating: false, forZones: [], forNodes: []},
      })),
    };
    const known = endpointSlices.id(`default/${slice.name}`);
    if (known === undefined) endpointSlices.add(slice, this.simulation.now);
    else endpointSlices.replace(known, slice, this.simulation.now);
  }

  listen({serial}: Target, state: 'open' | 'closed' | 'hung'): void {
    const listener = this.listeners.find(serial);
    if (listener !== undefined) this.listeners.set(listener, state);
  }

  power(node: number, on: boolean): void {
    const {withoutPower} = this.machines;
    if (on === this.machines.powered(node as NodeId)) return;
    if (on) withoutPower.release(node as NodeId);
    else withoutPower.take(node as NodeId);
  }

  /** Between those nodes and all others, or those. */
  cut(from: readonly number[], to?: readonly number[], way: Cut['way'] = 'both'): Cut {
    const side = (nodes: readonly number[]) => ({nodes: nodes as NodeId[], masters: []});
    const cut: Cut = {from: side(from), to: to && side(to), way};
    this.partitions.cut(cut);
    this.cuts.push(cut);
    return cut;
  }

  /** From here on all goes back to that. */
  under(target: string, kind = 'node-crash'): CauseId {
    return this.store.causes.begin({origin: 'fault', kind, target});
  }
}

export function choiceOf(targets: readonly Target[]): Choices {
  if (targets.length === 0) return {...refused};
  return {verdict: 'choose', targets, sticky: undefined};
}

export function podOf({pod}: Target): PodId {
  if (pod === undefined) throw new Error('it is no pod');
  return pod;
}
