// How many devices a pod asks for and how much of each, and how many a node has. Also whole ones as
// the extended resource of a device plugin, which knows no shares.

import {effectiveRequests} from '../../objects/effective-requests.ts';
import {type GpuRequest, gpusOf, wholeDevice} from '../../objects/gpu.ts';
import type {NodeObject} from '../../objects/node-spec.ts';
import type {PodSpec} from '../../objects/pod-spec.ts';

export type GpuAsked = Pick<GpuRequest, 'count' | 'milli'>;

const extended = 'nvidia.com/gpu';

export function gpuAsked(spec: PodSpec): GpuAsked {
  if (spec.gpu !== undefined) return spec.gpu;
  return {count: effectiveRequests(spec).scalars?.get(extended) ?? 0, milli: wholeDevice};
}

/** `none`, `share` of one device, or how many whole ones: as the traces' own classes. */
export function gpuClass({count, milli}: GpuAsked): string {
  if (count === 0) return 'none';
  return count === 1 && milli < wholeDevice ? 'share' : String(count);
}

/** Of a node, in thousandths of a device. */
export function gpuThere(node: Pick<NodeObject, 'allocatable' | 'labels'>): number {
  return (gpusOf(node)?.count ?? node.allocatable.get(extended) ?? 0) * wholeDevice;
}
