// Idle GPU that the next typical pod is expected to be unable to use (Weng et al., Beware of
// Fragmentation, USENIX ATC 2023, section 3.2): for a shape, all that is idle on a node where it
// cannot run, else what is idle on devices too small for it. So it is what is idle minus what is
// usable, and how many typical pods could use a device is one look into a table by model, free CPU
// and the device's free part. Sums are whole, in pods × thousandths: no order of adding matters.

import {wholeDevice} from './gpu.ts';
import type {TypicalShape} from './typical-pods.ts';

/** The tables of one device model. */
export type ModelTables = {
  /** From which free millicores on another shape runs, ascending. */
  readonly cpus: Float64Array;
  /** Pods asking for one device, by CPU step and by the free part of a device. */
  readonly single: readonly Float64Array[];
  /** Pods asking for several whole devices, by CPU step and by the number of entirely free ones. */
  readonly several: readonly Float64Array[];
  /** Shapes that ask for a part of each of several devices. */
  readonly parts: readonly TypicalShape[];
};

export class Fragmentation {
  /** The pods that the shapes stand for: a sum divided by it is in thousandths of a device. */
  readonly pods: number;
  readonly #shapes: readonly TypicalShape[];
  readonly #byModel = new Map<string, ModelTables>();

  constructor(shapes: readonly TypicalShape[]) {
    this.#shapes = shapes;
    this.pods = shapes.reduce((sum, {pods}) => sum + pods, 0);
  }

  tables(model: string): ModelTables {
    let tables = this.#byModel.get(model);
    if (tables === undefined) {
      tables = tablesOf(
        this.#shapes.filter(
          ({count, models}) => count > 0 && (models.length === 0 || models.includes(model)),
        ),
      );
      this.#byModel.set(model, tables);
    }
    return tables;
  }

  /** Of a node with these free parts of devices; what is below 0 counts as none. */
  of(model: string, cpuFree: number, free: Int32Array): number {
    let idle = 0;
    for (let i = 0; i < free.length; i++) if (free[i] > 0) idle += free[i];
    return idle * this.pods - usable(this.tables(model), cpuFree, free);
  }
}

export function usable(tables: ModelTables, cpuFree: number, free: Int32Array): number {
  const step = stepOf(tables.cpus, cpuFree);
  const single = tables.single[step];
  let sum = 0;
  let empty = 0;
  for (let i = 0; i < free.length; i++) {
    const part = free[i];
    if (part <= 0) continue;
    sum += part * single[part];
    if (part === wholeDevice) empty++;
  }
  sum += usableWhole(tables.several[step], empty);
  return tables.parts.length === 0 ? sum : sum + usableParts(tables.parts, cpuFree, free);
}

/** By pods that ask for several devices, where so many are entirely free. */
export function usableWhole(several: Float64Array, empty: number): number {
  return empty * wholeDevice * several[Math.min(empty, several.length - 1)];
}

/** How many of the ascending thresholds are reached. */
export function stepOf(thresholds: Float64Array, value: number): number {
  let low = 0;
  let high = thresholds.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (thresholds[middle] <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}

function usableParts(parts: readonly TypicalShape[], cpuFree: number, free: Int32Array): number {
  let sum = 0;
  for (const {cpuMillicores, count, milli, pods} of parts) {
    if (cpuMillicores > cpuFree) continue;
    let devices = 0;
    let large = 0;
    for (let i = 0; i < free.length; i++) {
      if (free[i] < milli) continue;
      devices++;
      large += free[i];
    }
    if (devices >= count) sum += pods * large;
  }
  return sum;
}

function tablesOf(shapes: readonly TypicalShape[]): ModelTables {
  const single = shapes.filter(({count}) => count === 1);
  const several = shapes.filter(({count, milli}) => count > 1 && milli === wholeDevice);
  const cpus = [...new Set([...single, ...several].map(({cpuMillicores}) => cpuMillicores))];
  cpus.sort((left, right) => left - right);
  const most = several.reduce((least, {count}) => Math.max(least, count), 0);
  const steps = [-1, ...cpus];
  return {
    cpus: Float64Array.from(cpus),
    single: steps.map(cpu => cumulated(single, cpu, {size: wholeDevice + 1, by: 'milli'})),
    several: steps.map(cpu => cumulated(several, cpu, {size: most + 1, by: 'count'})),
    parts: shapes.filter(({count, milli}) => count > 1 && milli !== wholeDevice),
  };
}

type Cumulation = {readonly size: number; readonly by: 'milli' | 'count'};

/** At i: the pods that need no more than this CPU, and no more than i. */
function cumulated(shapes: readonly TypicalShape[], cpu: number, {size, by}: Cumulation) {
  const pods = new Float64Array(size);
  for (const shape of shapes) if (shape.cpuMillicores <= cpu) pods[shape[by]] += shape.pods;
  for (let i = 1; i < size; i++) pods[i] += pods[i - 1];
  return pods;
}
