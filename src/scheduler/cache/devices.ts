// The devices of one node as the scheduler counts them: how many milli of each are free, and of
// which classes the pods are that hold them (`node.devices`). A choice of devices (`pod.devices`)
// has one bit a device. Pods of a dump may be on a device that others have filled, or that the node
// lacks: what is free of it is then 0, and never less.

import {type GpuRequest, mostDevices, type NodeGpus, wholeDevice} from '../../objects/gpu.ts';

export class Devices {
  /** '' where there are none, or nobody says. */
  readonly model: string;
  /** Milli by device, 0 to 1,000; as long as there are devices. */
  readonly free: Int32Array;
  /** The sum of `free`. */
  totalFree: number;
  /** Of the device with the most. */
  mostFree: number;
  /** Devices of which all is free. */
  idle: number;
  /** How many classes of pods hold some. */
  classes = 0;
  readonly #held: Int32Array;
  readonly #podsOfClass: Int32Array;

  constructor(gpus: NodeGpus | undefined) {
    const count = gpus?.count ?? 0;
    this.model = gpus?.model ?? '';
    this.free = new Int32Array(count).fill(wholeDevice);
    this.totalFree = count * wholeDevice;
    this.mostFree = count > 0 ? wholeDevice : 0;
    this.idle = count;
    this.#held = new Int32Array(count);
    this.#podsOfClass = new Int32Array(count === 0 ? 0 : mostDevices + 1);
  }

  /** How many pods of this class (as `classOf`) are on the node. */
  podsOf(podClass: number): number {
    return this.#podsOfClass[podClass] ?? 0;
  }

  take(pod: GpuRequest, devices: number): void {
    if (this.free.length === 0) return;
    if (this.#podsOfClass[classOf(pod)]++ === 0) this.classes++;
    this.#hold(devices, pod.milli);
  }

  giveBack(pod: GpuRequest, devices: number): void {
    if (this.free.length === 0) return;
    if (--this.#podsOfClass[classOf(pod)] === 0) this.classes--;
    this.#hold(devices, -pod.milli);
  }

  #hold(devices: number, milli: number): void {
    this.mostFree = 0;
    this.idle = 0;
    for (let i = 0; i < this.free.length; i++) {
      if ((devices >>> i) & 1) this.#holdOne(i, milli);
      this.mostFree = Math.max(this.mostFree, this.free[i]);
      if (this.free[i] === wholeDevice) this.idle++;
    }
  }

  #holdOne(device: number, milli: number): void {
    this.#held[device] += milli;
    const free = Math.max(0, wholeDevice - this.#held[device]);
    this.totalFree += free - this.free[device];
    this.free[device] = free;
  }
}

/** Shared by all nodes without devices: nothing can be taken of them. */
export const noDevices = new Devices(undefined);

/** 0 for a pod with shares, else its number of whole devices. */
export function classOf({count, milli}: GpuRequest): number {
  return milli < wholeDevice ? 0 : count;
}

/** Are there as many devices with enough free, of a model that will do? */
export function fits(devices: Devices, {count, milli, models}: GpuRequest): boolean {
  if (milli > devices.mostFree) return false;
  if (models.length > 0 && !models.includes(devices.model)) return false;
  if (count === 1) return true;
  if (milli === wholeDevice) return devices.idle >= count;
  const {free} = devices;
  let enough = 0;
  for (let i = 0; i < free.length; i++) if (free[i] >= milli && ++enough === count) return true;
  return false;
}

/** May the pod have exactly these? */
export function allows({free}: Devices, {count, milli}: GpuRequest, devices: number): boolean {
  let good = 0;
  for (let i = 0; i < mostDevices; i++) {
    if (((devices >>> i) & 1) === 0) continue;
    if (i >= free.length || free[i] < milli) return false;
    good++;
  }
  return good === count;
}
