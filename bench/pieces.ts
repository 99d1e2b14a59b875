// The small pieces that runs spend their time in, each by itself, by benchmark.js.

import Benchmark from 'benchmark';
import {EventQueue} from '../src/engine/event-queue.ts';
import {Histogram} from '../src/engine/histogram.ts';
import {Simulation} from '../src/engine/simulation.ts';
import {readManifests} from '../src/manifests/read.ts';
import type {PodId} from '../src/objects/ids.ts';
import {PodInfo} from '../src/scheduler/cache/pod-info.ts';
import {nodeWith, templateWith} from '../test/support/pods-and-nodes.ts';
import {profileOver} from '../test/support/profile-over.ts';
import {holdRate} from './engine.ts';
import type {Measurement} from './measurement.ts';

/** Through named kinds of a Simulation, in CPU seconds. */
export function measureEngine(): Measurement[] {
  return [1_000, 10_000, 100_000, 1_000_000].map(pending => ({
    workload: 'engine',
    what: `holds through named kinds, ${pending} pending`,
    value: Math.max(...[1, 2, 3].map(() => holdRate(pending, 5_000_000).perCpuSecond)) / 1e6,
    unit: 'million a CPU s',
    limit: pending === 100_000 ? 8 : undefined,
  }));
}

export function measurePieces(): Measurement[] {
  return pieces().map(([what, work]) => {
    const before = process.cpuUsage();
    const start = performance.now();
    const {stats} = new Benchmark(what, work).run();
    const {user, system} = process.cpuUsage(before);
    // The clock goes on while others have the processor.
    const share = Math.min(1, (user + system) / 1000 / (performance.now() - start));
    return {workload: 'pieces', what, value: stats.mean * share * 1e9, unit: 'ns'};
  });
}

function pieces(): [string, () => void][] {
  return [
    ['queue: a hold, 1000 pending', holding(1_000)],
    ['queue: a hold, 100000 pending', holding(100_000)],
    ...drawing(),
    ['histogram: a record', recording()],
    ...askingANode(),
    ['manifests: a file of 100 Pods, all different', reading(pod => `${pod + 1}m`)],
    ['manifests: a file of 100 Pods, all alike', reading(() => '100m')],
  ];
}

function holding(pending: number): () => void {
  const queue = new EventQueue();
  const delays = new Simulation({seed: 1}).random('bench/delays');
  const next = Array.from({length: 65536}, () => Math.ceil(delays.exponential(1_000_000)));
  for (let i = 0; i < pending; i++) queue.push(next[i & 65535], 0, i, 0);
  let turn = 0;
  return () => {
    const {time} = queue.table;
    const slot = queue.pop(Infinity);
    queue.push(time[slot] + next[turn++ & 65535], 0, turn, 0);
  };
}

function drawing(): [string, () => void][] {
  const stream = new Simulation({seed: 1}).random('bench/draws');
  return [
    ['random: a uniform draw', () => stream.uniform()],
    ['random: an exponential draw', () => stream.exponential(1)],
    ['random: a lognormal draw', () => stream.lognormal({median: 1, sigma: 1})],
  ];
}

function recording(): () => void {
  const histogram = new Histogram();
  let value = 1;
  return () => {
    value = (value * 48271) % 2147483647;
    histogram.record(value);
  };
}

function askingANode(): [string, () => void][] {
  const {cache, profile} = profileOver(36);
  const node = cache.addNode(nodeWith('node'));
  const template = templateWith({cpuMillicores: 500, memoryBytes: 2 ** 30});
  const pod = new PodInfo(0 as PodId, 'pod', cache.shapes.of(template), 0);
  profile.preFilter(pod);
  const {score} = profile.plugins;
  const counting = score.filter((_, i) => profile.preScore(i, pod, cache.nodes));
  return [
    ['scheduler: the filters over a node', () => profile.filter(pod, node)],
    [
      'scheduler: the scores of a node',
      () => {
        for (const {plugin} of counting) plugin.score?.(pod, node);
      },
    ],
  ];
}

function reading(cpuOf: (pod: number) => string): () => void {
  const file = Array.from({length: 100}, (_, pod) => podText(pod, cpuOf(pod))).join('---\n');
  return () => {
    readManifests(file, {file: 'pods.yaml'});
  };
}

function podText(pod: number, cpu: string): string {
  return `apiVersion: v1
kind: Pod
metadata:
  name: pod-${pod}
  labels: {app: web}
spec:
  containers:
    - name: main
      image: registry.example/app:1
      resources:
        requests: {cpu: ${cpu}, memory: 1Gi}
`;
}
