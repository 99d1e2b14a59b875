// Stations, services and clients of one oracle, with as little writing as possible.

import type {Simulation} from '../../src/engine/simulation.ts';
import {second, toTime} from '../../src/engine/time.ts';
import type {ChoiceName} from '../../src/network/traffic/choice.ts';
import type {ClientId, ClientOptions} from '../../src/network/traffic/client.ts';
import type {ServiceId} from '../../src/network/traffic/services.ts';
import type {Station, StationOptions} from '../../src/network/traffic/station.ts';
import type {Traffic} from '../../src/network/traffic/traffic.ts';
import type {Law} from '../../src/options/distribution.ts';
import {type Draw, drawer} from '../../src/options/drawer.ts';

export type ServiceWish = Partial<StationOptions> & {
  readonly endpoints?: number;
  /** So many of them, the first, are dead. */
  readonly dead?: number;
  readonly choice?: ChoiceName;
  readonly errors?: number;
};

export type CallWish = {
  readonly service: ServiceId;
  /** In units. */
  readonly work: Law;
};

export type ClientWish = Partial<Omit<ClientOptions, 'steps' | 'source'>> & {
  readonly gap?: Law;
  readonly users?: number;
  readonly think?: Law;
  readonly steps: readonly (readonly CallWish[])[];
};

export const exponential = (mean: number): Law => ({law: 'exponential', mean});
export const constant = (value: number): Law => ({law: 'constant', value});

export class WorldBuilder {
  readonly stations: Station[] = [];
  readonly clients: ClientId[] = [];
  readonly #simulation: Simulation;
  readonly #traffic: Traffic;
  #streams = 0;

  constructor(simulation: Simulation, traffic: Traffic) {
    this.#simulation = simulation;
    this.#traffic = traffic;
  }

  service(wish: ServiceWish = {}): ServiceId {
    const {discipline = 'fifo', workers = 1, limit = Infinity} = wish;
    const {endpoints = 1, dead = 0, choice = 'random', errors = 0} = wish;
    const ids = Array.from({length: endpoints}, () =>
      this.#traffic.addStation({discipline, workers, limit}),
    );
    const stations = ids.map(id => this.#traffic.station(id));
    for (const station of stations.slice(0, dead)) station.close(0);
    this.stations.push(...stations);
    return this.#traffic.addService({name: this.#name(), endpoints: ids, choice, errors});
  }

  client({gap, users = 1, think, steps, ...more}: ClientWish): void {
    const source =
      gap === undefined ? {users, think: this.#draw(think ?? constant(0))} : {gap: this.#draw(gap)};
    const drawn = steps.map(step =>
      step.map(({service, work}) => ({service, work: this.#draw(work)})),
    );
    const options: ClientOptions = {
      name: this.#name(),
      source,
      steps: drawn,
      places: 1,
      tries: 1,
      tryOthers: false,
      hedgeAfter: undefined,
      record: {relativeError: 0.001, waits: true},
      ...more,
    };
    this.clients.push(this.#traffic.addClient(options));
  }

  #draw(law: Law): Draw {
    const draw = drawer({...law, measure: 'number'}, this.#simulation.random(this.#name()));
    return () => toTime(draw() * second);
  }

  #name(): string {
    this.#streams++;
    return `oracle-${this.#streams}`;
  }
}
