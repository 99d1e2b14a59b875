// How long nodes go on without the news: changes at kube-proxy's gate, the last of several nodes,
// and connections lost in a rolling update because of it.

import type {RandomStream} from '../../src/engine/random.ts';
import {Simulation} from '../../src/engine/simulation.ts';
import {second, seconds, toTime} from '../../src/engine/time.ts';
import {graceWanted, lostFor} from '../../src/network/rules/stale-endpoint.ts';
import {SyncGate} from '../../src/network/rules/sync-gate.ts';
import {mean} from '../support/statistics.ts';
import type {FamilyGroup} from './families.ts';
import {estimated, type Figure, same} from './figure.ts';
import {expectedNumbers, type KnownOracle, type Oracle, parameter} from './oracle-file.ts';

export const timingFamilies: FamilyGroup = {
  names: ['lastnode', 'race'],
  figures: ({family, oracle}: KnownOracle, seed) => {
    const stream = new Simulation({seed: `${seed}/${oracle.id}`}).random('waits');
    return family === 'lastnode' ? lastNode(oracle, stream) : race(oracle, stream);
  },
};

const batches = 100;

/** A gate in the middle of its busy life, at any phase alike. */
function busyGate(period: number, stream: RandomStream): SyncGate {
  const gate = new SyncGate({minSyncPeriod: seconds(period), syncTime: 0});
  gate.change(-toTime(stream.uniform() * seconds(period)));
  return gate;
}

/** The last of several nodes that were all busy. */
function lastNode(oracle: Oracle, stream: RandomStream): readonly Figure[] {
  const [nodes, period] = ['M', 'm'].map(name => parameter(oracle, name));
  const latest = () =>
    Math.max(...Array.from({length: nodes}, () => busyGate(period, stream).change(0)));
  const sample = Array.from({length: batches}, () => meanOf(1000, latest) / second);
  return [estimated('meanMax', parameterOf(oracle, 'meanMax'), {sample, stretches: Infinity})];
}

/** The news comes after `a`; then the gate's wait; the pod is deaf after `S`. */
function race(oracle: Oracle, stream: RandomStream): readonly Figure[] {
  const [news, period, grace] = ['a', 'm', 'S'].map(name => parameter(oracle, name));
  const lost = () => {
    const unchosen = seconds(news) + busyGate(period, stream).change(0);
    return lostFor({unchosen, deaf: seconds(grace)}) / second;
  };
  const sample = Array.from({length: batches}, () => meanOf(5000, lost));
  const stretches = sample.filter(each => each > 0).length * 50;
  // Connections come at random, so those lost are as many as come in that time.
  const lostOf = (rate: number) => sample.map(each => each * rate);
  return expectedNumbers(oracle).map(([name, expected]) => {
    if (name === 'Sneeded') {
      return same(name, expected, graceWanted(seconds(news), seconds(period)) / second);
    }
    const rate = Number(/At(\d+)rps$/.exec(name)?.[1] ?? 1);
    return estimated(name, expected, {sample: lostOf(rate), stretches, loosest: 0.1});
  });
}

function meanOf(count: number, draw: () => number): number {
  return mean(Array.from({length: count}, draw));
}

function parameterOf(oracle: Oracle, name: string): number {
  return parameter({...oracle, params: oracle.expected}, name);
}
