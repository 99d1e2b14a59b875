// Scores worked out by hand from the table of the FGD experiment (Weng et al., USENIX ATC 2023, and
// its simulator), 128 cores and 8 devices being the largest node.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import type {NodeInfo} from '../../../../src/scheduler/cache/node-info.ts';
import type {PodInfo} from '../../../../src/scheduler/cache/pod-info.ts';
import type {Plugin} from '../../../../src/scheduler/framework.ts';
import {strategies} from '../../../../src/scheduler/plugins/strategies/index.ts';
import {CaseWorld} from '../../../conformance/case-world.ts';
import {gpuNode, gpuPod} from '../../../support/gpu-nodes.ts';

const world = new CaseWorld({kubernetesVersion: '1.36', features: {}}, {onFirstNode: false});

function made(name: string, args: object = {}): Plugin {
  const strategy = strategies.get(name);
  if (strategy === undefined) throw new Error(`no strategy ${name}`);
  const {plugin} = strategy;
  return plugin.create(world.handle, plugin.options?.parse(args));
}

type Row = readonly [node: NodeInfo, pod: PodInfo, score: number];

function raw(name: string, rows: readonly Row[], args: object = {}): void {
  const plugin = made(name, args);
  rows.forEach(([node, pod, score], i) => {
    assert.is(Math.trunc(plugin.score?.(pod, node) ?? -1), score, `${name}, row ${i}`);
  });
}

function normalised(name: string, nodes: NodeInfo[], pod: PodInfo): number[] {
  const plugin = made(name);
  const scores = Int32Array.from(nodes, node => plugin.score?.(pod, node) ?? 0);
  plugin.normalizeScores?.(pod, scores, nodes);
  return [...scores];
}

const half = gpuPod({cpu: 32_000, gpu: 500});
const idle = [0, 0, 0, 0, 0, 0, 0, 0];

test('BestFit', () => {
  raw('best-fit', [
    // 1 - 0.5 * 32/128 - 0.5 * 1.5/8 = 0.78125
    [gpuNode({cpu: 64_000, used: [0, 0]}), half, 78],
    // Nothing is left over.
    [gpuNode({cpu: 32_000, used: [500]}), half, 100],
    // 1 - 0.5 * 96/128 - 0.5 * 7.5/8
    [gpuNode({cpu: 128_000, used: idle}), half, 15],
    // A pod without devices: 1 - 0.5 * 60/128 - 0.5 * 2/8 = 0.640625
    [gpuNode({cpu: 64_000, used: [0, 0]}), gpuPod({cpu: 4000}), 64],
    // Beyond the largest node: 1 - 0.5 * 256/128 = 0
    [gpuNode({cpu: 384_000}), gpuPod({cpu: 128_000}), 0],
  ]);
  const nodes = [[0, 0], [500], idle].map(used => gpuNode({cpu: 64_000, used}));
  // 78, 87 and 40: (78 - 40) * 100 / 47
  assert.equal(normalised('best-fit', nodes, half), [80, 100, 0]);
  assert.equal(normalised('best-fit', [nodes[0], nodes[0]], half), [0, 0]);
});

test('WorstFit', () => {
  const nodes = [[0, 0], [500], idle].map(used => gpuNode({cpu: 64_000, used}));
  // 100 × what is left over: 21.875, 12.5 and 59.375, cut down.
  assert.equal(normalised('worst-fit', nodes, half), [19, 0, 100]);
});

test('DotProduct', () => {
  raw('dot-product', [
    // 1 - (64/128 * 32/128 + 2/8 * 0.5/8) / 2 = 0.9296875
    [gpuNode({cpu: 64_000, used: [0, 0]}), half, 92],
    // 1 - (1 * 1 + 1 * 1) / 2
    [gpuNode({cpu: 128_000, used: idle}), gpuPod({cpu: 128_000, gpu: 8}), 0],
    [gpuNode({cpu: 64_000, used: [0]}), gpuPod({}), 100],
    // A node of 256 cores would come to -100.
    [gpuNode({cpu: 512_000, used: []}), gpuPod({cpu: 128_000}), 0],
  ]);
});

test('GpuPacking', () => {
  const share = gpuPod({gpu: 300});
  raw('gpu-packing', [
    [gpuNode({used: [0, 0]}), gpuPod({cpu: 1000}), 0],
    // All idle: max(33 - n, n).
    [gpuNode({used: [0, 0]}), share, 31],
    [gpuNode({used: idle}), share, 25],
    [gpuNode({used: Array.from({length: 20}, () => 0)}), share, 20],
    // Two whole devices of a node in use: max(50 - 2, 33).
    [gpuNode({used: [0, 400, 0]}), gpuPod({gpu: 2}), 48],
    // A share that only an idle device takes: 50 - 1.
    [gpuNode({used: [800, 0]}), share, 49],
    // A share in use of which 65 % is free: 100 - trunc(65 / 10).
    [gpuNode({used: [350, 0]}), share, 94],
    // The tighter of two: 30 % free.
    [gpuNode({used: [350, 700]}), share, 97],
    // Shares of three devices, 90 % free each: 100 - trunc(270 / 10)
    [gpuNode({used: [100, 100, 100, 0]}), gpuPod({gpu: {count: 3, milli: 900, models: []}}), 73],
    // 17 of 32 idle ones: never below 33.
    [gpuNode({used: [100, ...Array.from({length: 31}, () => 0)]}), gpuPod({gpu: 20}), 33],
  ]);
});

test('GpuClustering', () => {
  const share = gpuPod({gpu: 300});
  raw('gpu-clustering', [
    [gpuNode({used: [500]}), gpuPod({cpu: 1000}), 0],
    // trunc(25 * 6/8) = 18 for a node of two idle devices; 25 as no pod is there.
    [gpuNode({used: [0, 0], cpuUsed: 1000}), share, 43],
    // trunc(25 * 6.5/8) = 20, and pods of the same class alone.
    [gpuNode({used: [500, 0]}), share, 95],
    // trunc(25 * 7.5/8) = 23, and pods of this class and of another.
    [gpuNode({used: [500, 1000]}), share, 73],
    [gpuNode({used: [500, 1000]}), gpuPod({gpu: 1}), 73],
    // Pods of another class alone: trunc(25 * 7/8).
    [gpuNode({used: [1000, 0]}), share, 21],
    // More than 8 devices are idle.
    [gpuNode({used: [...idle, ...idle]}), share, 25],
  ]);
});

test('LeastAllocated and MostAllocated, of the resources that are chosen', () => {
  const node = gpuNode({cpu: 64_000, used: [0, 0]});
  const gpuAlone = {resources: [{name: 'gpu'}]};
  // cpu: 32 of 64; gpu: 500 of 2,000; memory: none of it.
  raw('least-allocated', [[node, half, Math.floor((50 + 100 + 75) / 3)]]);
  raw('most-allocated', [[node, half, Math.floor((50 + 0 + 25) / 3)]]);
  raw('least-allocated', [[node, half, 75]], gpuAlone);
  raw('most-allocated', [[node, half, 25]], gpuAlone);
  // Left out of the mean: what the pod does not ask for, what the node has none of.
  raw('most-allocated', [[node, gpuPod({cpu: 16_000}), Math.floor((25 + 0) / 2)]]);
  raw('most-allocated', [[gpuNode({}), half, 0]], gpuAlone);
});

test('FirstFit prefers none, and Random one', () => {
  const nodes = [gpuNode({}), gpuNode({}), gpuNode({})];
  raw('first-fit', [[nodes[0], half, 0]]);
  const random = made('random');
  random.preScore?.(half, nodes);
  const scores = nodes.map(node => random.score?.(half, node));
  assert.equal([...scores].sort(), [0, 0, 100]);
});

test('Random takes any node, and a share any device, equally often', () => {
  const nodes = [gpuNode({}), gpuNode({}), gpuNode({})];
  const node = gpuNode({used: [0, 800, 300, 0]});
  const counts = new Map<unknown, number>();
  const random = made('random');
  for (let i = 0; i < 3000; i++) {
    const pod = gpuPod({gpu: 400});
    random.preScore?.(pod, nodes);
    const chosen = nodes.findIndex(each => random.score?.(pod, each) === 100);
    const device = `device ${random.chooseDevices?.(pod, node)}`;
    for (const what of [chosen, device]) counts.set(what, (counts.get(what) ?? 0) + 1);
  }
  assert.equal([...counts.keys()].sort(), [0, 1, 2, 'device 1', 'device 4', 'device 8']);
  // Standard deviation 26.
  for (const count of counts.values()) assert.ok(Math.abs(count - 1000) < 110, `${count}`);
  // Whole devices in order.
  assert.is(random.chooseDevices?.(gpuPod({gpu: 2}), node), 0b1001);
  assert.is(random.chooseDevices?.(gpuPod({}), node), 0);
});

test('args are checked', () => {
  const wrong: [string, object, RegExp][] = [
    ['best-fit', {resources: []}, /expected at least one resource/],
    ['best-fit', {resources: [{name: 'cpu'}]}, /of/],
    ['best-fit', {resources: [{name: 'cpu', of: 0}]}, /expected a quantity above 0, got 0/],
    ['dot-product', {resources: [{name: 'cpu', of: 1, weight: 0}]}, /expected a weight above 0/],
    ['worst-fit', {resources: ['8', '9'].map(of => ({name: 'gpu', of}))}, /gpu is listed twice/],
    ['gpu-clustering', {devices: 0}, /expected a whole number from 1 to 32, got 0/],
    ['most-allocated', {resources: [{name: 'cpu', weight: 0.5}]}, /expected a whole number/],
  ];
  for (const [name, args, message] of wrong) assert.throws(() => made(name, args), message);
  // 4 cores and 2 devices of a node of 8 and 4: 1 - (0.25 + 0.25)
  const small = {
    resources: [
      {name: 'cpu', of: 8},
      {name: 'gpu', of: 4},
    ],
  };
  raw('best-fit', [[gpuNode({cpu: 4000, used: [0, 0]}), gpuPod({}), 50]], small);
});

test.run();
