// Runs a law for many seeds; a failure says which one it was.

import {type MeasureOptions, Measures} from '../../src/metrics/index.ts';
import type {ResultTable} from '../../src/metrics/table.ts';
import {FakeWorld, runLength} from './fake-world.ts';

export const everything: MeasureOptions = {
  ...{pods: true, events: true, timeseries: 7_000_000},
  strategies: true,
};

export function overSeeds(count: number, law: (seed: number) => void): void {
  for (let seed = 1; seed <= count; seed++) {
    try {
      law(seed);
    } catch (cause) {
      throw new Error(`seed ${seed}: ${cause instanceof Error ? cause.message : cause}`, {cause});
    }
  }
}

export function measuredRun(seed: number, options = everything) {
  const world = new FakeWorld({seed});
  const measures = new Measures(world, options);
  world.simulation.run(runLength);
  measures.finish(runLength);
  return {world, measures, end: runLength};
}

/** The rows of a file as objects by column. */
export function rowsOf(measures: Measures, file: string): Record<string, string>[] {
  const table = tableOf(measures, file);
  return [...table.rows()].map(row =>
    Object.fromEntries(table.columns.map((column, i) => [column, String(row[i] ?? '')])),
  );
}

export function tableOf(measures: Measures, file: string): ResultTable {
  const table = measures.tables().find(one => one.file === file);
  if (table === undefined) throw new Error(`no table ${file}`);
  return table;
}

export function figure(measures: Measures, metric: string, object = ''): string | undefined {
  const found = measures.figures().find(one => one.metric === metric && one.object === object);
  if (found === undefined) throw new Error(`no figure ${metric}`);
  return found.value === undefined ? undefined : String(found.value);
}
