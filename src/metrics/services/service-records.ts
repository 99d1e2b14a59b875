// Watches all Services: what any node's proxy makes of them, whether what is behind them answers,
// who stands where and calls them, and what comes between. Each of these changes what their
// clients would experience at that moment, and nothing else does.

import type {Links} from '../../machines/links.ts';
import type {Listeners} from '../../machines/listeners.ts';
import type {ServiceViews} from '../../machines/service-views.ts';
import type {OutsideDoors, StatedClient} from '../../machines/stated-clients.ts';
import type {Cursor} from '../../objects/change-log.ts';

import type {NodeId, ServiceId} from '../../objects/ids.ts';
import type {ServiceObject} from '../../objects/service-object.ts';
import type {Census} from '../census.ts';
import type {Roots} from '../roots.ts';
import type {WorkloadRecords} from '../workload-records.ts';
import type {World} from '../world.ts';
import {type Backend, Backends} from './backends.ts';
import {CallerPods} from './caller-pods.ts';
import {Callers} from './callers.ts';
import {HeadlessChoices} from './headless-choices.ts';
import type {NamesSeen} from './name-views.ts';
import {Obstacles} from './obstacles.ts';
import type {OutageLine} from './service-outage.ts';
import type {ServiceRecord} from './service-record.ts';
import {type CrowdWish, WatchedService, type WatchedWorld} from './watched-service.ts';

/** What there is of a network to look at. */
export type NetworkSeen = {
  readonly views: ServiceViews;
  readonly listeners: Listeners;
  readonly links: Links;
  readonly clients: readonly StatedClient[];
  readonly doors: OutsideDoors | undefined;
  /** How callers find Services by their names. */
  readonly names?: NamesSeen | undefined;
};

type ServicesSeenBy = {
  readonly line: OutageLine;
  readonly census: Census;
  readonly roots: Roots;
  readonly workloads: WorkloadRecords;
};

export class ServiceRecords {
  readonly #world: World;
  readonly #network: NetworkSeen;
  readonly #roots: Roots;
  readonly #cursor: Cursor;
  readonly #everyNode: Callers;
  /** By place in the list of clients. */
  readonly #pods: (CallerPods | undefined)[];
  readonly #headless: HeadlessChoices;
  readonly #backends: Backends;
  readonly #obstacles: Obstacles;
  readonly #seen: WatchedWorld;
  /** By the Service's number; those that are there, and records of all that were. */
  #watched: (WatchedService | undefined)[] = [];
  #records: ServiceRecord[] = [];

  constructor(
    world: World,
    network: NetworkSeen,
    {line, census, roots, workloads}: ServicesSeenBy,
  ) {
    const {simulation, store, machines} = world;
    this.#world = world;
    this.#network = network;
    this.#roots = roots;
    this.#everyNode = new Callers(machines);
    this.#pods = network.clients.map(({from}) =>
      typeof from === 'string' ? undefined : new CallerPods(from, world, census),
    );
    this.#headless = new HeadlessChoices(store, service => this.#resolve(service));
    this.#backends = new Backends({listeners: network.listeners, machines, roots});
    this.#obstacles = new Obstacles({
      ...{store, roots, backends: this.#backends, links: network.links, views: network.views},
      ...{names: network.names, watched: () => this.#watched},
    });
    this.#seen = {
      ...{simulation, backends: this.#backends, line, obstacles: this.#obstacles},
      choices: (service, node, port) => this.#choices(service, node, port),
      nameOf: backend => this.#nameOf(backend),
      workloadOf: ({pod, serial}) =>
        store.pods.serial(pod) === serial ? workloads.book.of(pod)?.index : undefined,
    };
    this.#watch();
    this.#cursor = store.services.log.cursor(() => this.#readLog());
    simulation.part('metrics.services', this);
  }

  /** In the order of their Services' creation. */
  get all(): readonly ServiceRecord[] {
    return this.#records;
  }

  save() {
    return {
      everyNode: this.#everyNode.save(),
      pods: this.#pods.map(one => one?.save()),
      backends: this.#backends.save(),
      obstacles: this.#obstacles.save(),
      services: this.#records.map(record => {
        const watched = this.#watched[record.identity.index];
        const saved = watched?.save() ?? {record: record.save()};
        return {saved, there: watched !== undefined, headless: watched?.headless === true};
      }),
    };
  }

  restore(saved: ReturnType<ServiceRecords['save']>): void {
    for (const watched of this.#watched) watched?.close();
    this.#watched = [];
    this.#everyNode.restore(saved.everyNode);
    for (const [i, one] of this.#pods.entries()) {
      if (saved.pods[i] !== undefined) one?.restore(saved.pods[i]);
    }
    this.#headless.restore();
    this.#backends.restore(saved.backends);
    this.#obstacles.restore(saved.obstacles, this.#world.machines.count);
    this.#records = saved.services.map(one => this.#restoreOne(one));
  }

  #restoreOne({saved, there, headless}: ReturnType<ServiceRecords['save']>['services'][number]) {
    const {identity} = saved.record;
    const id = identity.index as ServiceId;
    const object = this.#world.store.services.get(id);
    const {clients} = this.#network;
    const wishes = there && object !== undefined ? this.#wishes(object, clients) : noWishes;
    const watched = new WatchedService({...identity, headless}, wishes, this.#seen);
    if ('awake' in saved) watched.restore(saved, this.#world.machines.count);
    else watched.record.restore(saved.record);
    if (there) this.#watched[id] = watched;
    return watched.record;
  }

  #watch(): void {
    const {machines} = this.#world;
    const {views, doors} = this.#network;
    machines.added.watch(node => this.#addNode(node));
    // Rules are lost with a machine's power; nobody tells Service by Service.
    machines.poweredOff.watch(node => this.#lookAgain(node));
    this.#everyNode.changed.watch((node, delta) => this.#shift(this.#everyNode, node, delta));
    for (const pods of this.#pods) {
      const callers = pods?.callers;
      callers?.changed.watch((node, delta) => this.#shift(callers, node, delta));
    }
    views.moved.watch((node, service) => this.#move(node, service));
    doors?.changed.watch(service => this.#open(service));
  }

  #readLog(): void {
    const {log} = this.#world.store.services;
    while (this.#cursor.next < log.end) {
      const row = this.#cursor.next++;
      const id = log.id(row) as ServiceId;
      const object = log.value(row);
      if (log.kind(row) === 'added' && object !== undefined) this.#add(id, object);
      if (log.kind(row) === 'deleted') {
        this.#watched[id]?.close();
        this.#watched[id] = undefined;
      }
      if (log.kind(row) !== 'updated') this.#lookForNames(id);
    }
  }

  #add(id: ServiceId, object: ServiceObject): void {
    const {namespace, name, headless} = object;
    const created = this.#world.simulation.now;
    const identity = {index: id as number, namespace, name, created, headless};
    const wishes = this.#wishes(object, this.#network.clients);
    const watched = new WatchedService(identity, wishes, this.#seen);
    this.#watched[id] = watched;
    this.#records.push(watched.record);
    if (watched.outside !== undefined) this.#open(id);
  }

  /** The name servers' own Service may have come or gone. */
  #lookForNames(service: ServiceId): void {
    const {count} = this.#world.machines;
    for (let node = 0 as NodeId; node < count; node++) this.#obstacles.look(node, service);
  }

  /** Who calls it; where nobody is said to, everybody does. */
  #wishes(object: ServiceObject, clients: readonly StatedClient[]) {
    const full = `${object.namespace}/${object.name}`;
    // What is no name of anything within the cluster has no proxies, and no endpoints either.
    if (object.type === 'ExternalName') return noWishes;
    const crowds: CrowdWish[] = [];
    let outside: number | undefined;
    let called = 0;
    for (const [i, {service, port, from, weight, host}] of clients.entries()) {
      if (service !== full) continue;
      called = placeOf(port, object);
      if (from !== 'outside') {
        const callers = this.#pods[i]?.callers ?? this.#everyNode;
        const pods = typeof from === 'string' ? undefined : from.namespace;
        const lookup = this.#obstacles.lookup({service, host, from: pods});
        addTo(crowds, {from: callers, port: called, weight, lookup});
      } else if (this.#network.doors !== undefined) outside = (outside ?? 0) + weight;
    }
    if (crowds.length > 0) return {crowds, outside};
    // Who comes from outside has no view of the pods; the nodes' views tell what became of those.
    const weight = outside === undefined ? 1 : 0;
    const call = {service: full, host: undefined, from: undefined};
    const lookup = outside === undefined ? this.#obstacles.lookup(call) : undefined;
    return {crowds: [{from: this.#everyNode, port: called, weight, lookup}], outside};
  }

  #addNode(node: NodeId): void {
    this.#everyNode.stand(node, 1);
    this.#lookAgain(node);
  }

  #lookAgain(node: NodeId): void {
    const root = this.#roots.now();
    this.#obstacles.look(node);
    for (const watched of this.#watched) if (watched?.awake) watched.move(node, root);
  }

  #shift(callers: Callers, node: NodeId, delta: number): void {
    const root = this.#roots.now();
    for (const watched of this.#watched) {
      if (!watched?.awake) continue;
      for (const crowd of watched.crowds) {
        if (crowd.from === callers) crowd.shift(node, delta, root);
      }
    }
  }

  #move(node: NodeId, service: ServiceId): void {
    this.#obstacles.look(node, service);
    const watched = this.#watched[service];
    if (watched === undefined || watched.headless) return;
    const root = this.#roots.now();
    if (watched.awake) {
      watched.record.learn(this.#world.simulation.now);
      watched.move(node, root);
    } else watched.moveAll(this.#world.machines.count, root);
  }

  /** The endpoints of a headless Service are others. */
  #resolve(service: ServiceId): void {
    const watched = this.#watched[service];
    if (!watched?.headless) return;
    watched.record.learn(this.#world.simulation.now);
    watched.moveAll(this.#world.machines.count, this.#roots.now());
  }

  #open(service: ServiceId): void {
    const success = this.#network.doors?.success(service);
    this.#watched[service]?.succeed(success, this.#roots.now());
  }

  #choices({record, headless}: WatchedService, node: NodeId, port: number) {
    const service = record.identity.index as ServiceId;
    if (headless) return this.#headless.of(service);
    return this.#network.views.choices(node, service, port, 'internal');
  }

  #nameOf({pod, serial, node}: Backend): string {
    const {pods, nodes} = this.#world.store;
    const name = pods.serial(pod) === serial ? pods.name(pod) : 'a pod that is gone';
    return node === undefined ? name : `${name} on ${nodes.nameOf(node)}`;
  }
}

const noWishes = {crowds: [], outside: undefined};

/** Those who call the same from the same places are one. */
function addTo(crowds: CrowdWish[], wish: CrowdWish): void {
  const same = crowds.findIndex(({from, port, lookup}) => {
    return from === wish.from && port === wish.port && lookup === wish.lookup;
  });
  if (same === -1) crowds.push(wish);
  else crowds[same] = {...wish, weight: crowds[same].weight + wish.weight};
}

/** The first port, where it has no such. */
function placeOf(port: StatedClient['port'], {ports}: ServiceObject): number {
  return Math.max(
    0,
    ports.findIndex(({name, port: number}) => name === port || number === port),
  );
}
