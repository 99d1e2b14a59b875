// CoreDNS as pods behind the Service kube-system/kube-dns, reached as any Service is: through the
// caller's node's kube-proxy, over the network, at whatever pod that chooses. Each serves so many
// queries a second, one after another (D. V. Lindley, 1952).

import type {RandomStream} from '../../engine/random.ts';
import {second, type Time, toTime} from '../../engine/time.ts';
import type {Links, Place} from '../../machines/links.ts';
import type {ListenerState, Listeners} from '../../machines/listeners.ts';
import type {NameServers} from '../../machines/name-servers.ts';
import type {ServiceViews, Target} from '../../machines/service-views.ts';
import type {NodeId} from '../../objects/ids.ts';
import type {Store} from '../../objects/store.ts';
import type {Latencies, Path} from '../latency/latencies.ts';
import {dnsService} from './resolver-setups.ts';
import type {Reply, Servers} from './servers.ts';

/** Queries of a question: A and AAAA. */
const queries = 2;
const fewest = 64;
/** What a name outside the cluster costs (coredns/deployment, Scaling_CoreDNS.md). */
const outsideWeight = 5;

export type CoreDnsOptions = {
  readonly simulation: {readonly now: Time; random(name: string): RandomStream};
  readonly store: Store;
  readonly links: Links;
  readonly listeners: Listeners;
  readonly nameServers: Pick<NameServers, 'fate'>;
  readonly views: ServiceViews;
  readonly latencies: Latencies;
  readonly takes: () => Time;
  /** A second, of each pod. */
  readonly capacity: number;
  /** Whoever asks is a cache, over TCP, which makes good what is lost. */
  readonly nodeLocal: boolean;
};

export class CoreDns implements Servers {
  readonly #parts: CoreDnsOptions;
  readonly #choice: RandomStream;
  /** By a pod's serial: when it will have answered all. */
  #free = new Map<number, Time>();

  constructor(parts: CoreDnsOptions) {
    this.#parts = parts;
    this.#choice = parts.simulation.random('dns/server');
  }

  ask(place: Place, outside: boolean, reply: Reply): void {
    reply.delay = 0;
    const target = this.#target(place, reply);
    if (target === undefined) return;
    reply.server = target.serial + 1;
    reply.fate = this.#fate(place, target);
    if (reply.fate === 'silent') return;
    const {latencies, takes, nodeLocal} = this.#parts;
    const path = latencies.between(place, target.node);
    if (!nodeLocal && losesAny(latencies, path)) reply.fate = 'silent';
    if (reply.fate === 'silent') return;
    reply.delay = latencies.roundTrip(path);
    if (reply.fate === 'answered') reply.delay += this.#work(target.serial, outside) + takes();
  }

  save(): [number, Time][] {
    return [...this.#free];
  }

  restore(saved: [number, Time][]): void {
    this.#free = new Map(saved);
  }

  #target(place: Place, reply: Reply): Target | undefined {
    const {store, views} = this.#parts;
    const service = store.services.id(dnsService);
    const object = service === undefined ? undefined : store.services.get(service);
    reply.fate = 'silent';
    if (service === undefined || object === undefined || place === undefined) return undefined;
    const port = object.ports.findIndex(({protocol}) => protocol === 'UDP');
    const choices = views.choices(place, service, Math.max(0, port), 'internal');
    if (choices.verdict === 'refuse') reply.fate = 'refused';
    if (choices.verdict !== 'choose') return undefined;
    const {targets} = choices;
    const same = targets.find(({serial}) => serial + 1 === reply.server);
    return same ?? targets[this.#choice.integer(0, targets.length - 1)];
  }

  #fate(place: Place, {serial, node}: Target): Reply['fate'] {
    const {links, listeners, nameServers} = this.#parts;
    if (!links.connect(place, node as NodeId)) return 'silent';
    const id = listeners.find(serial);
    const state: ListenerState = id === undefined ? 'absent' : listeners.state(id, serial);
    if (state === 'closed') return 'refused';
    if (state !== 'open') return 'silent';
    return nameServers.fate() ?? 'answered';
  }

  /** From the question's coming to its answer's going. */
  #work(serial: number, outside: boolean): Time {
    const {simulation, capacity} = this.#parts;
    const takes = (queries * (outside ? outsideWeight : 1) * second) / capacity;
    const free = Math.max(simulation.now, this.#free.get(serial) ?? 0) + takes;
    if (this.#free.size >= fewest && !this.#free.has(serial)) this.#forget();
    this.#free.set(serial, free);
    return toTime(free - simulation.now);
  }

  /** Of those that have answered all: maybe they are gone. */
  #forget(): void {
    const {now} = this.#parts.simulation;
    for (const [serial, free] of this.#free) if (free <= now) this.#free.delete(serial);
  }
}

/** Of A and AAAA and their answers: a resolver needs both. */
function losesAny(latencies: Latencies, path: Path): boolean {
  for (let packet = 0; packet < 2 * queries; packet++) if (latencies.lost(path)) return true;
  return false;
}
