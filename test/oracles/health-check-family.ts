// How long a load balancer goes on to use a node that fails its checks: one of two nodes fails over
// and over, the requests that still come its way are counted, and they come at even times. Refused:
// kube-proxy is gone, and with it the port that is checked; blackholed: the machine has no power.

import {second} from '../../src/engine/time.ts';
import type {NodeId} from '../../src/objects/ids.ts';
import {mean} from '../support/statistics.ts';
import {
  allocatable,
  builtFrom,
  deploymentOf,
  quiet,
  serviceOf,
  type World,
  written,
} from './built.ts';
import type {FamilyGroup} from './families.ts';
import {estimated, exact, type Figure} from './figure.ts';
import {expectedNumbers, type Oracle, parameter} from './oracle-file.ts';
import {seconds as lasting} from './traffic-scenario.ts';

export const healthCheckFamily: FamilyGroup = {
  names: ['hc'],
  figures: ({oracle}, seed) => figuresOf(oracle, seed),
  scenarios: ({oracle}, seed) => ways.map((way, i) => textOf(planOf(oracle), way, 10 * seed + i)),
};

const ways = ['refused', 'blackhole'] as const;
type Way = (typeof ways)[number];

type Plan = {
  /** In seconds. */
  readonly interval: number;
  readonly timeout: number;
  readonly threshold: number;
  readonly failures: number;
  /** Between two requests, and how long each failure lasts. */
  readonly gap: number;
  readonly down: number;
};

const begins = 100;

function planOf(oracle: Oracle): Plan {
  const [interval, timeout, threshold] = ['interval', 'timeout', 'unhealthyThreshold'].map(name =>
    parameter(oracle, name),
  );
  // For one per cent of the mean.
  const wanted = 3_500 / (threshold - 0.5) ** 2;
  return {
    // No whole number of requests fits into an interval, or all counts would err alike.
    ...{interval, timeout, threshold, gap: interval / 201.236068},
    failures: Math.min(5_000, Math.max(400, Math.ceil(wanted))),
    down: (threshold + 1) * interval + timeout,
  };
}

/** Any moment between two checks is as likely. */
const upOf = ({interval}: Plan) => ({
  uniform: {from: lasting(2 * interval), to: lasting(4 * interval)},
});

function textOf(plan: Plan, way: Way, seed: number): string {
  const {interval, timeout, threshold, failures, gap, down} = plan;
  const length = begins + failures * (down + 3 * interval);
  const question = 'How long does a load balancer use a node that fails its checks?';
  return written([
    {
      ...quiet(seed, question, lasting(length)),
      cluster: {
        nodes: [{name: 'n', count: 2, allocatable}],
        controlPlane: {latency: 'none'},
        controllerManager: {nodeMonitorGracePeriod: '100000h'},
        kubelet: {lifecycle: 'simple', podStart: '0s', boot: '0s'},
        network: {
          latency: 'none',
          proxy: {minSync: '0s', syncTakes: '0s', starts: '0s'},
          loadBalancers: {
            ...{takes: '0s', balance: 'round-robin'},
            healthCheck: {
              ...{interval: lasting(interval), timeout: lasting(timeout)},
              ...{healthy: 1, unhealthy: threshold},
            },
          },
        },
      },
      faults: [
        {
          ...{kind: way === 'refused' ? 'proxy-stop' : 'node-crash', node: 'n-0'},
          ...{up: upOf(plan), down: lasting(down), start: 'fresh'},
        },
      ],
      traffic: [
        {
          ...{name: 'clients', from: 'outside', to: 'web', every: lasting(gap)},
          ...{starts: lasting(begins), connectTimeout: lasting(gap / 4)},
        },
      ],
    },
    serviceOf('web', {type: 'LoadBalancer', externalTrafficPolicy: 'Local'}),
    deploymentOf('first', 'n-0', 'web'),
    deploymentOf('second', 'n-1', 'web'),
  ]);
}

async function figuresOf(oracle: Oracle, seed: number): Promise<readonly Figure[]> {
  const plan = planOf(oracle);
  const names = expectedNumbers(oracle);
  const found: Record<string, readonly number[]> = {};
  for (const [i, way] of ways.entries()) {
    const about = way === 'refused' ? /Refused$/ : /Blackhole$/;
    if (!names.some(([name]) => about.test(name))) continue;
    found[way] = await delaysOf(plan, way, 10 * seed + i);
  }
  return names.map(([name, expected]) => {
    const delays = found[name.endsWith('Refused') ? 'refused' : 'blackhole'] ?? [];
    if (name.startsWith('max')) return exact(name, expected, Math.max(...delays));
    return estimated(name, expected, {
      sample: inBatches(delays),
      stretches: Infinity,
      loosest: 0.03,
    });
  });
}

function inBatches(delays: readonly number[]): readonly number[] {
  const size = Math.max(1, Math.floor(delays.length / 50));
  const count = Math.floor(delays.length / size);
  return Array.from({length: count}, (_, i) => mean(delays.slice(i * size, (i + 1) * size)));
}

/** Of each failure, in seconds: every other request comes to the node while it is believed in. */
async function delaysOf(plan: Plan, way: Way, seed: number): Promise<readonly number[]> {
  const world = await builtFrom(textOf(plan, way, seed), {relativeError: 0.01, waits: false});
  const {machines} = world;
  const delays: number[] = [];
  let before: number | undefined;
  const come = way === 'refused' ? () => taken(world) : () => lost(world);
  const fails = (node: NodeId) => {
    before = node === 0 && world.simulation.now > begins * second ? come() : undefined;
  };
  const returns = () => {
    if (before !== undefined) delays.push((come() - before) * 2 * plan.gap);
    before = undefined;
  };
  const [failed, back] =
    way === 'refused'
      ? [machines.proxyStopped, machines.proxyStarted]
      : [machines.poweredOff, machines.poweredOn];
  failed.watch(fails);
  back.watch(returns);
  world.start();
  world.simulation.run(world.duration);
  return delays;
}

/** By the pod on the node that fails. */
function taken({requests}: World): number {
  const loads = [...(requests?.records()[0].loads() ?? [])];
  return loads.find(({endpoint}) => endpoint.startsWith('first-'))?.requests ?? 0;
}

function lost({requests}: World): number {
  const record = requests?.records()[0];
  return record === undefined ? 0 : record.count('connect-timeout');
}
