// What a strategy compares: of a resource, what a node has, what is free there before the pod is,
// and what the pod asks for. cpu in milli, gpu in milli of a device (all devices together), the
// rest in bytes or counts.

import {gpuMilliOf, wholeDevice} from '../../../objects/gpu.ts';
import type {NodeInfo} from '../../cache/node-info.ts';
import type {PodShape} from '../../cache/pod-shape.ts';

export function capacityOf(node: NodeInfo, resource: string): number {
  switch (resource) {
    case 'cpu':
      return node.allocatableCpuMillicores;
    case 'gpu':
      return wholeDevice * node.devices.free.length;
    case 'memory':
      return node.allocatableMemoryBytes;
    case 'ephemeral-storage':
      return node.allocatableEphemeralStorageBytes;
    default:
      return node.allocatableScalar(resource);
  }
}

export function freeOf(node: NodeInfo, resource: string): number {
  switch (resource) {
    case 'cpu':
      return node.allocatableCpuMillicores - node.requestedCpuMillicores;
    case 'gpu':
      return node.devices.totalFree;
    case 'memory':
      return node.allocatableMemoryBytes - node.requestedMemoryBytes;
    case 'ephemeral-storage':
      return node.allocatableEphemeralStorageBytes - node.requestedEphemeralStorageBytes;
    default:
      return node.allocatableScalar(resource) - node.requestedScalar(resource);
  }
}

export function askedBy({requests, gpu}: PodShape, resource: string): number {
  switch (resource) {
    case 'cpu':
      return requests.cpuMillicores;
    case 'gpu':
      return gpu === undefined ? 0 : gpuMilliOf(gpu);
    case 'memory':
      return requests.memoryBytes;
    case 'ephemeral-storage':
      return requests.ephemeralStorageBytes;
    default:
      return requests.scalars?.get(resource) ?? 0;
  }
}
