// Where a pod costs least. A node in use is paid for anyway, an unused one would have to be paid
// from now on; of nodes in use those whose price for what the pod takes is low, so that dear ones
// can become empty; of equal ones the fullest. A node without a price costs nothing.
//
//   cost = (unused ? price : 0) + price × share taken + price × share left free / 1000
//
// What is taken is of the resource of which the pod takes the largest share, devices among them;
// what is left is the mean of cpu and memory.

import {priceOf} from '../../../objects/node-price.ts';
import type {NodeInfo} from '../../cache/node-info.ts';
import type {PodShape} from '../../cache/pod-shape.ts';
import {definePlugin} from '../../framework.ts';

export const costAware = definePlugin({
  name: 'CostAware',
  create: () => ({
    reads: {score: 'node'},
    ties: 'first',
    // In millionths of money an hour, negative: at most 2.001 × 10^9, which an Int32 holds.
    score: ({shape}, node) => -Math.round(costOn(node, shape)),
    normalizeScores: (_pod, scores) => spread(scores),
  }),
});

function costOn(node: NodeInfo, {requests, gpu}: PodShape): number {
  const price = priceOf(node.object);
  if (price === 0) return 0;
  const {allocatableCpuMillicores: cpu, allocatableMemoryBytes: memory} = node;
  const devices = node.devices.free.length * 1000;
  const taken = Math.max(
    part(requests.cpuMillicores, cpu),
    part(requests.memoryBytes, memory),
    part(gpu === undefined ? 0 : gpu.count * gpu.milli, devices),
  );
  const left =
    part(cpu - node.requestedCpuMillicores - requests.cpuMillicores, cpu) / 2 +
    part(memory - node.requestedMemoryBytes - requests.memoryBytes, memory) / 2;
  const opened = isInUse(node) ? 0 : price;
  return opened + price * taken + (price * left) / 1000;
}

/** From 0 to 1, whatever a node is overcommitted by. */
function part(amount: number, whole: number): number {
  return whole === 0 ? 0 : Math.min(1, Math.max(0, amount / whole));
}

/** As metrics have it: by a pod other than a DaemonSet's. */
function isInUse({pods}: NodeInfo): boolean {
  return pods.some(({shape}) => shape.template.owner?.kind !== 'DaemonSet');
}

/** 100 for the cheapest alone, the dearest 0, the others between them by their cost. */
function spread(scores: Int32Array): void {
  let dearest = scores[0];
  let cheapest = scores[0];
  for (let i = 1; i < scores.length; i++) {
    if (scores[i] < dearest) dearest = scores[i];
    else if (scores[i] > cheapest) cheapest = scores[i];
  }
  const range = cheapest - dearest;
  for (let i = 0; i < scores.length; i++) {
    scores[i] = range === 0 ? 100 : Math.floor((100 * (scores[i] - dearest)) / range);
  }
}
