// Devices that pods share: what a node has of them and what a pod asks for, in the notation of
// Alibaba's GPU clusters (annotations of pods; allocatable and a label of nodes). A device has
// 1,000 milli. A choice of devices is a number with one bit for each, so a node has at most 32.

import type {Labels} from './labels.ts';
import type {ResourceList} from './resources.ts';

export type GpuRequest = {
  /** How many devices. */
  readonly count: number;
  /** Of each of them; 1,000 is a whole one. */
  readonly milli: number;
  /** Any of these; none stands for all. */
  readonly models: readonly string[];
};

export type NodeGpus = {readonly count: number; readonly model: string};

export const wholeDevice = 1000;
export const mostDevices = 32;

export const gpuCountName = 'alibabacloud.com/gpu-count';
export const gpuMilliName = 'alibabacloud.com/gpu-milli';
export const gpuModelName = 'alibabacloud.com/gpu-card-model';
/** On a bound pod: its devices, as `0-3`. */
export const gpuIndexName = 'alibabacloud.com/gpu-index';

/** `undefined`: it has none. */
export function gpusOf(node: {
  readonly allocatable: ResourceList;
  readonly labels: Labels;
}): NodeGpus | undefined {
  const count = node.allocatable.get(gpuCountName) ?? 0;
  if (count === 0) return undefined;
  return {count: Math.min(count, mostDevices), model: node.labels.get(gpuModelName) ?? ''};
}

/** `0-3` is bits 0 and 3; `undefined` for what is no list of devices. */
export function devicesOfIndex(index: string): number | undefined {
  let devices = 0;
  for (const each of index.split('-')) {
    if (!/^\d{1,2}$/.test(each) || Number(each) >= mostDevices) return undefined;
    devices |= 1 << Number(each);
  }
  return devices >>> 0;
}

export function indexOfDevices(devices: number): string {
  const places: number[] = [];
  for (let i = 0; i < mostDevices; i++) if ((devices >>> i) & 1) places.push(i);
  return places.join('-');
}

/** Of all its devices together. */
export function gpuMilliOf({count, milli}: GpuRequest): number {
  return count * milli;
}

/**
 * Of the devices with enough free those with the least, the first of equals; so whole devices are
 * taken in order. 0 where there are too few.
 */
export function tightestFit(
  {free}: {readonly free: Int32Array},
  {count, milli}: GpuRequest,
): number {
  let chosen = 0;
  for (let taken = 0; taken < count; taken++) {
    let best = -1;
    for (let i = 0; i < free.length; i++) {
      if (free[i] < milli || (chosen >>> i) & 1) continue;
      if (best === -1 || free[i] < free[best]) best = i;
    }
    if (best === -1) return 0;
    chosen |= 1 << best;
  }
  return chosen >>> 0;
}
