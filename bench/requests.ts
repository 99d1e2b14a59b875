// What requests cost across the cluster: sent from 200 nodes to pods of one Service, each a machine's
// client, a choice of a pod, a station with one worker, a record; without and with time on the way.
// And customers over a thousand stations, each with a source and a record of its own.

import {milliseconds} from '../src/engine/time.ts';
import {Balancer} from '../src/network/balance.ts';
import type {Destination} from '../src/network/destination.ts';
import {Latencies} from '../src/network/latency/latencies.ts';
import {latencyOptions} from '../src/network/latency/latency-options.ts';
import type {CallingId} from '../src/network/traffic/calling.ts';
import {type Hops, noHops} from '../src/network/traffic/hops.ts';
import {hopsOf} from '../src/network/traffic/latency-hops.ts';
import {DataPlaneWorld, exponential, type Pods} from '../test/network/traffic/data-plane-world.ts';
import type {Measurement} from './measurement.ts';

const requests = 3_000_000;
const load = 0.8;
const work = milliseconds(10);
const station = {discipline: 'fifo', workers: 1, limit: Infinity} as const;

type Case = {
  readonly pods: number;
  readonly withHops?: boolean;
  readonly choice?: 'power-of-two';
  /** Each pod has a source of its own. */
  readonly apart?: boolean;
};

export function measureRequests(): Measurement[] {
  const cases: [what: string, limit: number, wish: Case][] = [
    ['requests to one pod, no hops', 5, {pods: 1}],
    ['M/M/1 customers over 1,000 stations, each with its source', 3, {pods: 1_000, apart: true}],
    ['1,000 pods of a Service on 200 nodes, no hops', 2.5, {pods: 1_000}],
    ['10,000 pods, no hops', 2.5, {pods: 10_000}],
    ['1,000 pods, two choices', 2.5, {pods: 1_000, choice: 'power-of-two'}],
    ['1,000 pods of a Service on 200 nodes, two hops', 1.2, {pods: 1_000, withHops: true}],
    ['10,000 pods, two hops', 1.2, {pods: 10_000, withHops: true}],
  ];
  return cases.map(([what, limit, wish]) => ({
    workload: 'requests',
    what,
    value: rateOf(wish) / 1e6,
    unit: 'million a CPU s',
    limit,
  }));
}

/** A CPU second; the first requests, in which it is compiled and queues fill, are not counted. */
function rateOf(wish: Case): number {
  const {pods, withHops = false, apart = false} = wish;
  const nodes = apart ? 1 : Math.min(200, pods);
  const hops = withHops ? hopsIn : () => noHops;
  const world = new DataPlaneWorld({nodes, zones: Math.min(3, nodes), hopsOf: hops});
  const callings = apart ? sources(world, pods) : [shoppers(world, wish)];
  const {simulation, plane} = world;
  const sent = () => callings.reduce((sum, calling) => sum + plane.record(calling).sent, 0);
  const events = withHops ? 2 : 1;
  simulation.run(Infinity, {maxEvents: 500_000 + 20 * pods});
  const earlier = sent();
  const before = process.cpuUsage();
  simulation.run(Infinity, {maxEvents: requests * events});
  const {user, system} = process.cpuUsage(before);
  return (sent() - earlier) / ((user + system) / 1e6);
}

function shoppers(world: DataPlaneWorld, {pods: count, choice}: Case): CallingId {
  const pods = world.pods('shop', count, {takes: exponential(work), station});
  const calling = world.calling('shoppers', choice === undefined ? pods : chosen(world, pods));
  world.openLoop(calling, (load * count * 1e6) / work, 'shoppers');
  return calling;
}

function sources(world: DataPlaneWorld, count: number): CallingId[] {
  return Array.from({length: count}, (_, i) => {
    const pods = world.pods(`shop-${i}`, 1, {takes: exponential(work), station});
    const calling = world.calling(`shoppers-${i}`, pods);
    world.openLoop(calling, (load * 1e6) / work, `shoppers-${i}`);
    return calling;
  });
}

/** Of two pods the one with fewer requests. */
function chosen({simulation, plane}: DataPlaneWorld, {name, targets}: Pods): Destination {
  const stream = simulation.random('two choices');
  const balancer = new Balancer({
    balance: 'power-of-two',
    stream,
    loadOf: (_caller, target) => plane.presentAt(target),
  });
  return {
    name,
    route: (caller, route, avoid) => {
      route.arrival = 'there';
      route.target = balancer.choose(caller, targets, avoid);
      route.entry = undefined;
      route.delay = 0;
    },
  };
}

function hopsIn({simulation, machines}: DataPlaneWorld): Hops {
  const latency = latencyOptions.parse(undefined);
  return hopsOf(new Latencies({simulation, machines, latency, loss: 0}), false);
}
