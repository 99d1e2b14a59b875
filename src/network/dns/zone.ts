// What CoreDNS answers for names (kubernetes/dns, specification.md): a Service's address whatever
// is behind it, the addresses of the ready endpoints of a headless one, another name for an
// ExternalName. Services are known as they are stored, endpoints a watch's delay later.

import type {Simulation} from '../../engine/simulation.ts';
import type {Target} from '../../machines/service-views.ts';
import type {Endpoint, EndpointSlice} from '../../objects/endpoint-slice.ts';
import type {NodeId, ServiceId} from '../../objects/ids.ts';
import {type ServiceObject, serviceName} from '../../objects/service-object.ts';
import type {Store} from '../../objects/store.ts';
import {Watch, type WatchDelay} from '../../objects/watch.ts';
import {clusterNameOf} from './forms.ts';

export type Answer = {
  /** The Service whose address it is; `undefined` for what lies outside the zone. */
  readonly service: ServiceId | undefined;
  /** Addresses of pods, each with its A record; `undefined` for a single address. */
  readonly targets: readonly Target[] | undefined;
};

const elsewhere: Answer = {service: undefined, targets: undefined};
/** As CoreDNS: a chain of names that is longer is given up. */
const mostAliases = 8;

type Slices = Map<number, EndpointSlice>;

export class Zone {
  readonly name: string;
  readonly #store: Store;
  /** By full name of the Service, of headless ones alone. */
  readonly #slices = new Map<string, Slices>();
  #changes = 0;

  constructor(simulation: Simulation, {name, store, watchDelay}: ZoneOptions) {
    this.name = name;
    this.#store = store;
    const {log} = store.endpointSlices;
    new Watch(simulation, log, {
      name: 'dns.endpoint-slices',
      delay: watchDelay,
      selects: row => this.#isHeadless(log.value(row)),
      changed: row => this.#take(log.id(row), log.value(row), log.kind(row) === 'deleted'),
    });
    simulation.part('dns.zone', this);
  }

  /** Another number whenever an answer may be another one. */
  get version(): number {
    return this.#changes + this.#store.services.log.end;
  }

  /** `undefined`: there is no such name (NXDOMAIN). `port` is the one that will be connected to. */
  answer(name: string, port: number | undefined, aliases = 0): Answer | undefined {
    if (isOutside(name, this.name)) return elsewhere;
    const meant = clusterNameOf(name, this.name);
    if (meant === undefined) return undefined;
    const {namespace, service, hostname} = meant;
    const id = this.#store.services.id(`${namespace}/${service}`);
    const object = id === undefined ? undefined : this.#store.services.get(id);
    if (object === undefined) return undefined;
    if (object.type === 'ExternalName') {
      const {externalName = ''} = object;
      return aliases < mostAliases ? this.answer(externalName, port, aliases + 1) : undefined;
    }
    if (!object.headless)
      return hostname === undefined ? {service: id, targets: undefined} : undefined;
    const targets = this.#targets(object, {port, hostname});
    return targets.length === 0 ? undefined : {service: id, targets};
  }

  save() {
    return {changes: this.#changes, slices: [...this.#slices].map(([key, own]) => [key, [...own]])};
  }

  restore(saved: unknown): void {
    const {changes, slices} = saved as {
      changes: number;
      slices: [string, [number, EndpointSlice][]][];
    };
    this.#changes = changes;
    this.#slices.clear();
    for (const [key, own] of slices) this.#slices.set(key, new Map(own));
  }

  #isHeadless(slice: EndpointSlice | undefined): boolean {
    if (slice?.service === undefined) return false;
    const id = this.#store.services.id(`${slice.namespace}/${slice.service}`);
    return slice.headless || (id !== undefined && this.#store.services.get(id)?.headless === true);
  }

  #take(id: number, slice: EndpointSlice | undefined, deleted: boolean): void {
    if (slice?.service === undefined) return;
    const key = `${slice.namespace}/${slice.service}`;
    const own = this.#slices.get(key) ?? new Map<number, EndpointSlice>();
    if (deleted) own.delete(id);
    else own.set(id, slice);
    if (own.size > 0) this.#slices.set(key, own);
    else this.#slices.delete(key);
    this.#changes++;
  }

  #targets(service: ServiceObject, {port, hostname}: Wanted): Target[] {
    const targets: Target[] = [];
    const named = service.ports.find(known => known.port === port)?.name;
    for (const {ports, endpoints} of this.#slices.get(serviceName(service))?.values() ?? []) {
      // Nothing translates: the program connects to the port that it names.
      const own = ports.find(({name}) => name === named)?.port ?? port ?? 0;
      for (const endpoint of endpoints) {
        if (!endpoint.ready || (hostname !== undefined && endpoint.hostname !== hostname)) continue;
        targets.push(this.#targetOf(endpoint, own));
      }
    }
    return targets;
  }

  #targetOf({address, pod, node, zone}: Endpoint, port: number): Target {
    const id = node === undefined ? undefined : this.#store.nodes.id(node);
    return {
      ...{address, port, zone},
      ...{pod: pod?.id, serial: pod?.serial ?? 0, node: id as NodeId | undefined},
    };
  }
}

export function isOutside(name: string, zone: string): boolean {
  return name !== zone && !name.endsWith(`.${zone}`);
}

type Wanted = {readonly port: number | undefined; readonly hostname: string | undefined};

type ZoneOptions = {
  readonly name: string;
  readonly store: Store;
  readonly watchDelay: WatchDelay;
};
