// A group of oracle families that are answered by the same means, one file each.

import type {Figure} from './figure.ts';
import type {KnownOracle} from './oracle-file.ts';

export type FamilyGroup = {
  /** What the ids of its oracles begin with. */
  readonly names: readonly string[];
  figures(known: KnownOracle, seed: number): readonly Figure[] | Promise<readonly Figure[]>;
  /** What is run for it, for `orrery run`; rules are only asked. */
  scenarios?(known: KnownOracle, seed: number): readonly string[];
};
