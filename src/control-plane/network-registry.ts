// What a stored request does to the network's objects. Slices are written by one controller each
// and bear versions; the older Endpoints become slices at once, where a real cluster has a
// controller for that (endpointslicemirroring).

import type {Simulation} from '../engine/simulation.ts';
import type {ApiOutcome} from '../objects/api-client.ts';
import {
  type EndpointSlice,
  type EndpointsObject,
  mirroringController,
  type NewEndpointSlice,
} from '../objects/endpoint-slice.ts';
import type {NewIngress} from '../objects/ingress-object.ts';
import type {Store} from '../objects/store.ts';
import type {AddressRange} from '../options/address.ts';
import {ServiceRegistry} from './service-registry.ts';

export type NetworkRange = {readonly services: AddressRange};

export class NetworkRegistry {
  readonly services: ServiceRegistry;
  readonly #clock: Simulation;
  readonly #store: Store;

  constructor(simulation: Simulation, store: Store, range?: NetworkRange) {
    this.#clock = simulation;
    this.#store = store;
    this.services = new ServiceRegistry(simulation, store, range?.services);
  }

  applySlice(slice: NewEndpointSlice): ApiOutcome {
    const before = this.#slice(fullName(slice));
    return this.writeSlice(slice, before?.version);
  }

  /** `version`: of the one it is made from; a new one has none. */
  writeSlice(slice: NewEndpointSlice, version: number | undefined): ApiOutcome {
    const {endpointSlices} = this.#store;
    const {now} = this.#clock;
    const id = endpointSlices.id(fullName(slice));
    const before = id === undefined ? undefined : endpointSlices.get(id);
    if (version === undefined) {
      if (before !== undefined) return 'conflict';
      endpointSlices.add({...slice, version: 1}, now);
      return 'ok';
    }
    if (id === undefined || before === undefined) return 'not-found';
    if (before.version !== version) return 'conflict';
    endpointSlices.replace(id, {...slice, version: version + 1}, now);
    return 'ok';
  }

  applyEndpoints(value: EndpointsObject): ApiOutcome {
    const {endpoints} = this.#store;
    const id = endpoints.id(fullName(value));
    if (id === undefined) endpoints.add(value, this.#clock.now);
    else endpoints.replace(id, value, this.#clock.now);
    this.#mirror(value);
    return 'ok';
  }

  deleteEndpoints(name: string): ApiOutcome {
    const {endpoints} = this.#store;
    const id = endpoints.id(name);
    const value = id === undefined ? undefined : endpoints.get(id);
    if (id === undefined || value === undefined) return 'not-found';
    endpoints.delete(id, this.#clock.now);
    this.#mirror({...value, subsets: []});
    return 'ok';
  }

  applyIngress(wish: NewIngress): ApiOutcome {
    const {ingresses} = this.#store;
    const {now} = this.#clock;
    const id = ingresses.id(fullName(wish));
    const before = id === undefined ? undefined : ingresses.get(id);
    if (id === undefined || before === undefined) {
      const className = wish.className ?? this.#defaultClass();
      ingresses.add({...wish, className, loadBalancer: []}, now);
      return 'ok';
    }
    ingresses.replace(id, {...wish, loadBalancer: before.loadBalancer}, now);
    return 'ok';
  }

  // As the admission plugin DefaultIngressClass: of several the newest.
  #defaultClass(): string | undefined {
    const classes = [...this.#store.ingressClasses.all()].filter(([, {byDefault}]) => byDefault);
    return classes.at(-1)?.[1].name;
  }

  // A slice for each subset; a hundred and more are not split up.
  #mirror({namespace, name, subsets, mirrored}: EndpointsObject): void {
    const {endpointSlices} = this.#store;
    const wanted = mirrored ? subsets : [];
    for (const [i, {ports, endpoints}] of wanted.entries()) {
      this.applySlice({
        ...{namespace, name: `${name}-mirrored-${i}`, service: name, headless: false},
        ...{managedBy: mirroringController, ports, endpoints},
      });
    }
    for (let i = wanted.length; ; i++) {
      const id = endpointSlices.id(`${namespace}/${name}-mirrored-${i}`);
      if (id === undefined) break;
      endpointSlices.delete(id, this.#clock.now);
    }
  }

  #slice(name: string): EndpointSlice | undefined {
    const id = this.#store.endpointSlices.id(name);
    return id === undefined ? undefined : this.#store.endpointSlices.get(id);
  }
}

function fullName({namespace, name}: {namespace: string; name: string}): string {
  return `${namespace}/${name}`;
}
