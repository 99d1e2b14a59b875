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
import type {Destination} from '../destination.ts';
import type {Latencies} from '../latency/latencies.ts';
import {CoreDns} from './core-dns.ts';
import type {DnsOptions} from './dns-options.ts';
import {formsOf} from './forms.ts';
import {type Balance, type LoadOf, Resolved} from './resolved.ts';
import {Question, Resolver} from './resolver.ts';
import {IdealServers} from './servers.ts';
import {Zone} from './zone.ts';

export type DnsParts = {
  readonly simulation: Simulation;
  readonly store: Store;
  readonly links: Links;
  readonly listeners: Listeners;
  readonly nameServers: Pick<NameServers, 'fate'>;
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
  readonly #questions: Question[] = [];
  readonly #destinations: Resolved[] = [];

  constructor(parts: DnsParts) {
    const {simulation, options, pods, nameServers} = parts;
    this.#parts = parts;
    const takes = drawer(options.takes, simulation.random('dns/takes'));
    const {capacity} = options;
    this.#servers = pods ? new CoreDns({...parts, takes, capacity}) : undefined;
    this.#resolver = new Resolver({
      ...options,
      clock: simulation,
      zone: new Zone(simulation, {...parts, name: options.zone}),
      servers: this.#servers ?? new IdealServers(nameServers, takes),
    });
    simulation.part('dns', this);
  }

  destination({host, namespace, port, outside = false, ...named}: Named): Destination {
    const {simulation, options} = this.#parts;
    const question = new Question(formsOf(host, namespace, options), {port, outside});
    const destination = new Resolved({
      ...{keeps: 0, balance: 'random', loadOf: () => 0, ...named},
      ...{clock: simulation, resolver: this.#resolver, question},
      stream: simulation.random(`dns/${named.name}/choice`),
    });
    this.#questions.push(question);
    this.#destinations.push(destination);
    return destination;
  }

  /** As a pod of a namespace names a Service: by the shortest name that means it. */
  service(service: ServiceName, named: Omit<Named, 'host'>): Destination {
    const {namespace, name} = service;
    const host = namespace === named.namespace ? name : `${name}.${namespace}`;
    return this.destination({...named, host});
  }

  save() {
    return {
      servers: this.#servers?.save(),
      questions: this.#questions.map(question => question.save()),
      destinations: this.#destinations.map(destination => destination.save()),
    };
  }

  restore({servers = [], questions, destinations}: ReturnType<Dns['save']>): void {
    this.#servers?.restore(servers);
    for (const [i, question] of this.#questions.entries()) question.restore(questions[i]);
    for (const [i, resolved] of this.#destinations.entries()) resolved.restore(destinations[i]);
  }
}

type ServiceName = {readonly namespace: string; readonly name: string};
