// Prefers nodes whose resources are used alike, so that none is stranded when another runs out
// (kube-scheduler's NodeResourcesBalancedAllocation). From 1.36 on the change that the pod makes
// counts.

import type {NodeInfo} from '../cache/node-info.ts';
import type {PodInfo} from '../cache/pod-info.ts';
import type {PodShape} from '../cache/pod-shape.ts';
import {definePlugin} from '../framework.ts';
import {pluginArgs, resourceWeights} from './plugin-args.ts';
import {ResourceShares} from './resource-shares.ts';

export const nodeResourcesBalancedAllocation = definePlugin({
  name: 'NodeResourcesBalancedAllocation',
  // Weights are accepted and mean nothing; as ValidateNodeResourcesBalancedAllocationArgs, only 1.
  options: pluginArgs('NodeResourcesBalancedAllocationArgs', {resources: resourceWeights(1)}),

  create({kubernetes}, {resources}) {
    const shares = new ResourceShares(resources, {nonZero: false});
    const isDefault =
      resources.length === 2 && resources.every(({name}) => name === 'cpu' || name === 'memory');
    const balance = isDefault ? cpuAndMemoryBalance : sharesBalance(shares);
    let prepared: PodShape | undefined;

    function prepare(shape: PodShape): void {
      if (shape === prepared) return;
      prepared = shape;
      shares.want(shape.requests);
    }

    return {
      reads: {score: 'node'},

      // From 1.33 on a pod that asks for none of the resources balances nothing.
      preScore({shape}) {
        prepare(shape);
        return kubernetes >= 33 && shares.wanted.every(amount => amount === 0) ? 'skip' : undefined;
      },

      score(pod, node) {
        prepare(pod.shape);
        const after = balance(pod, node, 1);
        if (kubernetes < 36) return after;
        return 50 + ((50 + after - balance(pod, node, 0)) >> 1);
      },
    };
  },
});

/**
 * 100 for resources used alike, 50 for one full and one empty; `pods`: with the pod there (1) or
 * not (0).
 */
type Balance = (pod: PodInfo, node: NodeInfo, pods: 0 | 1) => number;

const cpuAndMemoryBalance: Balance = ({shape}, node, pods) => {
  const cpu = node.allocatableCpuMillicores;
  const memory = node.allocatableMemoryBytes;
  // Fewer than two resources are always in balance.
  if (cpu === 0 || memory === 0) return 100;
  const {requests} = shape;
  const cpuPart = (node.requestedCpuMillicores + pods * requests.cpuMillicores) / cpu;
  const memoryPart = (node.requestedMemoryBytes + pods * requests.memoryBytes) / memory;
  const difference = Math.min(1, cpuPart) - Math.min(1, memoryPart);
  return Math.trunc((1 - Math.abs(difference / 2)) * 100);
};

function sharesBalance(shares: ResourceShares): Balance {
  const {allocatable, requested, wanted} = shares;
  const parts = new Float64Array(allocatable.length);
  return (_pod, node, pods) => {
    shares.fill(node);
    let count = 0;
    let sum = 0;
    for (let i = 0; i < allocatable.length; i++) {
      if (allocatable[i] === 0) continue;
      const amount = requested[i] - (1 - pods) * wanted[i];
      const part = Math.min(1, amount / allocatable[i]);
      parts[count++] = part;
      sum += part;
    }
    return Math.trunc((1 - deviation(parts, count, sum)) * 100);
  };
}

// The population's standard deviation; of two it is half their distance.
function deviation(parts: Float64Array, count: number, sum: number): number {
  if (count < 2) return 0;
  if (count === 2) return Math.abs((parts[0] - parts[1]) / 2);
  const mean = sum / count;
  let squares = 0;
  for (let i = 0; i < count; i++) squares += (parts[i] - mean) * (parts[i] - mean);
  return Math.sqrt(squares / count);
}
