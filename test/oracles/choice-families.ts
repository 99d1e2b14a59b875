// Several endpoints behind one name, and who of them gets the next request.

import type {Batch, Measure, Model} from './batches.ts';
import {present, seen, stay, stayQuantile, usual, waitShare} from './measures.ts';
import {modelGroup} from './model-group.ts';
import {expectedNumbers, type KnownOracle, type Oracle, parameter} from './oracle-file.ts';
import {exponential} from './traffic-scenario.ts';

export const choiceFamilies = modelGroup(
  ['rr', 'randsplit', 'pod-meanfield', 'jsq', 'p2c', 'p2c-sim', 'zone'],
  modelsOf,
);

function modelsOf({family, oracle}: KnownOracle): readonly Model[] {
  switch (family) {
    case 'rr':
      return [roundRobin(oracle)];
    case 'randsplit':
      return randomSplit(oracle);
    case 'pod-meanfield':
      return [meanField(oracle)];
    case 'zone':
      return zones(oracle);
    default:
      return [shared(oracle, family === 'jsq' ? 'least-connections' : 'power-of-two')];
  }
}

/** By clients themselves, or by the node's proxy. */
function balanced(pods: number, load: number, balance?: string | object): Model {
  const clients = {name: 'clients', to: 'web', rate: load * pods};
  return {
    rate: load * pods,
    measures: usual,
    scenario: {
      question: `How long do requests take that ${pods} pods share?`,
      programs: [
        {
          ...{name: 'web', pods, workers: 1, takes: exponential(1)},
          headless: balance !== undefined,
        },
      ],
      callers: [balance === undefined ? clients : {...clients, more: {balance}}],
    },
  };
}

function roundRobin(oracle: Oracle): Model {
  const load = parameter(oracle, 'rhoPerServer');
  const measures = {
    ...usual,
    sigma: waitShare,
    ratio_to_random_W: {of: (batch: Batch) => stay.of(batch) * (1 - load)},
  };
  const inTurn = balanced(Number(oracle.params.N ?? 1), load);
  const proxy = {mode: 'ipvs', scheduler: 'rr'};
  const scenario = {...inTurn.scenario, proxy};
  if (oracle.params.N !== null) return {...inTurn, scenario, measures};
  // Of infinitely many each gets one after a constant time.
  const callers = [{name: 'clients', to: 'web', every: 1 / load}];
  return {...inTurn, scenario: {...scenario, callers}, measures};
}

function randomSplit(oracle: Oracle): readonly Model[] {
  const [pods, rate] = ['N', 'lamTotal'].map(name => parameter(oracle, name));
  const split = balanced(pods, rate / pods);
  const pooled: Model = {
    rate,
    measures: {W_pooled_MMN: stay},
    scenario: {
      question: 'What if one pod had all the workers?',
      programs: [{name: 'web', workers: pods, takes: exponential(1)}],
      callers: [{name: 'clients', to: 'web', rate}],
    },
  };
  return [{...split, measures: {...usual, L_total: present}}, pooled];
}

/**
 * Enough endpoints to be nearly infinitely many: the mean stay is longer than theirs by about one
 * in `pods` (M. Mitzenmacher, 2001, table 1). One choice is as exact with few.
 */
function meanField(oracle: Oracle): Model {
  const [draws, load] = ['d', 'lam'].map(name => parameter(oracle, name));
  const pods = draws === 1 ? 10 : 2000;
  const model = balanced(pods, load, draws === 1 ? undefined : {powerOf: draws});
  const expected = new Map(expectedNumbers(oracle));
  const tails = Array.from({length: 6}, (_, i) => {
    const name = `tail_s1_to_s6 ${i + 1}`;
    // What few pods are so long for is not worth six times the run.
    const rare = (expected.get(name) ?? 0) < 0.05;
    return [name, rare ? {...seen(i), loosest: 0.5} : seen(i)] as const;
  });
  const mean = 'meanQueueIncludingService';
  return {
    ...model,
    ...{first: draws === 1 ? 300_000 : 1_000_000, most: 6_000_000},
    // It fills the more slowly, the fuller it is at last: by then a thousandth is still missing.
    ...{warmUp: draws === 1 ? 2 : 0, fillsIn: 10 / (1 - load)},
    look: {every: draws === 1 ? 5 : 2, of: present => tailShares(present, pods)},
    measures: {T: stay, ...Object.fromEntries(tails), [mean]: seen(6)},
  };
}

function tailShares(present: readonly number[], pods: number): readonly number[] {
  const counts = [0, 0, 0, 0, 0, 0, 0];
  for (const length of present) {
    counts[6] += length;
    for (let k = 0; k < 6 && k < length; k++) counts[k]++;
  }
  return counts.map(count => count / pods);
}

function shared(oracle: Oracle, balance: string): Model {
  const [pods, load] = ['N', 'rho'].map(name => parameter(oracle, name));
  const {ci95} = oracle.expected;
  return {
    ...balanced(pods, load, balance),
    look: {
      every: 1,
      of: present => {
        const idle = pods - present.filter(length => length > 0).length;
        return [Math.max(0, ...present), idle / pods];
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
function zones(oracle: Oracle): readonly Model[] {
  const lists = oracle.params as {f: readonly number[]; podsPerZone: readonly number[]};
  const {f: shares, podsPerZone} = lists;
  const rate = parameter(oracle, 'lam');
  const model = (trafficDistribution?: string): Model => ({
    rate,
    measures: {},
    scenario: {
      question: 'What do clients gain, or lose, whose requests stay in their zone?',
      zones: shares.length,
      programs: [
        {
          ...{name: 'web', workers: 1, takes: exponential(1), podsOfZones: podsPerZone},
          ...(trafficDistribution !== undefined && {trafficDistribution}),
        },
      ],
      callers: shares.map((share, zone) => {
        const name = `clients-${zone + 1}`;
        return {name, from: name, to: 'web', rate: share * rate};
      }),
    },
  });
  const mean: Measure = {
    of: batch =>
      batch.records.reduce(
        (sum, record, zone) => sum + shares[zone] * stay.of({...batch, record}),
        0,
      ),
  };
  const loads = podsPerZone.map((pods, zone): [string, Measure] => [
    `rho ${zone + 1}`,
    {of: ({records, length}) => records[zone].attempts / length / pods},
  ]);
  return [
    {...model('PreferSameZone'), measures: {...Object.fromEntries(loads), W: mean}},
    {...model(), measures: {W_clusterwide: mean, crossZoneFractionClusterwide: crossZone}},
  ];
}

const crossZone: Measure = {
  of: ({records}) => {
    const same = records.reduce((sum, record) => sum + record.sameZone, 0);
    return 1 - same / records.reduce((sum, record) => sum + record.count('ok'), 0);
  },
};
