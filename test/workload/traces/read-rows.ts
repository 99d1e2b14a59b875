// Traces out of a test's own text.

import type {NodeObject} from '../../../src/objects/node-spec.ts';
import {traceShapes} from '../../../src/scenario/trace-shapes.ts';
import {csvFormats} from '../../../src/workload/traces/formats/index.ts';
import {nameOf, type TraceRows} from '../../../src/workload/traces/trace.ts';
import {checkedTraceOptions} from '../../../src/workload/traces/trace-options.ts';
import {type ReadRows, TraceReader} from '../../../src/workload/traces/trace-reader.ts';
import {definitionOf, type MadePod, workloadWorld} from '../world.ts';

type Format = keyof typeof csvFormats;

/** `piece`: how much of the text comes at a time. */
export function readText(
  format: Format,
  text: string,
  {piece = 1000, ...more}: {piece?: number; first?: number; machineMemory?: number} = {},
): {read: ReadRows | undefined; mistakes: readonly string[]} {
  const {first, machineMemory} = more;
  const reader = new TraceReader(csvFormats[format], {first, machineMemory});
  for (let from = 0; from < text.length; from += piece) {
    reader.csv.push(text.slice(from, from + piece));
  }
  return {read: reader.finish(), mistakes: reader.csv.mistakes};
}

export function rowsOf(format: Format, text: string): ReadRows {
  const {read, mistakes} = readText(format, text);
  if (read === undefined) throw new Error(mistakes.join('\n'));
  return read;
}

export function namesOf({names, length}: TraceRows): string[] {
  if (names === undefined) return [];
  return Array.from({length}, (_, row) => nameOf(names, row));
}

export type TraceWish = {
  readonly text: string;
  readonly format?: Format;
  readonly seed?: number;
  readonly nodes?: readonly NodeObject[];
};

/** A world in which the trace is a workload. */
export function traceWorld(wish: TraceWish, written: object = {}) {
  const {text, format = 'openb', seed = 1, nodes = []} = wish;
  const options = checkedTraceOptions.parse({kind: 'trace', format, pods: 'pods.csv', ...written});
  const read = rowsOf(format, text);
  const {shapes} = traceShapes(read, options);
  const world = workloadWorld({seed});
  const trace = {rows: read.rows, shapes};
  definitionOf('trace').create({...world.world, nodes}, {...options, trace});
  return world;
}

export function podsOfTrace(wish: TraceWish, written: object = {}): readonly MadePod[] {
  const {simulation, made} = traceWorld(wish, written);
  simulation.run(Number.MAX_SAFE_INTEGER - 1);
  return made;
}
