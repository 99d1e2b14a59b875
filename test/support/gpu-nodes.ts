// Nodes with devices and pods that take of them, for scorers: as the scheduler's cache has them.

import type {GpuRequest} from '../../src/objects/gpu.ts';
import type {PodId} from '../../src/objects/ids.ts';
import {NodeInfo} from '../../src/scheduler/cache/node-info.ts';
import {PodInfo} from '../../src/scheduler/cache/pod-info.ts';
import {PodShapes} from '../../src/scheduler/cache/pod-shape.ts';
import {containerWith, nodeWith, templateWith} from './pods-and-nodes.ts';

const shapes = new PodShapes(36);
let made = 0;

/** `gpu`: milli of one device, or so many whole ones. */
export function gpuPod({cpu = 0, gpu}: {cpu?: number; gpu?: number | GpuRequest}): PodInfo {
  const containers = [containerWith(new Map([['cpu', cpu]]))];
  const template = templateWith({spec: {containers, gpu: asked(gpu)}});
  return new PodInfo(made++ as PodId, `pod-${made}`, shapes.of(template), 0);
}

function asked(gpu: number | GpuRequest | undefined): GpuRequest | undefined {
  if (typeof gpu !== 'number') return gpu;
  return gpu < 32 ? {count: gpu, milli: 1000, models: []} : {count: 1, milli: gpu, models: []};
}

/** `used`: what is taken of each device, by one pod each; cpu in milli. */
export function gpuNode({
  cpu = 64_000,
  used = [],
  cpuUsed = 0,
}: {
  cpu?: number;
  used?: readonly number[];
  cpuUsed?: number;
}): NodeInfo {
  const allocatable = new Map([
    ['cpu', cpu],
    ['memory', 2 ** 38],
    ['pods', 110],
    ['alibabacloud.com/gpu-count', used.length],
  ]);
  const node = new NodeInfo(nodeWith(`node-${made++}`, {allocatable}));
  used.forEach((milli, i) => {
    if (milli === 0) return;
    const pod = gpuPod({gpu: milli === 1000 ? 1 : milli});
    pod.devices = 2 ** i;
    pod.node = node;
    node.add(pod);
  });
  if (cpuUsed > 0) node.add(gpuPod({cpu: cpuUsed}));
  return node;
}
