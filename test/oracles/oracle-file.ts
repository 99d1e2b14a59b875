// A file of exact answers of queueing and availability theory, as far as this can hold runs against
// them: its families are told apart by their ids.

import * as z from 'zod';

const oracle = z.object({
  id: z.string(),
  // Numbers, lists of them, words: each family knows its own.
  params: z.record(z.string(), z.unknown()),
  expected: z.record(z.string(), z.unknown()),
});

// What belongs to no known family may be anything.
const file = z.object({oracles: z.array(z.looseObject({id: z.string()}))});

export type Oracle = z.output<typeof oracle>;

export type KnownOracle = {readonly family: string; readonly oracle: Oracle};

/** Those of the known families, and the ids of all others. Throws on any other file. */
export function readOracles(
  text: string,
  families: readonly string[],
): {
  readonly known: readonly KnownOracle[];
  readonly others: readonly string[];
} {
  // The longer name first: `kofn-repair-n3` begins with `kofn-`, too.
  const names = [...families].sort((one, other) => other.length - one.length);
  const {oracles} = file.parse(JSON.parse(text));
  const known = oracles.flatMap(each => {
    const family = names.find(name => each.id === name || each.id.startsWith(`${name}-`));
    if (family === undefined || unknown.some(name => each.id.startsWith(name))) return [];
    return [{family, oracle: oracle.parse(each)}];
  });
  const ids = new Set(known.map(({oracle}) => oracle.id));
  return {known, others: oracles.flatMap(({id}) => (ids.has(id) ? [] : [id]))};
}

/** Begins like another family, but there is no such discipline. */
const unknown = ['mm1-prio-'];

export function parameter({id, params}: Oracle, name: string): number {
  const value = params[name];
  if (typeof value !== 'number') throw new Error(`${id} has no number ${name}`);
  return value;
}

export function listed({id, params}: Oracle, name: string): readonly number[] {
  const list = z.array(z.number()).safeParse(params[name]);
  if (!list.success) throw new Error(`${id} has no list ${name}`);
  return list.data;
}

/** The expected figures that are numbers, lists of them one by one. */
export function expectedNumbers({expected}: Oracle): readonly [name: string, value: number][] {
  return Object.entries(expected).flatMap(([name, value]): [string, number][] => {
    if (typeof value === 'boolean') return [[name, Number(value)]];
    if (typeof value === 'number') return [[name, value]];
    if (!Array.isArray(value)) return [];
    return value.map((each, i) => [`${name} ${i + 1}`, Number(each)]);
  });
}
