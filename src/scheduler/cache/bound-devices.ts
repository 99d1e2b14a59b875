// Pods that come to the cache bound: their devices are those that the binding names. Of a dump, or
// of a scheduler that knows nothing of devices, none may be named; then they are as if chosen here.

import {tightestFit} from '../../objects/gpu.ts';
import type {SchedulerCache} from './cache.ts';
import type {NodeInfo} from './node-info.ts';
import type {PodInfo} from './pod-info.ts';

export function putBound(
  cache: SchedulerCache,
  pod: PodInfo,
  {node, devices}: {node: NodeInfo; devices: number},
): void {
  if (pod.node === node && pod.devices === devices) return;
  if (pod.node !== undefined) cache.removePod(pod);
  pod.devices = devices === 0 ? unnamedDevices(pod, node) : devices;
  cache.addPod(pod, node);
}

/** To pods that were known before their node, the oldest first. */
export function giveDevices(node: NodeInfo): void {
  const waiting = node.pods.filter(({shape, devices}) => shape.gpu !== undefined && devices === 0);
  for (const pod of waiting.sort((one, other) => one.id - other.id)) {
    node.remove(pod);
    pod.devices = unnamedDevices(pod, node);
    node.add(pod);
  }
}

function unnamedDevices({shape}: PodInfo, node: NodeInfo): number {
  return shape.gpu === undefined ? 0 : tightestFit(node.devices, shape.gpu);
}
