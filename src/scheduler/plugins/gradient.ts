// What placing a pod on a node gains of fragmentation. Placing changes what is usable, which is a
// sum over devices (objects/fragmentation.ts): so trying a share pod on each of them changes one
// term a time.

import {log} from '../../engine/math.ts';
import {
  type Fragmentation,
  type ModelTables,
  stepOf,
  usable,
  usableWhole,
} from '../../objects/fragmentation.ts';
import {mostDevices, tightestFit, wholeDevice} from '../../objects/gpu.ts';
import type {NodeInfo} from '../cache/node-info.ts';
import type {PodShape} from '../cache/pod-shape.ts';

/**
 * The least gains, in thousandths of a device, for the scores from 1 to 99: trunc(100 / (1 +
 * exp(−x / 1000))) is k from x = 1000 ln(k / (100 − k)) on, and 50 from 0 on exactly.
 */
const thresholds = Float64Array.from({length: 99}, (_, i) => 1000 * log((i + 1) / (99 - i)));

type Trial = {
  readonly tables: ModelTables;
  readonly cpuAfter: number;
  readonly free: Int32Array;
  /** Usable before. */
  readonly before: number;
};

export class Gradient {
  readonly #fragmentation: Fragmentation;
  readonly #after = Array.from({length: mostDevices + 1}, (_, length) => new Int32Array(length));
  /** Of the share pod that was looked at last. */
  #device = 0;

  constructor(fragmentation: Fragmentation) {
    this.#fragmentation = fragmentation;
  }

  score({gpu, requests}: PodShape, node: NodeInfo): number {
    const {free, model} = node.devices;
    const tables = this.#fragmentation.tables(model);
    const cpuFree = node.allocatableCpuMillicores - node.requestedCpuMillicores;
    const cpuAfter = cpuFree - requests.cpuMillicores;
    const before = usable(tables, cpuFree, free);
    if (gpu === undefined) return this.#scoreOf(usable(tables, cpuAfter, free) - before);
    if (gpu.count === 1 && gpu.milli < wholeDevice) {
      return this.#bestDevice(gpu.milli, {tables, cpuAfter, free, before});
    }
    const after = this.#without(free, tightestFit(node.devices, gpu), gpu.milli);
    const taken = gpu.count * gpu.milli * this.#fragmentation.pods;
    return this.#scoreOf(taken + usable(tables, cpuAfter, after) - before);
  }

  devices(shape: PodShape, node: NodeInfo): number {
    const {gpu} = shape;
    if (gpu === undefined) return 0;
    if (gpu.count > 1 || gpu.milli === wholeDevice) return tightestFit(node.devices, gpu);
    this.score(shape, node);
    return (1 << this.#device) >>> 0;
  }

  /** Of devices with equal scores the first counts: FGD compares whole numbers. */
  #bestDevice(milli: number, trial: Trial): number {
    const {tables, cpuAfter, free, before} = trial;
    const gained = milli * this.#fragmentation.pods - before;
    const unchanged = usable(tables, cpuAfter, free);
    const step = stepOf(tables.cpus, cpuAfter);
    const empty = emptyDevices(free);
    let most = -Infinity;
    let best = -1;
    for (let i = 0; i < free.length; i++) {
      if (free[i] < milli) continue;
      const after =
        tables.parts.length > 0
          ? usable(tables, cpuAfter, this.#without(free, 1 << i, milli))
          : unchanged + changeOf(tables, step, {free: free[i], milli, empty});
      // A score never falls as the gain grows.
      if (gained + after <= most) continue;
      most = gained + after;
      const score = this.#scoreOf(most);
      if (score <= best) continue;
      best = score;
      this.#device = i;
    }
    return Math.max(0, best);
  }

  #without(free: Int32Array, devices: number, milli: number): Int32Array {
    const after = this.#after[free.length];
    for (let i = 0; i < free.length; i++) {
      after[i] = (devices >>> i) & 1 ? free[i] - milli : free[i];
    }
    return after;
  }

  #scoreOf(gain: number): number {
    const {pods} = this.#fragmentation;
    let low = 0;
    let high = thresholds.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (thresholds[middle] * pods <= gain) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

type Change = {readonly free: number; readonly milli: number; readonly empty: number};

/** Of what is usable, as the pod takes its part of one device. */
function changeOf({single, several}: ModelTables, step: number, {free, milli, empty}: Change) {
  const left = free - milli;
  const change = left * single[step][left] - free * single[step][free];
  if (free !== wholeDevice) return change;
  return change + usableWhole(several[step], empty - 1) - usableWhole(several[step], empty);
}

function emptyDevices(free: Int32Array): number {
  let count = 0;
  for (let i = 0; i < free.length; i++) if (free[i] === wholeDevice) count++;
  return count;
}
