// What a plain request reads of its server, by the server's slot: of thousands of pods the objects
// do not fit into the processor's cache, these rows do. Derived from the servers.

import type {ListenerState} from '../../machines/listeners.ts';
import type {Application} from './application.ts';
import type {Endpoint, Server} from './server.ts';
import type {Station} from './station.ts';

// A row is half a line of the cache.
const rowBits = 3;
const openAt = 0;
const portAt = 1;
const nodeAt = 2;
const zoneAt = 3;
const applicationAt = 4;

export class ServerColumns {
  /** By a pod's serial, its server's slot one higher; 0 where nobody has met it. */
  #slots = new Int32Array(1024);
  #rows = new Int32Array(64 << rowBits);
  /** At the port that was asked for first. */
  readonly stations: (Station | undefined)[] = [];
  readonly #applications: Application[] = [];
  readonly #zones = new Map<string | undefined, number>();

  /** Of a pod; -1 where nobody has met it. */
  slot(serial: number): number {
    return serial < this.#slots.length ? this.#slots[serial] - 1 : -1;
  }

  open(slot: number): boolean {
    return this.#rows[(slot << rowBits) | openAt] === 1;
  }

  /** That was asked for first, or -1. */
  port(slot: number): number {
    return this.#rows[(slot << rowBits) | portAt];
  }

  /** -1: outside of the cluster. */
  node(slot: number): number {
    return this.#rows[(slot << rowBits) | nodeAt];
  }

  zone(slot: number): number {
    return this.#rows[(slot << rowBits) | zoneAt];
  }

  /** At that port; there must be one. */
  application(slot: number): Application {
    return this.#applications[this.#rows[(slot << rowBits) | applicationAt]];
  }

  add({slot, serial, node, zone, state}: Server): void {
    this.#reserve(slot, serial);
    if (serial >= 0) this.#slots[serial] = slot + 1;
    const row = slot << rowBits;
    this.#rows[row | nodeAt] = node ?? -1;
    this.#rows[row | zoneAt] = this.zoneNumber(zone);
    this.#rows[row | portAt] = -1;
    this.set(slot, state);
  }

  set(slot: number, state: ListenerState): void {
    this.#rows[(slot << rowBits) | openAt] = state === 'open' ? 1 : 0;
  }

  addEndpoint({slot}: Server, {port, station, application}: Endpoint): void {
    if (this.port(slot) >= 0) return;
    const row = slot << rowBits;
    this.#rows[row | portAt] = port;
    this.#rows[row | applicationAt] = this.#numberOf(application);
    this.stations[slot] = station;
  }

  remove({slot, serial}: Server): void {
    if (serial >= 0) this.#slots[serial] = 0;
    const row = slot << rowBits;
    this.#rows[row | openAt] = 0;
    this.#rows[row | portAt] = -1;
    this.stations[slot] = undefined;
  }

  /** Alike for places in one zone. */
  zoneNumber(zone: string | undefined): number {
    const number = this.#zones.get(zone) ?? this.#zones.size;
    this.#zones.set(zone, number);
    return number;
  }

  clear(): void {
    this.#slots.fill(0);
    this.#rows.fill(0);
    this.stations.length = 0;
  }

  /** They are few: pods of a template share theirs. */
  #numberOf(application: Application): number {
    const known = this.#applications.lastIndexOf(application);
    return known >= 0 ? known : this.#applications.push(application) - 1;
  }

  #reserve(slot: number, serial: number): void {
    if (serial >= this.#slots.length) {
      this.#slots = copied(this.#slots, 2 * serial);
    }
    if (slot << rowBits >= this.#rows.length) {
      this.#rows = copied(this.#rows, (2 * slot) << rowBits);
    }
  }
}

function copied(from: Int32Array, length: number): Int32Array<ArrayBuffer> {
  const to = new Int32Array(length);
  to.set(from);
  return to;
}
