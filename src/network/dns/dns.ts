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
import type {Destination} from '../destination.ts';
import type {Latencies} from '../latency/latencies.ts';
import {CoreDns} from './core-dns.ts';
import type {DnsOptions} from './dns-options.ts';
import {formsOf} from './forms.ts';
import {Resolved} from './resolved.ts';
import {Question, Resolver} from './resolver.ts';
import {IdealServers} from './servers.ts';
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
  /** Of the caller's pod, by which its search domains go. */
  readonly namespace: string;
  /** That will be connected to. */
  readonly port: number | undefined;
  /** The name as written is known outside the cluster. */
  readonly outside?: boolean;
  /** Where a single address leads. */
  readonly behind: Destination | undefined;
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
  /** What a restore says of destinations that are not made yet. */
  #saved = new Map<string, SavedName>();
  /** By name: in whatever order they are made, a restore finds them. */
  readonly #named = new Map<string, {question: Question; resolved: Resolved}>();

  constructor(parts: DnsParts) {
    const {simulation, options, pods, nameServers} = parts;
    this.#parts = parts;
    const takes = drawer(options.takes, simulation.random('dns/takes'));
    const {capacity} = options;
    this.#ideal = !pods && options.takes.law === 'constant' && options.takes.value === 0;
    this.#servers = pods ? new CoreDns({...parts, takes, capacity}) : undefined;
    this.#resolver = new Resolver({
      ...options,
      clock: simulation,
      zone: new Zone(simulation, {...parts, name: options.zone}),
      servers: this.#servers ?? new IdealServers(nameServers, takes),
    });
    simulation.part('dns', this);
  }

  /** Nobody would notice a lookup. */
  get idle(): boolean {
    return this.#ideal && this.#parts.nameServers.well;
  }

  destination({host, namespace, port, outside = false, ...named}: Named): Destination {
    const {simulation, options} = this.#parts;
    const question = new Question(formsOf(host, namespace, options), {port, outside});
    const resolved = new Resolved({
      ...{keeps: 0, balance: 'random', loadOf: () => 0, ...named},
      ...{clock: simulation, resolver: this.#resolver, question},
      stream: simulation.random(`dns/${named.name}/choice`),
    });
    this.#named.set(named.name, {question, resolved});
    this.#restoreNamed(named.name);
    return resolved;
  }

  /** As a pod of a namespace names a Service: by the shortest name that means it. */
  service(service: ServiceName, named: Omit<Named, 'host'>): Destination {
    const {namespace, name} = service;
    const host = namespace === named.namespace ? name : `${name}.${namespace}`;
    return this.destination({...named, host});
  }

  save(): SavedDns {
    return {
      servers: this.#servers?.save(),
      named: [...this.#named].map(([name, {question, resolved}]) => {
        return {name, question: question.save(), resolved: resolved.save()};
      }),
    };
  }

  restore({servers = [], named}: SavedDns): void {
    this.#servers?.restore(servers);
    this.#saved = new Map(named.map(each => [each.name, each]));
    for (const {name} of named) this.#restoreNamed(name);
  }

  #restoreNamed(name: string): void {
    const saved = this.#saved.get(name);
    const known = this.#named.get(name);
    if (saved === undefined || known === undefined) return;
    known.question.restore(saved.question);
    known.resolved.restore(saved.resolved);
    this.#saved.delete(name);
  }
}

type SavedName = {
  readonly name: string;
  readonly question: ReturnType<Question['save']>;
  readonly resolved: ReturnType<Resolved['save']>;
};

type SavedDns = {
  readonly servers: ReturnType<CoreDns['save']> | undefined;
  readonly named: readonly SavedName[];
};

export type ServiceName = {readonly namespace: string; readonly name: string};
