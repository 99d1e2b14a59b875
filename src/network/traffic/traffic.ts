// The requests of a run: clients send them to services, endpoints work on them, records say what
// they came to. A plain client's request costs one event, its arrival: whom it goes to and when it
// leaves is known then.

import type {EventKind, Simulation} from '../../engine/simulation.ts';
import type {Time} from '../../engine/time.ts';
import {noneTried} from './choice.ts';
import {type ClientId, type ClientOptions, isPlain} from './client.ts';
import {Record, type SavedRecord} from './record.ts';
import {type Client, Requests} from './requests.ts';
import {type ServiceId, type ServiceOptions, Services} from './services.ts';
import {
  refused,
  type Settlement,
  type Station,
  type StationOptions,
  turnedAway,
} from './station.ts';
import {type StationId, Stations} from './stations.ts';

type Saved = {
  stations: readonly unknown[];
  services: readonly number[];
  requests: unknown;
  records: readonly SavedRecord[];
};

export class Traffic implements Settlement {
  readonly hearsAll = false;
  readonly #simulation: Simulation;
  readonly #stations: Stations;
  readonly #services: Services;
  readonly #clients: Client[] = [];
  readonly #requests: Requests;
  readonly #arrived: EventKind<ClientId, number>;
  readonly #sent: EventKind<ClientId, number>;

  constructor(simulation: Simulation) {
    this.#simulation = simulation;
    this.#stations = new Stations(simulation, this);
    this.#services = new Services(simulation);
    this.#requests = new Requests(simulation, {
      services: this.#services,
      clients: this.#clients,
      over: (client, from) => this.#think(client, from),
    });
    this.#arrived = simulation.event(
      'traffic.plain-request-sent',
      (client: ClientId, from: number) => this.#sendPlain(client, from),
    );
    this.#sent = simulation.event('traffic.request-sent', (client: ClientId, from: number) =>
      this.#send(client, from),
    );
    simulation.part('traffic', {
      save: () => this.#save(),
      restore: (saved: Saved) => this.#restore(saved),
    });
  }

  addStation(options: StationOptions): StationId {
    return this.#stations.add(options);
  }

  station(id: StationId): Station {
    return this.#stations.all[id];
  }

  addService(
    options: Omit<ServiceOptions, 'endpoints'> & {endpoints: readonly StationId[]},
  ): ServiceId {
    return this.#services.add({
      ...options,
      endpoints: options.endpoints.map(id => this.#stations.all[id]),
    });
  }

  /** Its first request is one gap, or each user's one thought, from now. */
  addClient(options: ClientOptions): ClientId {
    const client = this.#clients.length as ClientId;
    this.#clients.push({options, record: new Record(options.record)});
    const {source} = options;
    const kind = isPlain(options) ? this.#arrived : this.#sent;
    for (let from = 0; from < options.places; from++) {
      if ('gap' in source) kind.after(source.gap(), client, from);
      else for (let user = 0; user < source.users; user++) this.#think(client, from);
    }
    return client;
  }

  /** Settles what has left by now first. */
  record(client: ClientId): Record {
    this.#settleAll();
    return this.#clients[client].record;
  }

  /** What was counted so far is forgotten; requests under way stay so. */
  startRecords(): void {
    this.#settleAll();
    for (const [i, {options, record}] of this.#clients.entries()) {
      const anew = new Record(options.record);
      anew.sent = record.underWay;
      this.#clients[i] = {options, record: anew};
    }
  }

  left(ticket: number, arrived: Time, started: Time, left: Time): void {
    if (ticket < 0) {
      this.#requests.left(ticket);
      return;
    }
    const {record} = this.#clients[ticket];
    record.answered(left - arrived);
    record.waits?.record(started - arrived);
  }

  broken(ticket: number): void {
    if (ticket < 0) this.#requests.broken(ticket);
    else this.#clients[ticket].record.ended('reset');
  }

  #sendPlain(client: ClientId, from: number): void {
    const {options, record} = this.#clients[client];
    const {source, steps} = options;
    if ('gap' in source) this.#arrived.after(source.gap(), client, from);
    const {now} = this.#simulation;
    const {service, work} = steps[0][0];
    const {endpoints, choice} = this.#services.all[service];
    const endpoint = endpoints[choice.choose(endpoints, now, noneTried, from)];
    record.sent++;
    record.attempts++;
    const leaves = endpoint.admit(client, work(), now);
    if (leaves === turnedAway) record.ended('rejected');
    else if (leaves === refused) record.ended('refused');
  }

  #send(client: ClientId, from: number): void {
    const {options, record} = this.#clients[client];
    if ('gap' in options.source) this.#sent.after(options.source.gap(), client, from);
    record.sent++;
    this.#requests.begin(client, from);
  }

  #think(client: ClientId, from: number): void {
    const {source} = this.#clients[client].options;
    if ('think' in source) this.#sent.after(source.think(), client, from);
  }

  #settleAll(): void {
    for (const station of this.#stations.all) station.settle(this.#simulation.now);
  }

  #save(): Saved {
    return {
      stations: this.#stations.save(),
      services: this.#services.save(),
      requests: this.#requests.save(),
      records: this.#clients.map(({record}) => record.save()),
    };
  }

  #restore({stations, services, requests, records}: Saved): void {
    this.#stations.restore(stations);
    this.#services.restore(services);
    this.#requests.restore(requests);
    for (const [client, saved] of records.entries()) this.#clients[client].record.restore(saved);
  }
}
