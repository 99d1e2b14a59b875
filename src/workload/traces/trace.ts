// A trace as read: its pods in columns, a row each, and the templates that they share. Plain values
// that can be cloned to a worker; a pod that has not come yet costs its few numbers.

import type {PodTemplate} from '../../objects/pod-spec.ts';

/** NaN in a column is what is not known. */
export type TraceRows = {
  readonly length: number;
  /** `undefined`: the trace has none, and pods are numbered. */
  readonly names: PodNames | undefined;
  /** When its pods come, since the trace's time zero; `undefined`: the trace does not say. */
  readonly at: Float64Array | undefined;
  /** Rows by time, then by place in the file; `undefined`: that is how they stand in it. */
  readonly byTime: Uint32Array | undefined;
  readonly lifetime: Float64Array;
  /** Pods of a row; `undefined`: one of each. */
  readonly count: Uint32Array | undefined;
  /** Pods of all rows. */
  readonly pods: number;
  readonly shape: Uint32Array;
};

export type Trace = {
  readonly rows: TraceRows;
  /** By shape. */
  readonly shapes: readonly TraceShape[];
};

export type TraceShape = {
  readonly template: PodTemplate;
  readonly asks: Amounts;
};

/** Of what a cluster has or a pod asks for: gpu in thousandths of a device. */
export type Amounts = {readonly gpu: number; readonly cpu: number; readonly memory: number};

/** Each byte a character; a name begins where the one before it ends. */
export type PodNames = {readonly bytes: Uint8Array; readonly ends: Uint32Array};

export function nameOf({bytes, ends}: PodNames, row: number): string {
  let name = '';
  for (let i = row === 0 ? 0 : ends[row - 1]; i < ends[row]; i++) {
    name += String.fromCharCode(bytes[i]);
  }
  return name;
}
