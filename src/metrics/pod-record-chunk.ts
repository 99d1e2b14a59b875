// The columns of pods.csv: 106 bytes a pod, and a reference to its name. Times are microseconds in
// doubles, -1 where it has not happened. Everything that follows from other columns is worked out
// when written.

import type {PodOutcome} from '../objects/pod-signals.ts';

export const never = -1;

/** By the number in column `outcome`. */
export const outcomes: readonly (PodOutcome | 'pending' | 'running')[] = [
  'pending',
  'running',
  'succeeded',
  'failed',
  'preempted',
  'deleted',
  'evicted',
];

export type PodRecordChunk = {
  readonly name: string[];
  readonly template: Int32Array;
  readonly priority: Int32Array;
  readonly node: Int32Array;
  readonly attempts: Int32Array;
  readonly restarts: Int32Array;
  readonly created: Float64Array;
  readonly scheduled: Float64Array;
  readonly started: Float64Array;
  readonly ready: Float64Array;
  readonly ended: Float64Array;
  /** Of its start, in init containers and image pulls. */
  readonly excluded: Float64Array;
  readonly latency: Float64Array;
  readonly queue: Float64Array;
  readonly backoff: Float64Array;
  readonly unschedulable: Float64Array;
  readonly outcome: Uint8Array;
  readonly reason: Int16Array;
  readonly plugin: Uint8Array;
};

export function newPodRecordChunk(length: number): PodRecordChunk {
  const times = () => new Float64Array(length).fill(never);
  return {
    name: [],
    template: new Int32Array(length),
    priority: new Int32Array(length),
    node: new Int32Array(length).fill(never),
    attempts: new Int32Array(length),
    restarts: new Int32Array(length),
    created: times(),
    scheduled: times(),
    started: times(),
    ready: times(),
    ended: times(),
    excluded: times(),
    latency: times(),
    queue: times(),
    backoff: times(),
    unschedulable: times(),
    outcome: new Uint8Array(length),
    reason: new Int16Array(length),
    plugin: new Uint8Array(length),
  };
}
