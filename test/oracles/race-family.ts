// Connections that are lost in a rolling update: a pod stops listening so long after its deletion,
// and each node chooses it until the news has come and its kube-proxy has synced. One pod after
// another is replaced, each when all nodes know the one before, so that each is one of n choices.

import {second, seconds, type Time} from '../../src/engine/time.ts';
import type {NodeId, PodId, ServiceId} from '../../src/objects/ids.ts';
import {builtFrom, quiet, serviceOf, type World, written} from './built.ts';
import * as busy from './busy-proxies.ts';
import type {FamilyGroup} from './families.ts';
import {estimated, exact, type Figure} from './figure.ts';
import {expectedNumbers, type Oracle, parameter} from './oracle-file.ts';
import {seconds as lasting} from './traffic-scenario.ts';

export const raceFamily: FamilyGroup = {
  names: ['race'],
  figures: ({oracle}, seed) => figuresOf(oracle, seed),
  scenarios: ({oracle}, seed) => [textOf(planOf(oracle), seed)],
};

type Plan = busy.BusyWish & {
  /** In seconds: from the deletion to SIGTERM, after which connections are refused. */
  readonly grace: number;
  readonly rates: readonly number[];
  readonly rollouts: number;
  /** From one rollout to the next. */
  readonly apart: number;
};

const pods = 2;
const nodes = 20;
const batches = 30;

function planOf(oracle: Oracle): Plan {
  const [news, period, grace] = ['a', 'm', 'S'].map(name => parameter(oracle, name));
  const rates = expectedNumbers(oracle).flatMap(([name]) => rateOf(name) ?? []);
  // Begun one after the other at the moments of a period that leave the smallest gaps.
  const apart = Math.ceil(pods * (8 * news + minReady({news, period, grace}) + 1)) + 1;
  const loses = grace < news + period;
  return {
    ...{news, period, grace, nodes},
    rates: rates.length > 0 ? rates : [100],
    rollouts: loses ? batches * Math.max(2, Math.min(7, Math.floor(190 / apart))) : batches,
    apart: Math.ceil(apart / period) * period + 0.618034 * period,
  };
}

/** All nodes know of a new pod, and the old one is gone, before the next is deleted. */
function minReady({news, period, grace}: Pick<Plan, 'news' | 'period' | 'grace'>): number {
  return Math.ceil(grace + news + period) + 2;
}

function rateOf(name: string): number | undefined {
  const found = /^failedPerRolloutAt(\d+)rps$/.exec(name);
  return found === null ? undefined : Number(found[1]);
}

function textOf(plan: Plan, seed: number): string {
  const {grace, rates, rollouts, apart} = plan;
  const from = busy.busyFrom(plan);
  const {kubelet, ...cluster} = busy.busyCluster(plan);
  const question = `How many connections does a rolling update cost with a preStop of ${grace} s?`;
  return written([
    {
      ...quiet(seed, question, lasting(from + (rollouts + 2) * apart)),
      cluster: {...cluster, kubelet: {...kubelet, ...ownTimes(plan)}},
      ...(grace > 0 && {behaviour: [{selector: 'app=web', preStopTakes: lasting(grace)}]}),
      timeline: [
        busy.joining(plan),
        ...Array.from({length: rollouts}, (_, i) => ({
          ...{at: lasting(from + (i + 1) * apart), do: 'rollout-restart'},
          target: 'deployment/web',
        })),
      ],
      workload: busy.busyWork(plan),
      traffic: rates.map(rate => ({
        ...{name: `at-${rate}`, to: 'web', every: lasting(1 / rate), connectTimeout: '100ms'},
        starts: lasting(from),
      })),
    },
    serviceOf('web'),
    deployment(plan),
    ...busy.busyServices(plan),
  ]);
}

/** A pod refuses until the last node has gone away from it. */
function ownTimes({news, period}: Plan): object {
  return {
    ...{lifecycle: 'detailed', podStart: '0s'},
    ...{observe: '0s', syncTick: '0s', imageCheck: '0s', containerStart: '0s', sandboxStop: '0s'},
    stopTime: lasting(2 * news + period + 1),
  };
}

function deployment(plan: Plan): object {
  const {news, period, grace} = plan;
  const preStop = grace > 0 && {lifecycle: {preStop: {exec: {command: ['sleep']}}}};
  const template = {
    metadata: {labels: {app: 'web'}},
    spec: {
      nodeSelector: {pool: 'servers'},
      terminationGracePeriodSeconds: Math.ceil(grace + 2 * news + period + 10),
      containers: [{name: 'main', image: 'web:1', ...preStop}],
    },
  };
  const strategy = {rollingUpdate: {maxSurge: 0, maxUnavailable: 1}};
  const minReadySeconds = minReady(plan);
  return {
    ...{apiVersion: 'apps/v1', kind: 'Deployment', metadata: {name: 'web'}},
    spec: {
      replicas: pods,
      minReadySeconds,
      selector: {matchLabels: {app: 'web'}},
      strategy,
      template,
    },
  };
}

async function figuresOf(oracle: Oracle, seed: number): Promise<readonly Figure[]> {
  const plan = planOf(oracle);
  const {rates, rollouts, apart} = plan;
  const world = await builtFrom(textOf(plan, seed), {relativeError: 0.01, waits: false});
  const longest = longestNews(world, plan);
  world.start();
  // In the middle between two, no old pod is still chosen.
  const begin = busy.busyFrom(plan) + apart - 1;
  world.simulation.run(seconds(begin));
  const each = rollouts / batches;
  const failures = Array.from({length: batches}, (_, i) => {
    world.requests?.startRecords();
    world.simulation.run(seconds(begin + (i + 1) * each * apart));
    const records = world.requests?.records() ?? [];
    return records.map(record => (record.sent - record.count('ok')) / each);
  });
  const together = rates.reduce((sum, rate) => sum + rate, 0);
  const samples: Record<string, readonly number[]> = {
    EexposureSeconds: failures.map(lost => lost.reduce((sum, count) => sum + count, 0) / together),
  };
  for (const [i, rate] of rates.entries()) {
    samples[`failedPerRolloutAt${rate}rps`] = failures.map(lost => lost[i]);
  }
  return expectedNumbers(oracle).map(([name, expected]) => {
    if (name === 'Sneeded') return exact(name, expected, longest() / second);
    const sample = samples[name] ?? [];
    const stretches = sample.filter(count => count > 0).length * 10;
    return estimated(name, expected, {sample, stretches, loosest: 0.3});
  });
}

/** From a kubelet's hearing of a deletion until a node no longer chooses the pod. */
function longestNews({simulation, store, network}: World, {news}: Plan): () => Time {
  let longest: Time = 0;
  const deleted = new Map<number, {readonly heard: Time; readonly known: Set<NodeId>}>();
  const heardAfter = seconds(news);
  const isWeb = (service: ServiceId) => store.services.nameOf(service) === 'default/web';
  store.signals.terminating.watch((pod: PodId) => {
    if (!store.pods.name(pod).startsWith('web-')) return;
    const heard = simulation.now + heardAfter;
    deleted.set(store.pods.serial(pod), {heard, known: new Set()});
  });
  network?.views.moved.watch((node, service) => {
    if (!isWeb(service)) return;
    const {targets} = network.views.choices(node, service, 0, 'internal');
    const chosen = new Set(targets.map(({serial}) => serial));
    for (const [serial, {heard, known}] of deleted) {
      if (chosen.has(serial) || known.has(node)) continue;
      known.add(node);
      longest = Math.max(longest, simulation.now - heard);
      if (known.size > nodes) deleted.delete(serial);
    }
  });
  return () => longest;
}
