// When a client sends its first packet again to a Service behind which nobody is reached, and when
// it gives up: one request after the other, each into a cut of the network that ends a little after
// one of the packets, so that the next one is answered.

import {second, seconds, type Time} from '../../src/engine/time.ts';
import {allocatable, builtFrom, deploymentOf, quiet, serviceOf, written} from './built.ts';
import type {FamilyGroup} from './families.ts';
import {type Figure, same} from './figure.ts';
import {expectedNumbers, type Oracle, parameter} from './oracle-file.ts';
import {seconds as lasting} from './traffic-scenario.ts';

export const synFamily: FamilyGroup = {
  names: ['syn'],
  figures: ({oracle}, seed) => figuresOf(oracle, seed),
  scenarios: ({oracle}, seed) => [textOf(planOf(oracle), seed)],
};

type Plan = {
  readonly retries: number;
  readonly linear: number;
  /** In seconds: how long nobody is reached from each request on. */
  readonly silences: readonly number[];
  readonly apart: number;
};

/** Between two packets. */
const moment = 0.25;
const begins = 100;

function planOf(oracle: Oracle): Plan {
  const figures = expectedNumbers(oracle);
  const sent = figures.flatMap(([name, time]) => (name.startsWith('sendTimes ') ? [time] : []));
  const last = Math.max(0, ...figures.map(([, time]) => time));
  return {
    linear: parameter(oracle, 'linear'),
    retries: oracle.params.retries === undefined ? 6 : parameter(oracle, 'retries'),
    // The first packet meets no silence, each other the one in which the packet before was sent.
    silences: [0, ...sent.map(time => time + moment)],
    apart: Math.ceil(1.5 * last) + 10,
  };
}

function textOf({retries, linear, silences, apart}: Plan, seed: number): string {
  const question = 'When is a first packet sent again that nobody answers?';
  const nodes = ['servers', 'callers'].map(name => ({name, count: 1, allocatable}));
  return written([
    {
      ...quiet(seed, question, lasting(begins + (silences.length + 2) * apart)),
      cluster: {
        nodes,
        controlPlane: {latency: 'none'},
        controllerManager: {nodeMonitorGracePeriod: '1000h'},
        kubelet: {lifecycle: 'simple', podStart: '0s', boot: '0s'},
        network: {
          ...{latency: 'none', proxy: {minSync: '0s', syncTakes: '0s'}},
          tcp: {synRetries: retries, synLinearTimeouts: linear},
        },
      },
      faults: silences.flatMap((length, i) =>
        length === 0
          ? []
          : [
              {
                ...{kind: 'network-partition', between: 'servers-0', and: 'callers-0'},
                at: lasting(begins + (i + 1) * apart - 1),
                lasts: lasting(length + 1),
              },
            ],
      ),
      traffic: [
        {
          ...{name: 'caller', from: 'deployment/caller', to: 'web'},
          ...{starts: lasting(begins), every: lasting(apart)},
        },
      ],
    },
    serviceOf('web'),
    deploymentOf('web', 'servers-0'),
    deploymentOf('caller', 'callers-0'),
  ]);
}

async function figuresOf(oracle: Oracle, seed: number): Promise<readonly Figure[]> {
  const plan = planOf(oracle);
  const {apart, silences} = plan;
  const world = await builtFrom(textOf(plan, seed), {relativeError: 0.001, waits: false});
  world.start();
  world.simulation.run(seconds(begins + 0.5 * apart));
  const waits = silences.map((_, i): {answered: Time | undefined; lost: Time | undefined} => {
    world.requests?.startRecords();
    world.simulation.run(seconds(begins + (i + 1.5) * apart) + (apart * second) / 2 - second);
    const record = world.requests?.records()[0];
    return {answered: record?.latency.max, lost: record?.failedLatency.max};
  });
  return expectedNumbers(oracle).map(([name, expected]) => {
    const found = /^sendTimes (\d+)$/.exec(name);
    const wait = found === null ? waits.at(-1)?.lost : waits[Number(found[1]) - 1]?.answered;
    return same(name, expected, (wait ?? Number.NaN) / second);
  });
}
