// The endpoints of headless Services, as somebody has heard of them: a name stands for addresses of
// those that are ready, and whoever has them goes there without a proxy in between.

import type {Endpoint, EndpointSlice} from '../objects/endpoint-slice.ts';
import {type ServiceObject, serviceName} from '../objects/service-object.ts';
import type {Store} from '../objects/store.ts';
import type {Target} from './service-views.ts';

export type WantedEndpoints = {
  /** That will be connected to. */
  readonly port?: number | undefined;
  /** Of the pod that is meant, if it is one. */
  readonly hostname?: string | undefined;
};

export class HeadlessEndpoints {
  readonly #store: Store;
  /** By full name of the Service. */
  readonly #slices = new Map<string, Map<number, EndpointSlice>>();

  constructor(store: Store) {
    this.#store = store;
  }

  /** Whether it is one of a headless Service, by its label or by that Service. */
  concerns(slice: EndpointSlice | undefined): boolean {
    if (slice?.service === undefined) return false;
    const {services} = this.#store;
    const id = services.id(`${slice.namespace}/${slice.service}`);
    return slice.headless || (id !== undefined && services.get(id)?.headless === true);
  }

  take(id: number, slice: EndpointSlice, deleted: boolean): void {
    if (slice.service === undefined) return;
    const name = `${slice.namespace}/${slice.service}`;
    const own = this.#slices.get(name) ?? new Map<number, EndpointSlice>();
    if (deleted) own.delete(id);
    else own.set(id, slice);
    if (own.size > 0) this.#slices.set(name, own);
    else this.#slices.delete(name);
  }

  targets(service: ServiceObject, {port, hostname}: WantedEndpoints): Target[] {
    const targets: Target[] = [];
    const named = service.ports.find(known => known.port === port)?.name;
    for (const {ports, endpoints} of this.#slices.get(serviceName(service))?.values() ?? []) {
      // Nothing translates: the program connects to the port that it names.
      const own = ports.find(({name}) => name === named)?.port ?? port ?? ports[0]?.port ?? 0;
      for (const endpoint of endpoints) {
        if (!endpoint.ready || (hostname !== undefined && endpoint.hostname !== hostname)) continue;
        targets.push(this.#targetOf(endpoint, own));
      }
    }
    return targets;
  }

  clear(): void {
    this.#slices.clear();
  }

  save(): readonly (readonly [string, readonly (readonly [number, EndpointSlice])[]])[] {
    return [...this.#slices].map(([name, own]) => [name, [...own]]);
  }

  restore(saved: ReturnType<HeadlessEndpoints['save']>): void {
    this.#slices.clear();
    for (const [name, own] of saved) this.#slices.set(name, new Map(own));
  }

  #targetOf({address, pod, node, zone}: Endpoint, port: number): Target {
    return {
      ...{address, port, zone},
      ...{pod: pod?.id, serial: pod?.serial ?? 0},
      node: node === undefined ? undefined : this.#store.nodes.id(node),
    };
  }
}
