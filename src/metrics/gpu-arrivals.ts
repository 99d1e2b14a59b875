// Allocation and fragmentation by how much has been asked for so far, as the FGD paper draws them:
// after each pod, placed or not, the GPU that all pods together have asked for, in whole percent of
// the cluster's, says where the step counts; a value is the mean over the steps at its percent. A
// step ends when the next pod comes: that is when to look what became of the last one.

import type {Figure} from './figures.ts';
import type {Cell, ResultTable} from './table.ts';

/** In milli of a device. */
export type GpuState = {
  readonly there: number;
  readonly allocated: number;
  readonly fragmented: number;
};

type Steps = {steps: number; allocated: number; fragmented: number; ofIdle: number; idle: number};

/** At which percents summary.csv says it. */
const told = [50, 80, 90, 95, 100, 110, 120, 130];

export class GpuArrivals {
  #arrived = 0;
  #pending = false;
  /** By percent; sums over its steps. */
  #at = new Map<number, Steps>();

  get empty(): boolean {
    return this.#arrived === 0;
  }

  arrive(milli: number): void {
    this.#arrived += milli;
    this.#pending = true;
  }

  /** The state after the pod that came last; counts once. */
  step({there, allocated, fragmented}: GpuState): void {
    if (!this.#pending || there === 0) return;
    this.#pending = false;
    const percent = Math.round((100 * this.#arrived) / there);
    const idle = there - allocated;
    const at = this.#at.get(percent) ?? {...none};
    this.#at.set(percent, at);
    at.steps++;
    at.allocated += allocated / there;
    at.fragmented += fragmented / there;
    if (idle <= 0) return;
    at.idle++;
    at.ofIdle += fragmented / idle;
  }

  figures(fragmentation: boolean): Figure[] {
    if (this.empty) return [];
    return told.flatMap(percent => {
      const at = this.#at.get(percent);
      if (at === undefined) return [];
      return values(at, fragmentation).map(([metric, value]) => {
        const object = `${percent}%`;
        return {metric: `${metric}_at`, object, value, unit: 'share', samples: at.steps};
      });
    });
  }

  /** `arrived`: what pods have asked for by then, in devices of the cluster, as a share of all. */
  table(fragmentation: boolean): ResultTable {
    const columns = ['arrived', 'metric', 'object', 'value'];
    return {file: 'arrivals.csv', columns, long: true, rows: () => this.#rows(fragmentation)};
  }

  save() {
    return {arrived: this.#arrived, pending: this.#pending, at: this.#at};
  }

  restore({arrived, pending, at}: ReturnType<GpuArrivals['save']>): void {
    this.#arrived = arrived;
    this.#pending = pending;
    this.#at = at;
  }

  *#rows(fragmentation: boolean): Generator<Cell[]> {
    const percents = [...this.#at.entries()].sort(([left], [right]) => left - right);
    for (const [percent, at] of percents) {
      const arrived = (percent / 100).toFixed(2);
      yield [arrived, 'steps', undefined, at.steps];
      for (const [metric, value] of values(at, fragmentation)) {
        yield [arrived, metric, undefined, value];
      }
    }
  }
}

const none: Readonly<Steps> = {steps: 0, allocated: 0, fragmented: 0, ofIdle: 0, idle: 0};

function values(at: Steps, fragmentation: boolean): [string, string | undefined][] {
  const allocated: [string, string | undefined] = [
    'gpu_allocated_share',
    mean(at.allocated, at.steps),
  ];
  if (!fragmentation) return [allocated];
  return [
    allocated,
    ['gpu_fragmented_share', mean(at.fragmented, at.steps)],
    ['gpu_fragmented_share_of_idle', mean(at.ofIdle, at.idle)],
  ];
}

function mean(sum: number, count: number): string | undefined {
  return count === 0 ? undefined : (sum / count).toFixed(6);
}
