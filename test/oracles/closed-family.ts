// Users who think, send one request through all stations, and think again (exact MVA).

import type {Batch, Measure, Model} from './batches.ts';
import {present, seen, stay, throughput} from './measures.ts';
import {modelGroup} from './model-group.ts';
import {listed, parameter} from './oracle-file.ts';
import {constant, exponential} from './traffic-scenario.ts';

export const closedFamily = modelGroup(['mva'], ({oracle}) => {
  const [think, users] = ['Z', 'N'].map(name => parameter(oracle, name));
  return [network(listed(oracle, 'demands'), think, users)];
});

function network(demands: readonly number[], think: number, users: number): Model {
  const slowest = Math.max(...demands);
  const programs = demands.map((each, i) => ({
    ...{name: `station-${i + 1}`, workers: 1, takes: exponential(each)},
  }));
  const calls = programs.map(({name}) => ({to: name}));
  return {
    rate: Math.min(1 / slowest, users / (think + demands.reduce((sum, each) => sum + each, 0))),
    ...{first: 60_000, most: 400_000},
    // All begin at once.
    warmUp: 5,
    measures: {
      ...{X: throughput, R: stay},
      ...Object.fromEntries(demands.map((_, i) => [`Q ${i + 1}`, atStation(i, present)])),
      ...Object.fromEntries(demands.map((_, i) => [`U ${i + 1}`, seen(1 + i)])),
    },
    // Pods are met in the order of the calls, the front first.
    look: {every: slowest / 2, of: counts => counts.map(count => Math.min(1, count))},
    scenario: {
      question: 'What do users wait for who think, and send again?',
      programs: [{name: 'front', calls}, ...programs],
      callers: [
        {
          ...{name: 'users', to: 'front', users},
          think: think > 0 ? exponential(think) : constant(0),
        },
      ],
    },
  };
}

/** Of the calls that get there. */
function atStation(place: number, {of}: Measure): Measure {
  return {of: (batch: Batch) => of({...batch, record: batch.records[1 + place]})};
}
