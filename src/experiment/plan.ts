// What a comparison is to play: all that its results depend on. It stands at the head of the
// journal, so that nobody goes on with, or puts together, what does not belong together.

import type {CompareOptions} from '../scenario/compare-schema.ts';
import type {ReadOptions} from '../scenario/read-scenario-from.ts';
import {settingsOf, type Variant} from './variant.ts';

export type Plan = {
  /** Orrery's version. */
  readonly orrery: string;
  /** As the user gave it. */
  readonly file: string;
  readonly scenario: string;
  readonly question: string;
  readonly seed: number;
  readonly variants: readonly PlannedVariant[];
  /** Index of the variant that the others are held against. */
  readonly baseline: number;
  /** Of each variant; `compare.precision` may add some. */
  readonly replications: number;
  readonly compare: CompareOptions;
  /** How every variant is read, but for what sets it apart. */
  readonly read: ReadOptions;
  /** The command line that gives the same comparison. */
  readonly command: string;
};

export type PlannedVariant = Variant & {
  /** Of everything that was read for it. */
  readonly hash: string;
  /** Virtual seconds of a run. */
  readonly duration: number;
};

export type RunOfPlan = {readonly variant: number; readonly replication: number};

/** The runs of one job of several: every `of`-th, from the `number`-th on; counted from 1. */
export type Shard = {readonly number: number; readonly of: number};

/**
 * Variant by variant. Shards take turns by replication and then by variant, so that each has its
 * part of every variant.
 */
export function runsOf(
  {variants}: Plan,
  {replications, shard}: {replications: number; shard?: Shard | undefined},
): RunOfPlan[] {
  return variants.flatMap(({index}) => {
    const runs: RunOfPlan[] = [];
    for (let replication = 0; replication < replications; replication++) {
      const place = replication * variants.length + index;
      if (shard !== undefined && place % shard.of !== shard.number - 1) continue;
      runs.push({variant: index, replication});
    }
    return runs;
  });
}

/** As a worker reads a variant again. */
export function readOptionsOf({read}: Pick<Plan, 'read'>, variant: Variant): ReadOptions {
  return {...read, vary: settingsOf(variant)};
}

export function nameOfRun({variants}: Plan, {variant, replication}: RunOfPlan): string {
  return `${variants[variant].name}, replication ${replication}`;
}

/** What tells two plans apart, in the user's words; `undefined` where nothing does. */
export function differenceOf(plan: Plan, other: Plan): string | undefined {
  const names: readonly [keyof Plan, string][] = [
    ['orrery', 'the version of Orrery'],
    ['scenario', 'the scenario'],
    ['seed', 'the seed'],
    ['replications', 'the number of replications'],
    ['baseline', 'the baseline'],
    ['compare', 'how it is analysed'],
  ];
  for (const [key, what] of names) {
    const [left, right] = [JSON.stringify(plan[key]), JSON.stringify(other[key])];
    if (left !== right) return `${what} (${left}, now ${right})`;
  }
  const [left, right] = [plan, other].map(({variants}) =>
    variants.map(({name}) => name).join('; '),
  );
  if (left !== right) return `the variants (${left}, now ${right})`;
  const changed = plan.variants.find(({hash}, i) => hash !== other.variants[i].hash);
  return changed && `what the scenario's files, plugins or --set say, of ${changed.name}`;
}
