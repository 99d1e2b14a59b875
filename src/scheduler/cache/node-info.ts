// A node as the scheduler knows it: its object, the pods on it, and the sums that plugins compare.
// Flat, so that a plugin's look at a node is a handful of field reads.

import {gpusOf} from '../../objects/gpu.ts';
import type {Labels} from '../../objects/labels.ts';
import type {NodeObject, Taint} from '../../objects/node-spec.ts';
import type {ContainerPort} from '../../objects/pod-spec.ts';
import {Devices, noDevices} from './devices.ts';
import {imageName} from './image-name.ts';
import type {PodInfo} from './pod-info.ts';

export class NodeInfo {
  readonly name: string;
  /** Place in the list order; changes when nodes come and go. */
  position = -1;
  /**
   * False while pods are known to be on the node but its object is gone, or has not been seen yet.
   */
  present = true;

  object: NodeObject;
  labels: Labels;
  taints: readonly Taint[];
  unschedulable: boolean;

  allocatableCpuMillicores = 0;
  allocatableMemoryBytes = 0;
  allocatableEphemeralStorageBytes = 0;
  allocatablePods = 0;
  /** Size on this node by normalised image name. */
  imageSizes: ReadonlyMap<string, number> = new Map();

  /** Whose shares pods ask for. */
  devices: Devices = noDevices;

  requestedCpuMillicores = 0;
  requestedMemoryBytes = 0;
  requestedEphemeralStorageBytes = 0;
  /** Requests with the scorers' defaults for containers that name none. */
  nonZeroCpuMillicores = 0;
  nonZeroMemoryBytes = 0;
  readonly requestedScalars = new Map<string, number>();

  readonly pods: PodInfo[] = [];
  readonly podsWithAffinity: PodInfo[] = [];
  readonly podsWithRequiredAntiAffinity: PodInfo[] = [];
  readonly #usedPorts: ContainerPort[] = [];

  constructor(object: NodeObject) {
    this.name = object.name;
    this.object = object;
    this.labels = object.labels;
    this.taints = object.taints;
    this.unschedulable = object.unschedulable;
    this.replace(object);
  }

  replace(object: NodeObject): void {
    this.object = object;
    this.labels = object.labels;
    this.taints = object.taints;
    this.unschedulable = object.unschedulable;
    this.allocatableCpuMillicores = object.allocatable.get('cpu') ?? 0;
    this.allocatableMemoryBytes = object.allocatable.get('memory') ?? 0;
    this.allocatableEphemeralStorageBytes = object.allocatable.get('ephemeral-storage') ?? 0;
    this.allocatablePods = object.allocatable.get('pods') ?? 0;
    this.imageSizes = sizesByName(object);
    this.#replaceDevices(object);
  }

  #replaceDevices(object: NodeObject): void {
    const gpus = gpusOf(object);
    const {free, model} = this.devices;
    if ((gpus?.count ?? 0) === free.length && (gpus?.model ?? '') === model) return;
    this.devices = gpus === undefined ? noDevices : new Devices(gpus);
    for (const pod of this.pods) {
      if (pod.shape.gpu !== undefined) this.devices.take(pod.shape.gpu, pod.devices);
    }
  }

  allocatableScalar(name: string): number {
    return this.object.allocatable.get(name) ?? 0;
  }

  requestedScalar(name: string): number {
    return this.requestedScalars.get(name) ?? 0;
  }

  add(pod: PodInfo): void {
    this.#count(pod, 1);
    this.pods.push(pod);
    const {shape} = pod;
    if (shape.hasAffinity) this.podsWithAffinity.push(pod);
    if (shape.hasRequiredAntiAffinity) this.podsWithRequiredAntiAffinity.push(pod);
    if (shape.hostPorts.length > 0) this.#usedPorts.push(...shape.hostPorts);
    if (shape.gpu !== undefined) this.devices.take(shape.gpu, pod.devices);
  }

  remove(pod: PodInfo): void {
    this.#count(pod, -1);
    drop(this.pods, pod);
    const {shape} = pod;
    if (shape.hasAffinity) drop(this.podsWithAffinity, pod);
    if (shape.hasRequiredAntiAffinity) drop(this.podsWithRequiredAntiAffinity, pod);
    for (const port of shape.hostPorts) drop(this.#usedPorts, port);
    if (shape.gpu !== undefined) this.devices.giveBack(shape.gpu, pod.devices);
  }

  portInUse(wanted: ContainerPort): boolean {
    for (const used of this.#usedPorts) if (portsConflict(used, wanted)) return true;
    return false;
  }

  #count(pod: PodInfo, sign: 1 | -1): void {
    const {requests, nonZeroCpuMillicores, nonZeroMemoryBytes} = pod.shape;
    this.requestedCpuMillicores += sign * requests.cpuMillicores;
    this.requestedMemoryBytes += sign * requests.memoryBytes;
    this.requestedEphemeralStorageBytes += sign * requests.ephemeralStorageBytes;
    this.nonZeroCpuMillicores += sign * nonZeroCpuMillicores;
    this.nonZeroMemoryBytes += sign * nonZeroMemoryBytes;
    if (requests.scalars === undefined) return;
    for (const [name, amount] of requests.scalars) {
      this.requestedScalars.set(name, this.requestedScalar(name) + sign * amount);
    }
  }
}

// As HostPortInfo.CheckConflict: 0.0.0.0 (and no address) stands for every address.
export function portsConflict(used: ContainerPort, wanted: ContainerPort): boolean {
  if (used.hostPort !== wanted.hostPort || used.protocol !== wanted.protocol) return false;
  if (anyAddress(used.hostIP) || anyAddress(wanted.hostIP)) return true;
  return used.hostIP === wanted.hostIP;
}

function anyAddress(address: string): boolean {
  return address === '' || address === '0.0.0.0';
}

// The order of a node's pods decides nothing, so the last one may take the empty place.
function drop<T>(list: T[], item: T): void {
  const index = list.lastIndexOf(item);
  if (index === -1) throw new Error('a pod left a node that it was not on');
  const last = list.pop();
  if (last !== undefined && index < list.length) list[index] = last;
}

function sizesByName(object: NodeObject): ReadonlyMap<string, number> {
  const sizes = new Map<string, number>();
  for (const {names, sizeBytes} of object.images) {
    for (const name of names) sizes.set(imageName(name), sizeBytes);
  }
  return sizes;
}
