// Requests that cross the cluster: a caller begins one, its destination says which pod gets it, the
// network carries it there, the pod's program works on it and calls others, the answer comes back.
//
//   begin ─▶ Retries (again, copies) ─▶ Attempts ─▶ Packets ─▶ Serving (stations) ─▶ record
//                                        └ Pools (kept connections)  └ Jobs (calls of others)
//
// A request that is one try, for which nobody waits, and that takes no time on the way has no row:
// it is its client's number and a few bits in a station's line.

import type {Simulation} from '../../engine/simulation.ts';
import type {Place} from '../../machines/links.ts';
import type {Machines} from '../../machines/machines.ts';
import type {RequestBook, RequestObserver, RequestRecord} from '../../machines/request-book.ts';
import type {Target} from '../../machines/service-views.ts';
import type {CallingId, CallingOptions} from './calling.ts';
import type {ClientPlace} from './client-places.ts';
import type {Parts} from './parts.ts';
import {Pool} from './pools.ts';
import {type CallingPod, Sender, type SenderOptions} from './sender.ts';

export type {ClientPlace} from './client-places.ts';

export class DataPlane implements RequestBook {
  readonly #simulation: Simulation;
  readonly #machines: Machines;
  readonly #sender: Sender;
  readonly #parts: Parts;
  #observerOf: ((record: RequestRecord) => RequestObserver | undefined) | undefined;

  constructor(options: SenderOptions) {
    this.#simulation = options.simulation;
    this.#machines = options.machines;
    this.#sender = new Sender(options);
    this.#parts = this.#sender.parts;
    options.simulation.part('network.traffic', this);
  }

  addCalling(options: CallingOptions): CallingId {
    const calling = this.#parts.callings.add(options);
    calling.record.observer = this.#observerOf?.(calling.record);
    return calling.id;
  }

  /** Somebody who calls so from a place: a node, or outside of the cluster. */
  addClient(calling: CallingId, place: Place, pod?: CallingPod): ClientPlace {
    return this.#sender.addClient(calling, place, pod);
  }

  clientAt(slot: number): ClientPlace {
    return this.#parts.clients.all[slot];
  }

  /** What it has under way counts as never sent. */
  removeClient(client: ClientPlace): void {
    this.#sender.removeClient(client);
  }

  /** False where nobody is there to send it: its machine has no power. */
  begin(client: ClientPlace): boolean {
    const {place, calling} = client;
    if (place !== undefined && !this.#machines.powered(place)) return false;
    calling.record.sent++;
    if (calling.plain) this.#sender.beginPlain(client);
    else this.#sender.begin(client, 0);
    return true;
  }

  /** Requests that a target has now, whoever sent them; for choices by load. */
  presentAt(target: Target): number {
    const server = this.#parts.servers.find(target);
    if (server?.state !== 'open') return 0;
    const {now} = this.#simulation;
    return this.#parts.servers.endpoint(server, target.port).station.present(now);
  }

  record(id: CallingId): RequestRecord {
    this.#parts.servers.settle(this.#simulation.now);
    return this.#parts.callings.all[id].record;
  }

  records(): readonly RequestRecord[] {
    this.#parts.servers.settle(this.#simulation.now);
    return [...new Set(this.#parts.callings.all.map(({record}) => record))];
  }

  observe(observerOf: (record: RequestRecord) => RequestObserver | undefined): void {
    this.#observerOf = observerOf;
    for (const {record} of this.#parts.callings.all) record.observer = observerOf(record);
  }

  /** Requests at each server that has met any and is there, waiting or worked on. */
  present(): readonly number[] {
    const counts: number[] = [];
    const {now} = this.#simulation;
    this.#parts.servers.each(({endpoints}) => {
      counts.push(endpoints.reduce((sum, {station}) => sum + station.present(now), 0));
    });
    return counts;
  }

  /** What was counted so far is forgotten; requests under way stay so. */
  startRecords(): void {
    this.#parts.servers.settle(this.#simulation.now);
    this.#parts.callings.startRecords();
  }

  save() {
    return {
      callings: this.#parts.callings.save(),
      clients: this.#parts.clients.save(),
      servers: this.#parts.servers.save(),
      attempts: this.#parts.attempts.rows.save(),
      jobs: this.#parts.jobs.save(),
      retries: this.#parts.retries.save(),
      pools: this.#parts.pools.save(),
      redirects: this.#parts.redirects.save(),
    };
  }

  restore(saved: ReturnType<DataPlane['save']>): void {
    this.#parts.callings.restore(saved.callings);
    this.#parts.clients.restore(saved.clients, each => {
      const calling = this.#parts.callings.all[each.calling];
      const {keepAlive} = calling.options;
      const pool = keepAlive && new Pool(keepAlive);
      return {calling, pool};
    });
    this.#parts.servers.restore(saved.servers, this.#parts.clients.all);
    this.#parts.attempts.rows.restore(saved.attempts);
    this.#parts.jobs.restore(saved.jobs);
    this.#parts.retries.restore(saved.retries);
    this.#parts.pools.restore(saved.pools);
    this.#parts.redirects.restore(saved.redirects);
  }
}
