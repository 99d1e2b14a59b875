// What CoreDNS answers for names (kubernetes/dns, specification.md): a Service's address whatever
// is behind it, the addresses of the ready endpoints of a headless one, another name for an
// ExternalName. Services are known as they are stored, endpoints a watch's delay later.

import type {Simulation} from '../../engine/simulation.ts';
import {HeadlessEndpoints} from '../../machines/headless-endpoints.ts';
import type {Target} from '../../machines/service-views.ts';
import type {EndpointSlice} from '../../objects/endpoint-slice.ts';
import type {ServiceId} from '../../objects/ids.ts';
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

export class Zone {
  readonly name: string;
  readonly #store: Store;
  readonly #endpoints: HeadlessEndpoints;
  #changes = 0;

  constructor(simulation: Simulation, {name, store, watchDelay}: ZoneOptions) {
    this.name = name;
    this.#store = store;
    this.#endpoints = new HeadlessEndpoints(store);
    const {log} = store.endpointSlices;
    new Watch(simulation, log, {
      name: 'dns.endpoint-slices',
      delay: watchDelay,
      selects: row => this.#endpoints.concerns(log.value(row)),
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
    const targets = this.#endpoints.targets(object, {port, hostname});
    return targets.length === 0 ? undefined : {service: id, targets};
  }

  save() {
    return {changes: this.#changes, endpoints: this.#endpoints.save()};
  }

  restore({changes, endpoints}: ReturnType<Zone['save']>): void {
    this.#changes = changes;
    this.#endpoints.restore(endpoints);
  }

  #take(id: number, slice: EndpointSlice | undefined, deleted: boolean): void {
    if (slice === undefined) return;
    this.#endpoints.take(id, slice, deleted);
    this.#changes++;
  }
}

export function isOutside(name: string, zone: string): boolean {
  return name !== zone && !name.endsWith(`.${zone}`);
}

type ZoneOptions = {
  readonly name: string;
  readonly store: Store;
  readonly watchDelay: WatchDelay;
};
