// The parts of the data plane, put together: each knows those before it, and asks the sender for
// what comes after.

import type {Simulation} from '../../engine/simulation.ts';
import {Attempts} from './attempts.ts';
import type {CallingId} from './calling.ts';
import {Callings} from './callings.ts';
import {ClientPlaces} from './client-places.ts';
import {Fates} from './fates.ts';
import {Jobs} from './jobs.ts';
import {Packets} from './packets.ts';
import {PlainRequests} from './plain-requests.ts';
import {Pools} from './pools.ts';
import {Redirects} from './redirects.ts';
import {Retries} from './retries.ts';
import type {Sender, SenderOptions} from './sender.ts';
import {Servers} from './servers.ts';
import {Serving} from './serving.ts';
import type {Settlement} from './station.ts';
import {Stations} from './stations.ts';

export type Parts = {
  readonly plain: PlainRequests;
  readonly callings: Callings;
  readonly clients: ClientPlaces;
  readonly servers: Servers;
  readonly attempts: Attempts;
  readonly packets: Packets;
  readonly jobs: Jobs;
  readonly serving: Serving;
  readonly retries: Retries;
  readonly pools: Pools;
  readonly redirects: Redirects;
};

export function assemble(options: SenderOptions, sender: Sender): Parts {
  const {simulation, links, hops, machines, listeners, record, syn} = options;
  const callings = new Callings(simulation, record ?? {relativeError: 0.01, waits: false});
  const clients = new ClientPlaces();
  const servers = serversOf(options, sender);
  const attempts = new Attempts(simulation, {clients, ended: ended => sender.ended(ended)});
  const packets = new Packets(simulation, {
    ...{attempts, servers, hops, links, syn},
    arrived: (id, server) => sender.arrived(id, server),
    sentAgain: id => sender.connect(id, []),
  });
  const jobs = new Jobs(simulation, {
    ...{attempts, packets, servers},
    callings: () => callings.all,
    call: (server, calling, ticket) => sender.callFrom(server, calling as CallingId, ticket),
    broken: (id, server) => serving.breakAttempt(id, server),
  });
  const plain = new PlainRequests(simulation, {
    ...{attempts, packets, callings, clients, servers, machines, links, hops},
  });
  const serving = new Serving(simulation, {
    ...{attempts, packets, callings, servers, machines, links, jobs, plain},
  });
  const {retries, pools} = policiesOf(simulation, {...options, attempts, clients, servers}, sender);
  new Fates(simulation, {
    ...{machines, listeners, links, attempts, callings, clients, servers, serving},
    withdraw: client => sender.withdraw(client),
    remove: client => sender.removeClient(client),
  });
  const redirects = new Redirects({
    clients,
    addClient: (calling, place) => sender.addClient(calling, place),
    begin: (client, ticket) => sender.begin(client, ticket),
    over: ended => sender.conclude(ended),
  });
  const most = {plain, callings, clients, servers, attempts, packets, jobs, serving};
  return {...most, retries, pools, redirects};
}

/** Stations tell whoever serves, which comes later. */
function serversOf(options: SenderOptions, sender: Sender): Servers {
  const settlement: Settlement = {
    left: (ticket, arrived, started, left) =>
      sender.parts.serving.left(ticket, arrived, started, left),
    broken: (ticket, arrived) => sender.parts.serving.broken(ticket, arrived),
  };
  return new Servers(options, new Stations(options.simulation, settlement));
}

function policiesOf(
  simulation: Simulation,
  {
    attempts,
    clients,
    servers,
    machines,
  }: SenderOptions & Pick<Parts, 'attempts' | 'clients' | 'servers'>,
  sender: Sender,
) {
  const retries = new Retries(simulation, {
    ...{attempts, clients},
    start: (id, avoid) => sender.start(id, avoid),
    abandon: (one, other) => sender.abandon(one, other),
    over: ended => sender.conclude(ended),
  });
  const pools = new Pools(simulation, {
    ...{attempts, servers, machines},
    connect: id => sender.connect(id, []),
    send: id => sender.sendOnKept(id),
  });
  return {retries, pools};
}
