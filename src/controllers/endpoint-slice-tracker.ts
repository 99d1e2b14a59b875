// What the controller has written and may not have seen yet (es: endpointslice_tracker.go): as long
// as it sees older slices than its own, it does not write new ones.

import type {EndpointSlice} from '../objects/endpoint-slice.ts';
import type {ServiceId} from './service-pods.ts';

/** It was deleted. */
const gone = 0;

export class EndpointSliceTracker {
  #written = new Map<ServiceId, Map<string, number>>();

  wrote(service: ServiceId, slice: string, version: number): void {
    const own = this.#written.get(service) ?? new Map<string, number>();
    this.#written.set(service, own.set(slice, version));
  }

  deleted(service: ServiceId, slice: string): void {
    this.wrote(service, slice, gone);
  }

  /** Whether what it sees is older than what it wrote. */
  isAhead(service: ServiceId, seen: readonly EndpointSlice[]): boolean {
    const own = this.#written.get(service);
    if (own === undefined) return false;
    const versions = new Map(seen.map(({name, version}) => [name, version]));
    for (const [name, version] of own) {
      const there = versions.get(name);
      if (version === gone ? there !== undefined : there === undefined || there < version) {
        return true;
      }
    }
    return false;
  }

  /** A change that it has not made itself. */
  isForeign(service: ServiceId, {name, version}: EndpointSlice): boolean {
    const own = this.#written.get(service)?.get(name);
    return own === undefined || own === gone || version > own;
  }

  /** A slice has been deleted; whether somebody else did it. */
  handleDeletion(service: ServiceId, slice: string): boolean {
    const own = this.#written.get(service);
    const foreign = own?.get(slice) !== gone;
    own?.delete(slice);
    return foreign;
  }

  forget(service: ServiceId): void {
    this.#written.delete(service);
  }

  clear(): void {
    this.#written.clear();
  }

  save(): ReadonlyMap<ServiceId, ReadonlyMap<string, number>> {
    return this.#written;
  }

  restore(saved: ReadonlyMap<ServiceId, ReadonlyMap<string, number>>): void {
    this.#written = new Map([...saved].map(([service, own]) => [service, new Map(own)]));
  }
}
