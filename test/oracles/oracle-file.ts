// A file of exact answers of queueing and availability theory, as far as this can hold runs against
// them: its families are told apart by their ids.

import {z} from 'zod';

const figures = z.record(z.string(), z.union([z.number(), z.array(z.number()), z.null()]));

const oracle = z.object({
  id: z.string(),
  params: z.record(z.string(), z.number()),
  expected: figures,
});

// Other families have parameters of other shapes.
const file = z.object({oracles: z.array(z.looseObject({id: z.string()}))});

export type Oracle = z.output<typeof oracle>;

export type Family = 'avail' | 'kofn' | 'kofn-repair' | 'machine-repair' | 'rollout';

// The longer name first: `kofn-repair-n3` begins with `kofn-`, too.
const families: readonly Family[] = ['avail', 'kofn-repair', 'kofn', 'machine-repair', 'rollout'];

export type KnownOracle = {readonly family: Family; readonly oracle: Oracle};

/** Those of the known families, and how many others the file has. Throws on any other file. */
export function readOracles(text: string): {
  readonly known: readonly KnownOracle[];
  readonly others: number;
} {
  const {oracles} = file.parse(JSON.parse(text));
  const known = oracles.flatMap(each => {
    const family = families.find(name => each.id.startsWith(`${name}-`));
    return family === undefined ? [] : [{family, oracle: oracle.parse(each)}];
  });
  return {known, others: oracles.length - known.length};
}

export function parameter({id, params}: Oracle, name: string): number {
  const value = params[name];
  if (value === undefined) throw new Error(`${id} has no parameter ${name}`);
  return value;
}
