// The addresses and node ports that Services have, each given to one of them at a time. What is
// taken is what the Services in the store say; the books here are only kept so that nobody has to
// read all of them for each new one.

import {clusterIPBand, nodePortBand, nodePorts, scanForFree} from '../objects/allocation-bands.ts';
import type {ServiceObject} from '../objects/service-object.ts';
import type {Store} from '../objects/store.ts';
import {type Address, type AddressRange, inRange, sizeOf} from '../options/address.ts';

const portCount = nodePorts.last - nodePorts.first + 1;

export class ServiceNumbers {
  readonly #store: Store;
  readonly #range: AddressRange;
  readonly #addresses = new Set<Address>();
  readonly #ports = new Set<number>();
  /** Up to which row of their log the books have all Services. */
  #read = -1;

  constructor(store: Store, range: AddressRange) {
    this.#store = store;
    this.#range = range;
  }

  forget(): void {
    this.#read = -1;
  }

  /** To be called before a Service is written; `written` and `removed` after. */
  bringUpToDate(): void {
    const {services} = this.#store;
    if (this.#read === services.log.end) return;
    this.#read = services.log.end;
    this.#addresses.clear();
    this.#ports.clear();
    for (const [, service] of services.all()) this.#enter(service);
  }

  written(before: ServiceObject | undefined, after: ServiceObject | undefined): void {
    if (before !== undefined) this.#strike(before);
    if (after !== undefined) this.#enter(after);
    this.#read = this.#store.services.log.end;
  }

  /** The first address is the Service `kubernetes`'s own; the last is for broadcasts. */
  isFree(address: Address): boolean {
    const {first} = this.#range;
    const usable = inRange(this.#range, address) && address > first + 1;
    return usable && address < first + sizeOf(this.#range) - 1 && !this.#addresses.has(address);
  }

  isFreePort(port: number): boolean {
    return port >= nodePorts.first && port <= nodePorts.last && !this.#ports.has(port);
  }

  freeAddress(draw: (below: number) => number): Address | undefined {
    const {first} = this.#range;
    const size = sizeOf(this.#range);
    const bands = {size, band: clusterIPBand(size)};
    const index = scanForFree(bands, draw, i => this.isFree(first + i));
    return index === undefined ? undefined : first + index;
  }

  /** `taken`: by the Service itself, a moment ago. */
  freePort(draw: (below: number) => number, taken: ReadonlySet<number>): number | undefined {
    const bands = {size: portCount, band: nodePortBand(portCount)};
    const index = scanForFree(bands, draw, i => {
      const port = nodePorts.first + i;
      return this.isFreePort(port) && !taken.has(port);
    });
    return index === undefined ? undefined : nodePorts.first + index;
  }

  #enter(service: ServiceObject): void {
    if (service.clusterIP !== undefined) this.#addresses.add(service.clusterIP);
    for (const port of portsOf(service)) this.#ports.add(port);
  }

  #strike(service: ServiceObject): void {
    if (service.clusterIP !== undefined) this.#addresses.delete(service.clusterIP);
    for (const port of portsOf(service)) this.#ports.delete(port);
  }
}

export function portsOf({ports, healthCheckNodePort}: ServiceObject): Set<number> {
  const numbers = ports.flatMap(({nodePort}) => nodePort ?? []);
  return new Set(healthCheckNodePort === undefined ? numbers : [...numbers, healthCheckNodePort]);
}
