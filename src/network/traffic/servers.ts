// All servers that requests have met and that are there still, made of listeners as somebody asks
// for them. What happens to a listener happens to its requests.

import type {Time} from '../../engine/time.ts';
import type {ListenerId, ListenerState, Listeners} from '../../machines/listeners.ts';
import type {Machines} from '../../machines/machines.ts';
import type {Target} from '../../machines/service-views.ts';
import type {NodeId} from '../../objects/ids.ts';
import {ownersOf} from '../../objects/pod-targets.ts';
import type {Store} from '../../objects/store.ts';
import {type Address, addressText} from '../../options/address.ts';
import type {Application} from './application.ts';
import type {ProgramPod} from './applications.ts';
import {cpuLimit} from './cpu-limit.ts';
import {HoldingWorkers} from './holding-workers.ts';
import type {Endpoint, Server} from './server.ts';
import {ServerColumns} from './server-columns.ts';
import type {StationOptions} from './station.ts';
import type {StationId, Stations} from './stations.ts';

/** `undefined`: of an address that is no pod's. */
export type ApplicationOf = (pod: ProgramPod | undefined, port: number) => Application;

export type Surroundings = {
  readonly store: Store;
  readonly machines: Machines;
  readonly listeners: Listeners;
  readonly applicationOf: ApplicationOf;
};

type SavedServer = Omit<Server, 'endpoints' | 'callers'> & {
  readonly callers: readonly (number | undefined)[];
  readonly endpoints: readonly {
    readonly port: number;
    readonly id: StationId;
    readonly station: unknown;
  }[];
};

export type SavedServers = {
  readonly all: readonly (SavedServer | undefined)[];
  readonly free: readonly number[];
  readonly freeStations: readonly StationId[];
};

export class Servers {
  readonly columns = new ServerColumns();
  readonly #surroundings: Surroundings;
  readonly #stations: Stations;
  #all: (Server | undefined)[] = [];
  #free: number[] = [];
  readonly #bySerial = new Map<number, Server>();

  constructor(surroundings: Surroundings, stations: Stations) {
    this.#surroundings = surroundings;
    this.#stations = stations;
  }

  /** Who is at a target now; `undefined` if nobody is. */
  find(target: Target): Server | undefined {
    if (target.pod !== undefined) return this.bySerial(target.serial);
    const serial = addressSerial(target.address);
    return this.#bySerial.get(serial) ?? this.#meetAddress(serial, target);
  }

  setState(server: Server, state: ListenerState): void {
    server.state = state;
    this.columns.set(server.slot, state);
  }

  bySerial(serial: number): Server | undefined {
    return this.#bySerial.get(serial) ?? this.#meet(serial);
  }

  at(slot: number, serial: number): Server | undefined {
    const server = this.#all[slot];
    return server?.serial === serial ? server : undefined;
  }

  inSlot(slot: number): Server | undefined {
    return this.#all[slot];
  }

  ofListener(listener: ListenerId): Server | undefined {
    return this.#bySerial.get(this.#surroundings.listeners.serial(listener));
  }

  endpoint(server: Server, port: number): Endpoint {
    const {endpoints} = server;
    for (let i = 0; i < endpoints.length; i++) if (endpoints[i].port === port) return endpoints[i];
    const endpoint = this.#open(server, port);
    endpoints.push(endpoint);
    this.columns.addEndpoint(server, endpoint);
    return endpoint;
  }

  /** Nobody finds it any more; those who are there are yet to be told. */
  hide(server: Server): void {
    this.#bySerial.delete(server.serial);
    this.columns.remove(server);
    this.#all[server.slot] = undefined;
  }

  /** After that, its numbers may be others'. */
  remove(server: Server): void {
    this.#free.push(server.slot);
    for (const {id} of server.endpoints) this.#stations.remove(id);
  }

  each(visit: (server: Server) => void): void {
    for (const server of this.#all) if (server !== undefined) visit(server);
  }

  settle(now: Time): void {
    for (const server of this.#all) {
      if (server === undefined) continue;
      for (const {station} of server.endpoints) station.settle(now);
    }
  }

  save(): SavedServers {
    return {
      all: this.#all.map(server => server && saved(server)),
      free: [...this.#free],
      freeStations: [...this.#stations.free],
    };
  }

  restore({all, free, freeStations}: SavedServers, callers: readonly Server['callers'][number][]) {
    this.#bySerial.clear();
    this.columns.clear();
    this.#stations.all.length = 0;
    this.#all = all.map(each => {
      if (each === undefined) return undefined;
      const server: Server = {
        ...each,
        callers: each.callers.map(slot => (slot === undefined ? undefined : callers[slot])),
        endpoints: [],
      };
      this.columns.add(server);
      for (const {port, id, station} of each.endpoints) {
        const endpoint = this.#open(server, port, id);
        endpoint.station.restore(station);
        server.endpoints.push(endpoint);
        this.columns.addEndpoint(server, endpoint);
      }
      this.#bySerial.set(server.serial, server);
      return server;
    });
    this.#free = [...free];
    this.#stations.free = [...freeStations];
  }

  #meet(serial: number): Server | undefined {
    const {listeners, store, machines} = this.#surroundings;
    const listener = listeners.find(serial);
    if (listener === undefined) return undefined;
    const [pod, node] = [listeners.pod(listener), listeners.node(listener)];
    return this.#add({
      ...{serial, pod, node},
      template: store.pods.templateIdOf(pod),
      owners: ownersOf(pod, store),
      name: store.pods.name(pod),
      nodeName: store.nodes.nameOf(node),
      zone: machines.zone(node),
      state: listeners.state(listener, serial),
    });
  }

  /** Whatever is at an address that is no pod's is always there. */
  #meetAddress(serial: number, {address, node, zone}: Target): Server {
    return this.#add({
      ...{serial, pod: undefined, node, zone, state: 'open'},
      ...{template: -1, owners: [], name: addressText(address)},
      nodeName: node === undefined ? undefined : this.#nameOf(node),
    });
  }

  #nameOf(node: NodeId): string {
    return this.#surroundings.store.nodes.nameOf(node);
  }

  #add(server: Omit<Server, 'slot' | 'fate' | 'stuck' | 'endpoints' | 'callers'>): Server {
    const slot = this.#free.pop() ?? this.#all.length;
    const whole: Server = {...server, slot, fate: 'reset', stuck: 0, endpoints: [], callers: []};
    this.#all[slot] = whole;
    this.columns.add(whole);
    this.#bySerial.set(server.serial, whole);
    return whole;
  }

  #open(server: Server, port: number, known?: StationId): Endpoint {
    const {applicationOf, store} = this.#surroundings;
    const {template, owners} = server;
    const pod = template < 0 ? undefined : {template: store.pods.templateOf(template), owners};
    const application = applicationOf(pod, port);
    const {cpu, steps, station: plan} = application;
    const quota = cpu > 0 && pod !== undefined ? cpuLimit(pod.template, port) : Infinity;
    const throttle = quota < Infinity ? {quota, cpu} : undefined;
    const holds = application.holds && steps.length > 0 && canHold(plan);
    const options = {...plan, holds, throttle};
    const id = known ?? this.#stations.add(options);
    if (known !== undefined) this.#stations.put(known, options);
    const station = this.#stations.all[id];
    const holding = station instanceof HoldingWorkers ? station : undefined;
    return {port, application, id, station, holding};
  }
}

function canHold({discipline, workers}: StationOptions): boolean {
  return discipline === 'fifo' && workers < Infinity;
}

/** Pods' serials are not below 0. */
function addressSerial(address: Address): number {
  return -1 - address;
}

function saved({endpoints, callers, ...server}: Server): SavedServer {
  return {
    ...server,
    callers: callers.map(caller => caller?.slot),
    endpoints: endpoints.map(({port, id, station}) => ({port, id, station: station.save()})),
  };
}
