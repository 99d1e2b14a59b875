// What a plain request reads of its server, in columns by the server's slot: of thousands of pods
// the objects do not fit into the processor's cache, these do. Derived from the servers.

import type {ListenerState} from '../../machines/listeners.ts';
import type {Application} from './application.ts';
import type {Endpoint, Server} from './server.ts';
import type {Station} from './station.ts';

export class ServerColumns {
  /** By a pod's serial, its server's slot one higher; 0 where nobody has met it. */
  #slots = new Int32Array(1024);
  /** 1: open. */
  open = new Uint8Array(64);
  /** -1: outside of the cluster. */
  node = new Int32Array(64);
  zone = new Int32Array(64);
  /** The port that was asked for first, or -1, and what is there. */
  port = new Int32Array(64);
  readonly stations: (Station | undefined)[] = [];
  readonly applications: (Application | undefined)[] = [];
  readonly #zones = new Map<string | undefined, number>();

  /** Of a pod; -1 where nobody has met it. */
  slot(serial: number): number {
    return serial < this.#slots.length ? this.#slots[serial] - 1 : -1;
  }

  add({slot, serial, node, zone, state}: Server): void {
    this.#reserve(slot, serial);
    if (serial >= 0) this.#slots[serial] = slot + 1;
    this.node[slot] = node ?? -1;
    this.zone[slot] = this.zoneNumber(zone);
    this.port[slot] = -1;
    this.set(slot, state);
  }

  set(slot: number, state: ListenerState): void {
    this.open[slot] = state === 'open' ? 1 : 0;
  }

  addEndpoint({slot}: Server, {port, station, application}: Endpoint): void {
    if (this.port[slot] >= 0) return;
    this.port[slot] = port;
    this.stations[slot] = station;
    this.applications[slot] = application;
  }

  remove({slot, serial}: Server): void {
    if (serial >= 0) this.#slots[serial] = 0;
    this.open[slot] = 0;
    this.port[slot] = -1;
    this.stations[slot] = undefined;
    this.applications[slot] = undefined;
  }

  /** Alike for places in one zone. */
  zoneNumber(zone: string | undefined): number {
    const number = this.#zones.get(zone) ?? this.#zones.size;
    this.#zones.set(zone, number);
    return number;
  }

  clear(): void {
    this.#slots.fill(0);
    this.open.fill(0);
    this.stations.length = 0;
    this.applications.length = 0;
  }

  #reserve(slot: number, serial: number): void {
    if (serial >= this.#slots.length) {
      this.#slots = copied(this.#slots, new Int32Array(2 * serial));
    }
    if (slot < this.node.length) return;
    this.open = copied(this.open, new Uint8Array(2 * slot));
    this.node = copied(this.node, new Int32Array(2 * slot));
    this.zone = copied(this.zone, new Int32Array(2 * slot));
    this.port = copied(this.port, new Int32Array(2 * slot));
  }
}

function copied<Column extends Int32Array | Uint8Array>(from: Column, to: Column): Column {
  to.set(from);
  return to;
}
