// LeastAllocated and MostAllocated: which share of a node would be asked for with the pod on it, a
// weighted mean over chosen resources, `gpu` among them. As the strategies of NodeResourcesFit, but
// of what pods do ask for: one that names no cpu counts as none. What a node has none of is left
// out, and so is what the pod does not ask for, other than cpu and memory.

import * as z from 'zod';
import type {NodeInfo} from '../../cache/node-info.ts';
import type {PodShape} from '../../cache/pod-shape.ts';
import {definePlugin} from '../../framework.ts';
import {pluginArgs, type WeightedResource, wholeNumber} from '../plugin-args.ts';
import {wholeShare} from '../whole-share.ts';
import {askedBy, capacityOf, freeOf} from './amounts.ts';

export const leastAllocated = allocated('LeastAllocated', (free, capacity) =>
  wholeShare(free, capacity),
);

export const mostAllocated = allocated('MostAllocated', (free, capacity) =>
  wholeShare(capacity - free, capacity),
);

function allocated(name: string, score: (free: number, capacity: number) => number) {
  return definePlugin({
    name,
    options: allocatedArgs(name),
    create: (_, {resources}) => ({
      reads: {score: 'node'},
      ties: 'first',
      score: ({shape}, node) => mean(shape, node, {resources, score}),
    }),
  });
}

function mean(
  shape: PodShape,
  node: NodeInfo,
  {
    resources,
    score,
  }: {
    resources: readonly WeightedResource[];
    score: (free: number, capacity: number) => number;
  },
): number {
  let sum = 0;
  let weights = 0;
  for (let i = 0; i < resources.length; i++) {
    const {name, weight} = resources[i];
    const capacity = capacityOf(node, name);
    const asked = askedBy(shape, name);
    if (capacity === 0 || (asked === 0 && name !== 'cpu' && name !== 'memory')) continue;
    const free = Math.max(0, freeOf(node, name) - asked);
    sum += score(free, capacity) * weight;
    weights += weight;
  }
  return weights === 0 ? 0 : Math.floor(sum / weights);
}

function allocatedArgs(name: string) {
  const resource = z.strictObject({
    name: z.string().min(1, 'expected the name of a resource'),
    weight: wholeNumber(1, 100).default(1),
  });
  return pluginArgs(`${name}Args`, {
    resources: z
      .array(resource)
      .min(1, 'expected at least one resource')
      .default(['cpu', 'memory', 'gpu'].map(each => ({name: each, weight: 1}))),
  });
}
