// How evenly a Service's pods are chosen: by requests, and by connections that are kept.

import type {Batch, Measure, Model} from './batches.ts';
import {seen} from './measures.ts';
import {modelGroup} from './model-group.ts';
import {expectedNumbers, type KnownOracle, type Oracle, parameter} from './oracle-file.ts';
import {constant} from './traffic-scenario.ts';

export const uniformFamilies = modelGroup(['chi2', 'conn-imbalance', 'req-count-cv'], known => [
  modelOf(known),
]);

function modelOf({family, oracle}: KnownOracle): Model {
  if (family === 'chi2') return chiSquare(oracle);
  return family === 'req-count-cv' ? counts(oracle) : connections(oracle);
}

/** So many requests after one another, each to some pod. */
function spread(pods: number, requests: number): Model {
  // A batch lasts ten units.
  const rate = requests / 10;
  return {
    rate,
    batchRequests: requests,
    measures: {},
    scenario: {
      question: `How evenly do ${requests} requests fall on ${pods} pods?`,
      programs: [{name: 'web', pods}],
      callers: [{name: 'clients', to: 'web', every: 1 / rate}],
    },
  };
}

const loadsOf = ({record}: Batch): number[] => [...record.loads()].map(({requests}) => requests);

/** The sum of squares of distances to the mean, of pods without a request, too. */
function squares(batch: Batch, pods: number, mean: number): number {
  const loads = loadsOf(batch);
  const idle = (pods - loads.length) * mean ** 2;
  return loads.reduce((sum, count) => sum + (count - mean) ** 2, idle);
}

/** A statistic above the value that belongs to a chance comes with that chance. */
function chiSquare(oracle: Oracle): Model {
  const pods = parameter(oracle, 'n');
  const mean = 20;
  const measures = expectedNumbers(oracle).map(([name, critical]): [string, Measure] => {
    const beyond = (batch: Batch) => (squares(batch, pods, mean) / mean > critical ? 1 : 0);
    const expected = Number(name.slice(1));
    // Were a hundredth of 0.001 to be known, it would take 40 million batches.
    return [name, {of: beyond, times: beyond, expected, loosest: Infinity}];
  });
  const model = spread(pods, mean * pods);
  const batches = 10_000;
  const first = batches * mean * pods;
  return {...model, first, most: first, measures: Object.fromEntries(measures)};
}

function counts(oracle: Oracle): Model {
  const [pods, requests] = ['n', 'R'].map(name => parameter(oracle, name));
  const mean = requests / pods;
  const square = (batch: Batch) => squares(batch, pods, mean) / pods;
  return {
    ...spread(pods, requests),
    ...{first: 5_000_000, most: 30_000_000, loosest: 0.1},
    measures: {
      mean: {of: batch => loadsOf(batch).reduce((sum, count) => sum + count, 0) / pods},
      sd: {of: square, root: true},
      cv: {of: batch => square(batch) / mean ** 2, root: true},
    },
  };
}

/**
 * All callers send in step, each over its own connection, which is closed after so many requests:
 * so all choose anew at once.
 */
function connections(oracle: Oracle): Model {
  const [pods, users] = ['n', 'connections'].map(name => parameter(oracle, name));
  const requests = 3;
  const mean = users / pods;
  return {
    rate: users,
    first: 30_000 * users,
    most: 60_000 * users,
    look: {
      every: requests,
      of: present => {
        const most = Math.max(...present);
        const idle = pods - present.filter(count => count > 0).length;
        const squares = present.reduce((sum, count) => sum + (count - mean) ** 2, 0);
        const apart = squares + (pods - present.length) * mean ** 2;
        return [most, most / mean, idle > 0 ? 1 : 0, idle / pods, apart / pods / mean ** 2];
      },
    },
    measures: {
      Emax: seen(0),
      EmaxOverMean: seen(1),
      PsomePodIdle: rare(2),
      PgivenPodIdle: rare(3),
      cvPerPodCount: {...seen(4), root: true},
    },
    scenario: {
      question: `How evenly do ${users} kept connections fall on ${pods} pods?`,
      programs: [{name: 'web', pods, takes: constant(1)}],
      callers: [
        {
          ...{name: 'users', to: 'web', users, think: constant(0)},
          more: {keepAlive: {connections: users, requests}},
        },
      ],
    },
  };
}

const rare = (place: number): Measure => ({
  ...seen(place),
  times: batch => (batch.seen[place] * batch.length) / 3,
});
