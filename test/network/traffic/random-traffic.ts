// Traffic of every kind at once, drawn from a seed: disciplines, choices, sources, policies.

import {Simulation} from '../../../src/engine/simulation.ts';
import {milliseconds, toTime} from '../../../src/engine/time.ts';
import type {ChoiceName} from '../../../src/network/traffic/choice.ts';
import type {ClientId} from '../../../src/network/traffic/client.ts';
import type {StationId} from '../../../src/network/traffic/stations.ts';
import {Traffic} from '../../../src/network/traffic/traffic.ts';

const choices: readonly ChoiceName[] = [
  'random',
  'local',
  'round-robin',
  'shortest-queue',
  'least-connections',
  'power-of-two',
  {powerOf: 3},
];

export type RandomTraffic = {
  readonly simulation: Simulation;
  readonly traffic: Traffic;
  readonly clients: readonly ClientId[];
};

/** Stations close and open again while it runs. */
export function randomTraffic(seed: number): RandomTraffic {
  const simulation = new Simulation({seed});
  const traffic = new Traffic(simulation);
  const shape = simulation.passingRandom('shape');
  const stations: StationId[] = [];
  const services = choices.map((choice, i) => {
    const endpoints = Array.from({length: shape.integer(2, 6)}, () =>
      traffic.addStation({
        discipline: shape.choice(['fifo', 'sharing'] as const),
        workers: shape.choice([1, 1, 3, Infinity]),
        limit: shape.choice([4, 20, Infinity]),
      }),
    );
    stations.push(...endpoints);
    return traffic.addService({name: `s${i}`, endpoints, choice, errors: i % 3 === 0 ? 0.1 : 0});
  });
  const draw = (name: string, mean: number) => {
    const stream = simulation.random(name);
    return () => toTime(stream.exponential(milliseconds(mean)));
  };
  const clients = Array.from({length: 8}, (_, i) => {
    const call = (part: number) => ({
      service: services[(i + part) % services.length],
      work: draw(`work ${i} ${part}`, 3),
    });
    const steps = i < 3 ? [[call(0)]] : [[call(0)], [call(1), call(2)]];
    return traffic.addClient({
      name: `c${i}`,
      source: i % 4 === 3 ? {users: 5, think: draw(`think ${i}`, 4)} : {gap: draw(`gap ${i}`, 4)},
      places: shape.integer(1, 3),
      steps,
      tries: i < 2 ? 1 : shape.integer(1, 4),
      tryOthers: i % 2 === 0,
      hedgeAfter: i === 5 || i === 6 ? milliseconds(4) : undefined,
      record: {relativeError: 0.01, waits: i === 0},
    });
  });
  const faults = simulation.random('faults');
  const broken = simulation.event('test.station-changed', (id: StationId) => {
    const station = traffic.station(id);
    if (station.open) station.close(simulation.now);
    else station.reopen(simulation.now);
    broken.after(toTime(faults.exponential(milliseconds(station.open ? 80 : 20))), id);
  });
  for (const id of stations) broken.after(toTime(faults.exponential(milliseconds(80))), id);
  return {simulation, traffic, clients};
}
