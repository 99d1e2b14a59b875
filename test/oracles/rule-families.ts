// Families that are a rule of Kubernetes or of the network, through the functions that runs use.

import {second, seconds} from '../../src/engine/time.ts';
import {
  endpointShares,
  meanRulesWalked,
  ruleProbabilities,
} from '../../src/network/rules/iptables-chain.ts';
import {PeakEwma} from '../../src/network/rules/peak-ewma.ts';
import {
  lookupSilentFor,
  queryPackets,
  queryRounds,
  silentFor,
} from '../../src/network/rules/resolver.ts';
import {WeightedRoundRobin} from '../../src/network/rules/weighted-round-robin.ts';
import {clusterIPBand, nodePortBand} from '../../src/objects/allocation-bands.ts';
import {allocate} from '../../src/objects/topology-hints.ts';
import type {FamilyGroup} from './families.ts';
import {type Figure, same} from './figure.ts';
import {type KnownOracle, listed, type Oracle, parameter} from './oracle-file.ts';

type Answers = Readonly<{[name: string]: unknown}>;

const rules: Readonly<{[family: string]: (oracle: Oracle) => Answers}> = {
  hints: zoneHints,
  'clusterip-band': oracle => ({staticBand: clusterIPBand(parameter(oracle, 'cidrSize'))}),
  'nodeport-band': oracle => ({staticBand: nodePortBand(parameter(oracle, 'rangeSize'))}),
  'ipvs-wrr': oracle => {
    const weights = listed(oracle, 'weights');
    const wheel = new WeightedRoundRobin(weights);
    const length = weights.reduce((sum, weight) => sum + weight, 0);
    const letters = Array.from({length}, () => 'ABCDEFGHIJ'[wheel.next() ?? 0]);
    return {cycle: letters.join('')};
  },
  'iptables-chain': oracle => {
    const endpoints = parameter(oracle, 'n');
    const shares = endpointShares(endpoints);
    return {
      ruleProbabilities: ruleProbabilities(endpoints),
      effectiveMin: Math.min(...shares),
      effectiveMax: Math.max(...shares),
      maxRelBias: Math.max(...shares.map(share => Math.abs(share * endpoints - 1))),
      meanRulesEvaluated: meanRulesWalked(endpoints),
    };
  },
  dns: oracle => {
    const [searchDomains, dotsInName, ndots] = ['searchDomains', 'dotsInName', 'ndots'].map(name =>
      parameter(oracle, name),
    );
    const lookup = {searchDomains, dotsInName, ndots};
    return {rounds: queryRounds(lookup), packets: queryPackets(lookup)};
  },
  'dns-dead': oracle => {
    const [nameservers, timeout, attempts] = ['nameservers', 'timeout', 'attempts'].map(name =>
      parameter(oracle, name),
    );
    const servers = {nameservers, timeout, attempts};
    return {
      oneNameForm: silentFor(servers) / second,
      getaddrinfoDotsBelowNdotsOrNot: lookupSilentFor(servers) / second,
      afterTrailingDot: lookupSilentFor(servers, {absolute: true}) / second,
    };
  },
  'ewma-seq': oracle => {
    const mean = new PeakEwma();
    let now = 0;
    const steps = oracle.params.steps as [after: number, took: number][];
    const values = steps.map(([after, took]) => {
      now += seconds(after);
      return mean.add(took, now);
    });
    return {values, scoreAfter5sIdle: mean.score(now + seconds(5))};
  },
};

export const ruleFamilies: FamilyGroup = {
  names: Object.keys(rules),
  figures: ({family, oracle}: KnownOracle) => {
    const found = rules[family](oracle);
    return Object.entries(oracle.expected).flatMap(([name, expected]) =>
      compared(name, expected, found[name]),
    );
  },
};

const reasons: Readonly<{[reason: string]: string}> = {
  'fewer endpoints than zones': 'endpoints<zones',
  'minimum allocation not possible': 'sum(min)>n',
};

function zoneHints(oracle: Oracle): Answers {
  const shares = listed(oracle, 'cpuRatios').map((share, i) => [`zone-${i}`, share] as const);
  const found = allocate(new Map(shares), parameter(oracle, 'readyEndpoints'));
  if ('refused' in found) {
    const minimum = [...(found.minima?.values() ?? [])];
    return {feasible: false, reason: reasons[found.refused] ?? found.refused, minimum};
  }
  const zones = [...found.allocations.values()];
  return {
    feasible: true,
    minimum: zones.map(({minimum}) => minimum),
    maximum: zones.map(({maximum}) => maximum),
    desired: zones.map(({desired}) => desired),
  };
}

/** Lists one by one; a word or a truth as 1 where it is the same. */
function compared(name: string, expected: unknown, found: unknown): readonly Figure[] {
  if (Array.isArray(expected)) {
    return expected.flatMap((each, i) => compared(`${name} ${i + 1}`, each, at(found, i)));
  }
  if (typeof expected === 'number') return [same(name, expected, Number(found ?? Number.NaN))];
  return [same(name, 1, expected === found ? 1 : 0)];
}

function at(list: unknown, place: number): unknown {
  return Array.isArray(list) ? list[place] : undefined;
}
