// Callers, applications and faults of every kind at once, drawn from a seed.

import {milliseconds, seconds, toTime} from '../../../src/engine/time.ts';
import type {CallingId, CallingOptions} from '../../../src/network/traffic/calling.ts';
import type {ClientPlace} from '../../../src/network/traffic/data-plane.ts';
import type {Hops} from '../../../src/network/traffic/hops.ts';
import type {StationOptions} from '../../../src/network/traffic/station.ts';
import {DataPlaneWorld, exponential, noHops, type Pods} from './data-plane-world.ts';

export type RandomPlane = {
  readonly world: DataPlaneWorld;
  readonly callings: readonly CallingId[];
  /** Of fifteen people, three at each node. */
  readonly users: CallingId;
};

const policies: readonly Partial<CallingOptions>[] = [
  {},
  {timeout: milliseconds(30)},
  {timeout: milliseconds(50), connectTimeout: seconds(2), retries: retries(3, true)},
  {hedgeAfter: milliseconds(4), timeout: seconds(1)},
  {hedgeAfter: milliseconds(4), timeout: milliseconds(20), retries: retries(4, false)},
  {keepAlive: keepAlive(3, false), timeout: seconds(2)},
  {keepAlive: keepAlive(2, true), timeout: milliseconds(100), retries: retries(2, true)},
  {keepAlive: keepAlive(1, false), timeout: milliseconds(40), hedgeAfter: milliseconds(5)},
];

export function randomPlane(seed: number, {more = false, free = false} = {}): RandomPlane {
  const shaky = shakyHops(seed % 3 === 0);
  const world = new DataPlaneWorld({seed, nodes: 5, zones: 2, hops: free ? noHops : shaky.hops});
  shaky.seed(world);
  const shape = world.simulation.passingRandom('shape');
  const database = world.pods('database', 3, {
    takes: exponential(milliseconds(2)),
    station: station(shape.integer(0, 3)),
    errors: 0.02,
    cpuLimit: seed % 4 === 1 ? 150 : undefined,
  });
  const toDatabase = world.calling('cart → database', database, {
    labels: {namespace: 'default', service: 'database', caller: 'cart', nested: true},
    ...policies[shape.integer(0, policies.length - 1)],
    timeout: milliseconds(60),
  });
  const cart = world.pods('cart', 4, {
    takes: exponential(milliseconds(1)),
    station: station(shape.integer(0, 3)),
    holds: seed % 2 === 0,
    cpuLimit: seed % 3 === 1 ? 150 : undefined,
    steps: [
      [{calling: toDatabase, chance: 0.5, times: 1}],
      [
        {calling: toDatabase, chance: 1, times: 2},
        {calling: toDatabase, chance: 0.3, times: 1},
      ],
    ],
  });
  const services = [database, cart];
  const callings = policies.map((policy, i) => {
    const id = world.calling(`caller-${i}`, services[i % 2], policy);
    world.openLoop(id, 100, `caller-${i}`);
    return id;
  });
  if (more) world.openLoop(world.calling('more', database), 100, 'more');
  trouble(world, services);
  const users = closedLoop(world, cart);
  return {world, callings: [toDatabase, ...callings], users};
}

function station(kind: number): StationOptions {
  if (kind === 0) return {discipline: 'fifo', workers: 1, limit: 10};
  if (kind === 1) return {discipline: 'fifo', workers: 3, limit: 20};
  if (kind === 2) return {discipline: 'sharing', workers: 1.5, limit: Infinity};
  return {discipline: 'fifo', workers: Infinity, limit: Infinity};
}

function retries(tries: number, others: boolean): CallingOptions['retries'] {
  const backOff = {base: milliseconds(2), factor: 2, most: milliseconds(20), jitter: 0.2};
  return {tries, backOff, budget: {share: 0.2, least: 3}, others};
}

function keepAlive(connections: number, multiplexed: boolean): CallingOptions['keepAlive'] {
  return {connections, multiplexed, requests: 50, age: seconds(2), idle: milliseconds(100)};
}

/** Delays by chance, one packet in a hundred lost. */
function shakyHops(lossless: boolean): {hops: Hops; seed(world: DataPlaneWorld): void} {
  let draw = (): number => 0;
  const hops: Hops = {
    none: false,
    lossless,
    roundTrip: () => toTime(milliseconds(1) * (0.5 + draw())),
    transfer: (_from, _to, bytes) => bytes,
    lost: () => !lossless && draw() < 0.01,
  };
  const seed = ({simulation}: DataPlaneWorld) => {
    const stream = simulation.random('test.hops');
    draw = () => stream.uniform();
  };
  return {hops, seed};
}

/** Pods close, hang and go, machines lose power, the network is cut. */
function trouble(world: DataPlaneWorld, services: readonly Pods[]): void {
  const {simulation, listeners, machines, nodes} = world;
  const faults = simulation.random('test.faults');
  const states = ['closed', 'open', 'open', 'open', 'hung'] as const;
  const struck = simulation.event('test.pod-struck', (which: number) => {
    const pods = services[which % services.length];
    const place = faults.integer(0, pods.listeners.length - 1);
    const {serial} = pods.targets[place];
    const listener = listeners.find(serial);
    if (listener === undefined) world.revive(pods, place);
    else if (faults.uniform() < 0.2) listeners.remove(listener);
    else listeners.set(listener, faults.choice(states));
    struck.after(toTime(faults.exponential(milliseconds(30))), which + 1);
  });
  struck.after(milliseconds(50), 0);
  const [dark, cut] = [nodes[1], 1];
  const lost = simulation.event('test.power-lost', (on: number) => {
    if (on === 1) machines.withoutPower.release(dark);
    else {
      for (const pods of services) world.removeOn(pods, dark);
      machines.withoutPower.take(dark);
    }
    lost.after(milliseconds(300), 1 - on);
  });
  lost.after(milliseconds(200), 0);
  const parted = simulation.event('test.network-cut', (whole: number) => {
    if (whole === cut) world.cut();
    else world.heal();
    parted.after(milliseconds(150), 1 - whole);
  });
  parted.after(milliseconds(400), cut);
}

function closedLoop(world: DataPlaneWorld, pods: Pods): CallingId {
  const {simulation, plane, nodes} = world;
  const clients: ClientPlace[] = [];
  const think = simulation.event('test.user-thinks', (which: number) => {
    if (!plane.begin(clients[which])) think.after(milliseconds(100), which);
  });
  const id = world.calling('users', pods, {
    timeout: milliseconds(200),
    over: client => think.after(milliseconds(10), clients.indexOf(client as ClientPlace)),
  });
  for (const [i, node] of nodes.entries()) {
    clients.push(plane.addClient(id, node));
    for (let user = 0; user < 3; user++) think.after(milliseconds(user), i);
  }
  return id;
}
