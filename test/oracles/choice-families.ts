// Several endpoints behind one name, and who of them gets the next request.

import type {Time} from '../../src/engine/time.ts';
import type {ChoiceName} from '../../src/network/traffic/choice.ts';
import type {Station} from '../../src/network/traffic/station.ts';
import {figuresOf, type Model} from './batches.ts';
import type {FamilyGroup} from './families.ts';
import type {Figure} from './figure.ts';
import {present, seen, stay, stayQuantile, usual, waitShare} from './measures.ts';
import {type KnownOracle, type Oracle, parameter} from './oracle-file.ts';
import {constant, exponential} from './world.ts';

export const choiceFamilies: FamilyGroup = {
  names: ['rr', 'randsplit', 'pod-meanfield', 'jsq', 'p2c', 'p2c-sim', 'zone'],
  figures,
};

function figures({family, oracle}: KnownOracle, seed: number): readonly Figure[] {
  switch (family) {
    case 'rr':
      return roundRobin(oracle, seed);
    case 'randsplit':
      return randomSplit(oracle, seed);
    case 'pod-meanfield':
      return meanField(oracle, seed);
    case 'zone':
      return zones(oracle, seed);
    default: {
      const choice = family === 'jsq' ? 'shortest-queue' : 'power-of-two';
      return figuresOf(oracle, shared(oracle, choice), seed);
    }
  }
}

function balanced(endpoints: number, load: number, choice: ChoiceName): Model {
  return {
    rate: load * endpoints,
    measures: usual,
    build: world => {
      const service = world.service({endpoints, choice});
      const gap = exponential(1 / (load * endpoints));
      world.client({gap, steps: [[{service, work: exponential(1)}]]});
    },
  };
}

function roundRobin(oracle: Oracle, seed: number): readonly Figure[] {
  const load = parameter(oracle, 'rhoPerServer');
  const measures = {
    ...usual,
    sigma: waitShare,
    ratio_to_random_W: {of: (batch: Parameters<typeof stay.of>[0]) => stay.of(batch) * (1 - load)},
  };
  // Of infinitely many each gets one after a constant time.
  const alone: Model = {
    rate: load,
    measures,
    build: world => {
      const steps = [[{service: world.service(), work: exponential(1)}]];
      world.client({gap: constant(1 / load), steps});
    },
  };
  if (oracle.params.N === null) return figuresOf(oracle, alone, seed);
  const model = balanced(parameter(oracle, 'N'), load, 'round-robin');
  return figuresOf(oracle, {...model, measures}, seed);
}

function randomSplit(oracle: Oracle, seed: number): readonly Figure[] {
  const [endpoints, rate] = ['N', 'lamTotal'].map(name => parameter(oracle, name));
  const split = {...balanced(endpoints, rate / endpoints, 'random')};
  const pooled: Model = {
    rate,
    measures: {W_pooled_MMN: stay},
    build: world => {
      const service = world.service({workers: endpoints});
      world.client({gap: exponential(1 / rate), steps: [[{service, work: exponential(1)}]]});
    },
  };
  return [
    ...figuresOf(oracle, {...split, measures: {...usual, L_total: present}}, seed),
    ...figuresOf(oracle, pooled, seed),
  ];
}

/** Enough endpoints to be nearly infinitely many; one choice is as exact with few. */
function meanField(oracle: Oracle, seed: number): readonly Figure[] {
  const [draws, load] = ['d', 'lam'].map(name => parameter(oracle, name));
  const endpoints = draws === 1 ? 10 : 5000;
  const model = balanced(endpoints, load, {powerOf: draws});
  const tails = Array.from({length: 6}, (_, i) => [`tail_s1_to_s6 ${i + 1}`, seen(i)] as const);
  const mean = 'meanQueueIncludingService';
  return figuresOf(
    oracle,
    {
      ...model,
      first: draws === 1 ? 300_000 : 3_000_000,
      look: {every: draws === 1 ? 5 : 2, of: tailShares},
      measures: {T: stay, ...Object.fromEntries(tails), [mean]: seen(6)},
    },
    seed,
  );
}

function tailShares(stations: readonly Station[], now: Time): number[] {
  const counts = [0, 0, 0, 0, 0, 0, 0];
  for (const station of stations) {
    const length = station.present(now);
    counts[6] += length;
    for (let k = 0; k < 6 && k < length; k++) counts[k]++;
  }
  return counts.map(count => count / stations.length);
}

function shared(oracle: Oracle, choice: ChoiceName): Model {
  const [endpoints, load] = ['N', 'rho'].map(name => parameter(oracle, name));
  const {ci95} = oracle.expected;
  return {
    ...balanced(endpoints, load, choice),
    look: {
      every: 1,
      of: (stations, now) => {
        const lengths = stations.map(station => station.present(now));
        const idle = lengths.filter(length => length === 0).length;
        return [Math.max(...lengths), idle / endpoints];
      },
    },
    measures: {
      ...usual,
      p99: stayQuantile(0.99),
      meanMaxQueue: seen(0),
      fracIdleServers: seen(1),
    },
    // Where theory is a simulation too.
    expectedErrors: typeof ci95 === 'number' ? {T: ci95 / 1.96, p99: (4 * ci95) / 1.96} : {},
  };
}

/** Each zone's requests stay in it; beside it the same over all zones. */
function zones(oracle: Oracle, seed: number): readonly Figure[] {
  const lists = oracle.params as {f: readonly number[]; podsPerZone: readonly number[]};
  const {f: shares, podsPerZone: pods} = lists;
  const rate = parameter(oracle, 'lam');
  const all = pods.reduce((sum, count) => sum + count, 0);
  const offered = shares.map((share, zone) => [share * rate, pods[zone]] as const);
  const apart: Model = {
    rate,
    build: world => {
      for (const [perZone, endpoints] of offered) {
        const steps = [[{service: world.service({endpoints}), work: exponential(1)}]];
        world.client({gap: exponential(1 / perZone), steps});
      }
    },
    measures: {
      ...Object.fromEntries(
        offered.map(([, endpoints], zone) => [
          `rho ${zone + 1}`,
          {
            of: ({records, length}: Parameters<typeof stay.of>[0]) =>
              records[zone].sent / length / endpoints,
          },
        ]),
      ),
      W: {
        of: batch =>
          batch.records.reduce(
            (sum, record, zone) => sum + shares[zone] * stay.of({...batch, record}),
            0,
          ),
      },
    },
  };
  return [
    ...figuresOf(oracle, apart, seed),
    ...figuresOf(
      oracle,
      {...balanced(all, rate / all, 'random'), measures: {W_clusterwide: stay}},
      seed,
    ),
  ];
}
