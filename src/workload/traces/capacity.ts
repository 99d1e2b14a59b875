// What the nodes of a cluster have together of what pods ask for.

import {gpusOf, wholeDevice} from '../../objects/gpu.ts';
import type {NodeObject} from '../../objects/node-spec.ts';
import type {Amounts} from './trace.ts';

export function capacityOf(nodes: readonly NodeObject[], of: keyof Amounts): number {
  let sum = 0;
  for (const node of nodes)
    sum += of === 'gpu' ? gpuMilliOf(node) : (node.allocatable.get(of) ?? 0);
  return sum;
}

function gpuMilliOf(node: NodeObject): number {
  return (gpusOf(node)?.count ?? 0) * wholeDevice;
}
