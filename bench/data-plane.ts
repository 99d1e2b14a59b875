// Requests across the cluster: sent from 200 nodes to pods of one Service, each a machine's client,
// a choice of a pod, a station with one worker, a record; without and with time on the way.

import {milliseconds} from '../src/engine/time.ts';
import {Latencies} from '../src/network/latency/latencies.ts';
import {latencyOptions} from '../src/network/latency/latency-options.ts';
import {type Hops, noHops} from '../src/network/traffic/hops.ts';
import {hopsOf} from '../src/network/traffic/latency-hops.ts';
import {DataPlaneWorld, exponential} from '../test/network/traffic/data-plane-world.ts';
import type {Measurement} from './measurement.ts';

const requests = 3_000_000;
const load = 0.8;
const work = milliseconds(10);

export function measureDataPlane(): Measurement[] {
  const cases: [what: string, limit: number, pods: number, hops: boolean][] = [
    ['requests to one pod, no hops', 5, 1, false],
    ['1,000 pods of a Service on 200 nodes, no hops', 2.5, 1_000, false],
    ['10,000 pods, no hops', 2.5, 10_000, false],
    ['1,000 pods of a Service on 200 nodes, two hops', 1.2, 1_000, true],
    ['10,000 pods, two hops', 1.2, 10_000, true],
  ];
  return cases.map(([what, limit, pods, hops]) => ({
    workload: 'requests',
    what,
    value: rateOf(pods, hops) / 1e6,
    unit: 'million a CPU s',
    limit,
  }));
}

function rateOf(count: number, withHops: boolean): number {
  const world = new DataPlaneWorld({nodes: Math.min(200, count), zones: 3, hopsOf: hopsIn});
  const station = {discipline: 'fifo', workers: 1, limit: Infinity} as const;
  const pods = world.pods('shop', count, {takes: exponential(work), station});
  const calling = world.calling('shoppers', pods);
  world.openLoop(calling, (load * count * 1e6) / work, 'shoppers');
  const {simulation, plane} = world;
  const events = withHops ? 2 : 1;
  simulation.run(Infinity, {maxEvents: 500_000 + 20 * count});
  const before = process.cpuUsage();
  const sent = plane.record(calling).sent;
  simulation.run(Infinity, {maxEvents: requests * events});
  const {user, system} = process.cpuUsage(before);
  return (plane.record(calling).sent - sent) / ((user + system) / 1e6);

  function hopsIn({simulation, machines}: DataPlaneWorld): Hops {
    if (!withHops) return noHops;
    const latency = latencyOptions.parse(undefined);
    return hopsOf(new Latencies({simulation, machines, latency, loss: 0}), false);
  }
}
