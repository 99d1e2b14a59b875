// The slices that the endpoint slice controller sees, by the Service that they are of. A Service
// that comes again under the same name is another one, but finds the slices that are there.

import type {EndpointSlice} from '../objects/endpoint-slice.ts';
import type {ServiceId} from './service-pods.ts';

export class KnownSlices {
  #ids = new Map<string, ServiceId>();
  #names = new Map<ServiceId, string>();
  /** By the Service's full name, then by their own, in the order in which they were made. */
  #slices = new Map<string, Map<string, EndpointSlice>>();

  know(service: string, id: ServiceId): void {
    this.#ids.set(service, id);
    this.#names.set(id, service);
  }

  put(slice: EndpointSlice, gone: boolean): void {
    const service = nameOf(slice);
    const own = this.#slices.get(service) ?? new Map<string, EndpointSlice>();
    if (gone) own.delete(slice.name);
    else own.set(slice.name, slice);
    if (own.size > 0) this.#slices.set(service, own);
    else this.#slices.delete(service);
  }

  serviceOf(slice: EndpointSlice): ServiceId | undefined {
    return this.#ids.get(nameOf(slice));
  }

  /** None, where another Service has its name now. */
  of(id: ServiceId): EndpointSlice[] {
    const service = this.#names.get(id);
    if (service === undefined || this.#ids.get(service) !== id) return [];
    return [...(this.#slices.get(service)?.values() ?? [])];
  }

  /** Those that have slices, whether or not they are there themselves. */
  services(): ServiceId[] {
    return [...this.#slices.keys()].flatMap(service => this.#ids.get(service) ?? []);
  }

  save() {
    return {ids: this.#ids, names: this.#names, slices: this.#slices};
  }

  restore({ids, names, slices}: ReturnType<KnownSlices['save']>): void {
    this.#ids = new Map(ids);
    this.#names = new Map(names);
    this.#slices = new Map([...slices].map(([service, own]) => [service, new Map(own)]));
  }
}

function nameOf({namespace, service}: EndpointSlice): string {
  return `${namespace}/${service}`;
}
