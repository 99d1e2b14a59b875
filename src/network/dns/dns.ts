// The cluster's DNS: what it knows, who answers, and the destinations that are called by name.

import type {Simulation} from '../../engine/simulation.ts';
import type {Time} from '../../engine/time.ts';
import type {Links} from '../../machines/links.ts';
import type {Listeners} from '../../machines/listeners.ts';
import type {NameServers} from '../../machines/name-servers.ts';
import type {ServiceViews} from '../../machines/service-views.ts';
import type {Store} from '../../objects/store.ts';
import type {WatchDelay} from '../../objects/watch.ts';
import {drawer} from '../../options/drawer.ts';
import type {Balance, LoadOf} from '../balance.ts';
import type {Caller, Destination} from '../destination.ts';
import type {Latencies} from '../latency/latencies.ts';
import {CoreDns} from './core-dns.ts';
import type {DnsOptions} from './dns-options.ts';
import {NodeCaches} from './node-caches.ts';
import {type HostOf, Questions, shortestName} from './questions.ts';
import {type Behind, Resolved} from './resolved.ts';
import {Resolver} from './resolver.ts';
import {ResolverSetups} from './resolver-setups.ts';
import {IdealServers, OutsideServers} from './servers.ts';
import {Zone} from './zone.ts';

export type DnsParts = {
  readonly simulation: Simulation;
  readonly store: Store;
  readonly links: Links;
  readonly listeners: Listeners;
  readonly nameServers: Pick<NameServers, 'fate' | 'well'>;
  readonly views: ServiceViews;
  readonly latencies: Latencies;
  readonly watchDelay: WatchDelay;
  readonly options: DnsOptions;
  /** CoreDNS is there as pods: the scenario has the Service kube-system/kube-dns. */
  readonly pods: boolean;
};

export type Named = {
  /** Names the destination, and its stream of chance. */
  readonly name: string;
  /** As a program writes it: `web`, `web.shop`, `web.shop.svc.cluster.local.` */
  readonly host: string;
  /** Of callers that are no pods. */
  readonly namespace: string;
  /** That will be connected to. */
  readonly port: number | undefined;
  /** The name as written is known outside the cluster. */
  readonly outside?: boolean;
  readonly behind: Behind;
  readonly keeps?: Time;
  readonly balance?: Balance;
  readonly loadOf?: LoadOf;
};

export class Dns {
  readonly #parts: DnsParts;
  readonly #resolver: Resolver;
  readonly #servers: CoreDns | undefined;
  /** Lookups take no time and never fail unless a fault says otherwise. */
  readonly #ideal: boolean;
  readonly #caches: NodeCaches | undefined;
  readonly #zone: Zone;
  readonly #setups: ResolverSetups;
  /** What a restore says of destinations that are not made yet. */
  #saved = new Map<string, SavedName>();
  /** By name: in whatever order they are made, a restore finds them. */
  readonly #named = new Map<string, Resolved>();

  constructor(parts: DnsParts) {
    const {simulation, options, pods, nameServers, store} = parts;
    this.#parts = parts;
    const takes = drawer(options.takes, simulation.random('dns/takes'));
    const {capacity, nodeLocal} = options;
    this.#ideal = !pods && options.takes.law === 'constant' && options.takes.value === 0;
    this.#servers = pods ? new CoreDns({...parts, takes, capacity, nodeLocal}) : undefined;
    this.#caches = nodeLocal ? new NodeCaches() : undefined;
    this.#zone = new Zone(simulation, {...parts, name: options.zone});
    this.#setups = new ResolverSetups(store, options);
    const cluster = this.#servers ?? new IdealServers(nameServers, takes);
    this.#resolver = new Resolver({
      ...{clock: simulation, caches: this.#caches},
      servers: {cluster, elsewhere: new OutsideServers(parts)},
    });
    simulation.part('dns', this);
  }

  /** Nobody would notice a lookup of theirs, as far as the name is one of the cluster. */
  idleFor({template}: Caller): boolean {
    if (!this.#ideal || !this.#parts.nameServers.well) return false;
    if (template === undefined) return true;
    const {dns, hostNetwork} = this.#parts.store.pods.templateOf(template).spec;
    return dns === undefined && !hostNetwork;
  }

  destination({host, ...named}: Named): Destination {
    return this.#destination(() => host, named);
  }

  /** As a pod names a Service: by the shortest name that means it. */
  service(service: ServiceName, named: Omit<Named, 'host'>): Destination {
    return this.#destination(shortestName(service), named);
  }

  save(): SavedDns {
    return {
      servers: this.#servers?.save(),
      caches: this.#caches?.save(),
      named: [...this.#named].map(([name, resolved]) => ({name, ...resolved.save()})),
    };
  }

  restore({servers = [], caches = [], named}: SavedDns): void {
    this.#servers?.restore(servers);
    this.#caches?.restore(caches);
    this.#saved = new Map(named.map(each => [each.name, each]));
    for (const {name} of named) this.#restoreNamed(name);
  }

  #destination(hostOf: HostOf, {namespace, port, outside = false, ...named}: Unhosted) {
    const {simulation} = this.#parts;
    const [setups, zone] = [this.#setups, this.#zone];
    const resolved = new Resolved({
      ...{keeps: 0, balance: 'random', loadOf: () => 0, ...named},
      ...{clock: simulation, resolver: this.#resolver},
      questions: new Questions({hostOf, namespace, port, outside, setups, zone}),
      stream: simulation.random(`dns/${named.name}/choice`),
    });
    this.#named.set(named.name, resolved);
    this.#restoreNamed(named.name);
    return resolved;
  }

  #restoreNamed(name: string): void {
    const saved = this.#saved.get(name);
    const known = this.#named.get(name);
    if (saved === undefined || known === undefined) return;
    known.restore(saved);
    this.#saved.delete(name);
  }
}

type Unhosted = Omit<Named, 'host'>;

type SavedName = ReturnType<Resolved['save']> & {readonly name: string};

type SavedDns = {
  readonly servers: ReturnType<CoreDns['save']> | undefined;
  readonly caches: ReturnType<NodeCaches['save']> | undefined;
  readonly named: readonly SavedName[];
};

export type ServiceName = {readonly namespace: string; readonly name: string};
