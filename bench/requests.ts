// What requests cost: a source of chance, a station, its record. Customers at one station and at a
// thousand, and requests through the thousand endpoints of one service.

import {Simulation} from '../src/engine/simulation.ts';
import {seconds, toTime} from '../src/engine/time.ts';
import type {ChoiceName} from '../src/network/traffic/choice.ts';
import {Traffic} from '../src/network/traffic/traffic.ts';
import {measureDataPlane} from './data-plane.ts';
import type {Measurement} from './measurement.ts';

const load = 0.8;
const requests = 5_000_000;
const workload = 'requests';
const unit = 'million a CPU s';

export function measureRequests(): Measurement[] {
  const cases: [what: string, limit: number | undefined, world: () => Simulation][] = [
    ['M/M/1 customers at one station', 5, () => separate(1)],
    ['M/M/1 customers over 1,000 stations, each with its source', 3, () => ownEach(1_000)],
    ['the same, each with its client and record', undefined, () => separate(1_000)],
    ['through 1,000 endpoints of one service, random', 2.5, () => shared(1_000, 'random')],
    ['through 10,000 endpoints of one service, random', 2.5, () => shared(10_000, 'random')],
    [
      'through 1,000 endpoints of one service, two choices',
      2.5,
      () => shared(1_000, 'power-of-two'),
    ],
  ];
  const stations = cases.map(([what, limit, world]) => ({
    workload,
    what,
    value: Math.max(...[1, 2, 3].map(() => rateOf(world()))) / 1e6,
    unit,
    limit,
  }));
  return [...stations, ...measureDataPlane()];
}

/** Every node has a pod, and keeps its requests. */
function ownEach(places: number): Simulation {
  const simulation = new Simulation({seed: 1});
  const traffic = new Traffic(simulation);
  addService(simulation, traffic, {name: 's', endpoints: places, choice: 'local', places});
  return simulation;
}

function separate(stations: number): Simulation {
  const simulation = new Simulation({seed: 1});
  const traffic = new Traffic(simulation);
  for (let i = 0; i < stations; i++) addService(simulation, traffic, {name: `s${i}`, endpoints: 1});
  return simulation;
}

function shared(endpoints: number, choice: ChoiceName): Simulation {
  const simulation = new Simulation({seed: 1});
  addService(simulation, new Traffic(simulation), {name: 'shop', endpoints, choice});
  return simulation;
}

function addService(
  simulation: Simulation,
  traffic: Traffic,
  wish: {name: string; endpoints: number; choice?: ChoiceName; places?: number},
): void {
  const {name, endpoints, choice = 'random', places = 1} = wish;
  const service = traffic.addService({
    name,
    endpoints: Array.from({length: endpoints}, () =>
      traffic.addStation({discipline: 'fifo', workers: 1, limit: Infinity}),
    ),
    choice,
    errors: 0,
  });
  const gaps = simulation.random(`${name}/gaps`);
  const works = simulation.random(`${name}/work`);
  const gap = (seconds(1) * places) / (load * endpoints);
  traffic.addClient({
    name,
    source: {gap: () => toTime(gaps.exponential(gap))},
    steps: [[{service, work: () => toTime(works.exponential(seconds(1)))}]],
    places,
    tries: 1,
    tryOthers: false,
    hedgeAfter: undefined,
    record: {relativeError: 0.01, waits: false},
  });
}

/** A CPU second; the first requests, in which it is compiled and queues fill, are not counted. */
function rateOf(simulation: Simulation): number {
  simulation.run(Infinity, {maxEvents: 1_000_000});
  const before = process.cpuUsage();
  simulation.run(Infinity, {maxEvents: requests});
  const {user, system} = process.cpuUsage(before);
  return requests / ((user + system) / 1e6);
}
