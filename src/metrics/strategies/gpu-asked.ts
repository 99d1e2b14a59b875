// How many devices a pod asks for, and how much of each: shares by the annotations of the published
// GPU traces, whole ones also as the extended resource of a device plugin.

import {effectiveRequests} from '../../objects/effective-requests.ts';
import type {PodTemplate} from '../../objects/pod-spec.ts';
import type {ResourceList} from '../../objects/resources.ts';

export type GpuAsked = {
  readonly count: number /** 1000 is all of it. */;
  readonly milliEach: number;
};

const whole = 1000;

export function gpuAsked({annotations, spec}: PodTemplate): GpuAsked {
  const count = Number(annotations.get('alibabacloud.com/gpu-count') ?? 0);
  if (count > 0) {
    return {count, milliEach: Number(annotations.get('alibabacloud.com/gpu-milli') ?? whole)};
  }
  const extended = effectiveRequests(spec).scalars?.get('nvidia.com/gpu') ?? 0;
  return {count: extended, milliEach: extended > 0 ? whole : 0};
}

/** `none`, `share` of one device, or how many whole ones: as the traces' own classes. */
export function gpuClass({count, milliEach}: GpuAsked): string {
  if (count === 0) return 'none';
  return count === 1 && milliEach < whole ? 'share' : String(count);
}

/** Of a node, in thousandths of a device. */
export function gpuThere(allocatable: ResourceList): number {
  const milli = allocatable.get('alibabacloud.com/gpu-milli');
  return milli ?? (allocatable.get('nvidia.com/gpu') ?? 0) * whole;
}
