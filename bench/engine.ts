// The engine alone: hold operations through named kinds of a Simulation, beside a yardstick that
// shares no code with it, so that figures from different machines can be compared.

import {Simulation} from '../src/engine/simulation.ts';
import {second, toTime} from '../src/engine/time.ts';

export interface Rate {
  readonly operations: number;
  readonly cpuSeconds: number;
  readonly perCpuSecond: number;
}

/**
 * A hold: the earliest event is taken, its handler runs and schedules one more after an exponential
 * delay. Four kinds, two operands, fingerprint and profile included, as in any run.
 */
export function holdRate(pending = 100_000, operations = 10_000_000, seed = 1): Rate {
  const simulation = new Simulation({seed});
  const gaps = simulation.random('hold/gaps');
  const kinds = ['arrived', 'started', 'stopped', 'left'].map(name => {
    const kind = simulation.event(`hold.${name}`, (a: number, b: number) => {
      kind.after(toTime(gaps.exponential(second)), a, b);
    });
    return kind;
  });
  for (let i = 0; i < pending; i++) {
    kinds[i & 3].after(toTime(gaps.exponential(second)), i, i & 7);
  }
  // Warm: compiled, and past the state in which all events are of the same age.
  simulation.run(Infinity, {maxEvents: pending + 1_000_000});
  return measure(operations, () => simulation.run(Infinity, {maxEvents: operations}));
}

/** The yardstick: a plain binary heap of times and numbers, the same delays from a fixed table. */
export function yardstick(pending = 100_000, operations = 2_000_000): Rate {
  const delays = fixedDelays();
  const times = new Float64Array(pending);
  const ids = new Int32Array(pending);
  for (let i = 0; i < pending; i++) {
    times[i] = delays[i & 65535];
    ids[i] = i;
  }
  for (let i = (pending >> 1) - 1; i >= 0; i--) siftDown(times, ids, i);
  holdFlat({times, ids, delays, operations: 500_000});
  return measure(operations, () => holdFlat({times, ids, delays, operations}));
}

function measure(operations: number, work: () => void): Rate {
  const before = process.cpuUsage();
  work();
  const {user, system} = process.cpuUsage(before);
  const cpuSeconds = (user + system) / 1e6;
  return {operations, cpuSeconds, perCpuSecond: operations / cpuSeconds};
}

interface FlatHeap {
  readonly times: Float64Array;
  readonly ids: Int32Array;
  readonly delays: Float64Array;
  readonly operations: number;
}

function holdFlat({times, ids, delays, operations}: FlatHeap): void {
  for (let i = 0; i < operations; i++) {
    times[0] += delays[(ids[0] + i) & 65535];
    siftDown(times, ids, 0);
  }
}

function siftDown(times: Float64Array, ids: Int32Array, from: number): void {
  const time = times[from];
  const id = ids[from];
  const size = times.length;
  let place = from;
  for (let child = 2 * place + 1; child < size; child = 2 * place + 1) {
    if (child + 1 < size && times[child + 1] < times[child]) child++;
    if (times[child] >= time) break;
    times[place] = times[child];
    ids[place] = ids[child];
    place = child;
  }
  times[place] = time;
  ids[place] = id;
}

/** Exponential by a table of quantiles in a fixed disorder: no library in the yardstick. */
function fixedDelays(): Float64Array {
  return Float64Array.from({length: 65536}, (_, index) => {
    const share = (((index * 40503) & 65535) + 0.5) / 65536;
    return Math.round(-Math.log(share) * 1e6);
  });
}
