// What is free on each node with devices, and how much of it the next typical pod is expected to be
// unable to use. One binding changes one node, so the cluster's sums follow from that node alone.

import type {Fragmentation} from '../objects/fragmentation.ts';
import {type GpuRequest, gpusOf, tightestFit, wholeDevice} from '../objects/gpu.ts';
import type {NodeId} from '../objects/ids.ts';
import type {NodeObject} from '../objects/node-spec.ts';

type Row = {
  model: string;
  cpuThere: number;
  cpuFree: number;
  /** Milli by device; below 0 where pods of a dump hold more than there is. */
  free: Int32Array;
  fragmented: number;
  /** The object is there: its devices count. */
  present: boolean;
};

/** What a pod takes of a node; `devices` has a bit for each, `milli` is of each of them. */
export type Taken = {
  readonly cpuMillicores: number;
  readonly devices: number;
  readonly milli: number;
};

export class GpuNodes {
  /** Milli of all devices of nodes that exist. */
  total = 0;
  /** Pods × milli, see `Fragmentation`. */
  fragmented = 0;
  readonly #fragmentation: Fragmentation | undefined;
  /** By NodeId, of nodes that have or had devices. */
  #rows: (Row | undefined)[] = [];

  constructor(fragmentation: Fragmentation | undefined) {
    this.#fragmentation = fragmentation;
  }

  has(node: NodeId): boolean {
    return this.#rows[node] !== undefined;
  }

  /** The object is another, or gone. */
  replace(node: NodeId, object: NodeObject | undefined): void {
    const gpus = object && gpusOf(object);
    let row = this.#rows[node];
    if (row === undefined) {
      if (gpus === undefined) return;
      row = emptyRow();
      this.#rows[node] = row;
    }
    this.total -= count(row) * wholeDevice;
    row.present = gpus !== undefined;
    const cpuThere = object?.allocatable.get('cpu') ?? 0;
    row.cpuFree += cpuThere - row.cpuThere;
    row.cpuThere = cpuThere;
    if (gpus !== undefined) {
      row.model = gpus.model;
      row.free = resized(row.free, gpus.count);
    }
    this.total += count(row) * wholeDevice;
    this.#weigh(row);
  }

  /** The devices of a pod that is there without any of its own; 0 where none fit. */
  tightest(node: NodeId, gpu: GpuRequest): number {
    const row = this.#rows[node];
    return row === undefined ? 0 : tightestFit(row, gpu);
  }

  /** `sign` 1: a pod takes it; −1: it is given back. */
  take(node: NodeId, {cpuMillicores, devices, milli}: Taken, sign: 1 | -1): void {
    const row = this.#rows[node];
    if (row === undefined) return;
    row.cpuFree -= sign * cpuMillicores;
    for (let i = 0; i < row.free.length; i++) {
      if ((devices >>> i) & 1) row.free[i] -= sign * milli;
    }
    this.#weigh(row);
  }

  save() {
    return {total: this.total, fragmented: this.fragmented, rows: this.#rows};
  }

  restore({total, fragmented, rows}: ReturnType<GpuNodes['save']>): void {
    this.total = total;
    this.fragmented = fragmented;
    this.#rows = rows;
  }

  #weigh(row: Row): void {
    if (this.#fragmentation === undefined) return;
    this.fragmented -= row.fragmented;
    const {model, cpuFree, free} = row;
    row.fragmented = row.present ? this.#fragmentation.of(model, cpuFree, free) : 0;
    this.fragmented += row.fragmented;
  }
}

function count({present, free}: Row): number {
  return present ? free.length : 0;
}

function emptyRow(): Row {
  const free = new Int32Array(0);
  return {model: '', cpuThere: 0, cpuFree: 0, free, fragmented: 0, present: false};
}

function resized(free: Int32Array, length: number): Int32Array {
  if (free.length === length) return free;
  const other = new Int32Array(length).fill(wholeDevice);
  other.set(free.subarray(0, length));
  return other;
}
