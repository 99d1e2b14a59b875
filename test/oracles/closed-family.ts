// Users who think, send one request through all stations, and think again (exact MVA).

import {figuresOf, type Model} from './batches.ts';
import type {FamilyGroup} from './families.ts';
import {seen, stay, throughput} from './measures.ts';
import {listed, parameter} from './oracle-file.ts';
import {constant, exponential} from './world.ts';

export const closedFamily: FamilyGroup = {
  names: ['mva'],
  figures: ({oracle}, seed) => {
    const [think, users] = ['Z', 'N'].map(name => parameter(oracle, name));
    return figuresOf(oracle, network(listed(oracle, 'demands'), think, users), seed);
  },
};

function network(demands: readonly number[], think: number, users: number): Model {
  const slowest = Math.max(...demands);
  const lengths = demands.map((_, i) => [`Q ${i + 1}`, seen(i)] as const);
  const shares = demands.map((_, i) => [`U ${i + 1}`, seen(demands.length + i)] as const);
  return {
    rate: Math.min(1 / slowest, users / (think + demands.reduce((sum, each) => sum + each, 0))),
    first: 60_000,
    most: 400_000,
    // All begin at once.
    warmUp: 5,
    measures: {X: throughput, R: stay, ...Object.fromEntries([...lengths, ...shares])},
    look: {
      every: slowest / 2,
      of: (stations, now) => {
        const present = stations.map(station => station.present(now));
        return [...present, ...present.map(count => Math.min(1, count))];
      },
    },
    build: world => {
      const steps = demands.map(each => [{service: world.service(), work: exponential(each)}]);
      world.client({users, think: think > 0 ? exponential(think) : constant(0), steps});
    },
  };
}
