// DNS with a store to look into, and name servers that a test can break.

import {Signal} from '../../../src/engine/signal.ts';
import {Simulation} from '../../../src/engine/simulation.ts';
import type {Time} from '../../../src/engine/time.ts';
import {Links} from '../../../src/machines/links.ts';
import {Listeners} from '../../../src/machines/listeners.ts';
import {Machines} from '../../../src/machines/machines.ts';
import {Masters} from '../../../src/machines/masters.ts';
import {NameServers} from '../../../src/machines/name-servers.ts';
import {Partitions} from '../../../src/machines/partitions.ts';
import type {Choices, ServiceViews, Target} from '../../../src/machines/service-views.ts';
import {type Destination, emptyRoute, type Route} from '../../../src/network/destination.ts';
import {Dns, type Named} from '../../../src/network/dns/dns.ts';
import {dnsOptions} from '../../../src/network/dns/dns-options.ts';
import {Latencies} from '../../../src/network/latency/latencies.ts';
import type {Endpoint} from '../../../src/objects/endpoint-slice.ts';
import type {NodeId, PodId} from '../../../src/objects/ids.ts';
import type {NewService} from '../../../src/objects/service-object.ts';
import {Store} from '../../../src/objects/store.ts';
import {type Address, parseAddress} from '../../../src/options/address.ts';

export type DnsWorldOptions = {
  readonly options?: Parameters<typeof dnsOptions.parse>[0];
  readonly pods?: boolean;
  readonly watchDelay?: Time;
};

export const here = 0 as NodeId;

export function dnsWorld({options = {}, pods = false, watchDelay = 0}: DnsWorldOptions = {}) {
  const simulation = new Simulation({seed: 1});
  const store = new Store(simulation);
  const machines = new Machines(simulation);
  for (let node = 0; node < 4; node++) {
    machines.add(node as NodeId, {region: undefined, zone: undefined, rack: undefined});
  }
  const masters = new Masters(simulation);
  const links = new Links({machines, partitions: new Partitions(simulation, {machines, masters})});
  const listeners = new Listeners(simulation);
  const nameServers = new NameServers(simulation);
  const views = new FixedViews();
  const latencies = new Latencies({...{simulation, machines}, latency: 'none', loss: 0});
  const dns = new Dns({
    ...{simulation, store, links, listeners, nameServers, views, latencies, watchDelay, pods},
    options: dnsOptions.parse(options),
  });
  const destination = (named: Partial<Named> & {host: string}) =>
    dns.destination({
      ...{name: named.host, namespace: 'default', port: 80, behind: () => arrives},
      outside: named.host.includes('example'),
      ...named,
    });
  return {simulation, store, machines, listeners, nameServers, views, dns, destination};
}

export type DnsWorld = ReturnType<typeof dnsWorld>;

/** The one choice of every node's proxy. */
class FixedViews implements ServiceViews {
  readonly moved = new Signal<[node: NodeId, service: never]>() as ServiceViews['moved'];
  now: Choices = {verdict: 'refuse', targets: [], sticky: undefined};

  choices(): Choices {
    return this.now;
  }

  position(): number {
    return 0;
  }
}

const arrives: Destination = {
  name: 'arrives',
  route: (_caller, route) => {
    route.arrival = 'there';
    route.delay = 0;
  },
};

/** Asks as a client does until it knows, and says how long that took in all. */
export function lookup({simulation}: DnsWorld, destination: Destination): Route {
  const route = emptyRoute();
  let waited = 0;
  for (;;) {
    destination.route({id: 0, place: here}, route, []);
    if (route.arrival !== 'searching') return {...route, delay: waited + route.delay};
    waited += route.delay;
    simulation.run(simulation.now + route.delay);
  }
}

export function addService({store, simulation}: DnsWorld, service: NewService): void {
  const {headless, type} = service;
  const clusterIP = headless || type === 'ExternalName' ? undefined : addressOf('10.96.0.1');
  store.services.add({...service, clusterIP, loadBalancer: []}, simulation.now);
}

export function endpoint(serial: number, given: Partial<Endpoint> = {}): Endpoint {
  return {
    ...{address: addressOf(`10.128.0.${serial}`), pod: {id: serial as PodId, serial}},
    ...{node: undefined, zone: undefined, hostname: undefined},
    ...{ready: true, serving: true, terminating: false, forZones: [], forNodes: []},
    ...given,
  };
}

/** Replaces the one slice of the headless Service. */
export function setEndpoints({store, simulation}: DnsWorld, service: string, all: Endpoint[]) {
  const name = `${service}-slice`;
  const ports = [{name: '', protocol: 'TCP', port: 8080} as const];
  const slice = {
    ...{namespace: 'default', name, service, managedBy: undefined, headless: true},
    ...{ports, endpoints: all, version: 1},
  };
  const id = store.endpointSlices.id(`default/${name}`);
  if (id === undefined) store.endpointSlices.add(slice, simulation.now);
  else store.endpointSlices.replace(id, slice, simulation.now);
  simulation.run(simulation.now);
}

/** A CoreDNS pod on a node. */
export function server(serial: number, node: number): Target {
  return {
    ...{pod: serial as PodId, serial, address: addressOf(`10.128.1.${serial}`), port: 53},
    ...{node: node as NodeId, zone: undefined},
  };
}

function addressOf(text: string): Address {
  const address = parseAddress(text);
  if (address === undefined) throw new Error(`${text} is no address`);
  return address;
}
