// Families about requests: each oracle is one scenario or a few, of which each gives some figures.

import {figuresOf, type Model, scenariosOf} from './batches.ts';
import type {FamilyGroup} from './families.ts';
import type {KnownOracle} from './oracle-file.ts';

export function modelGroup(
  names: readonly string[],
  modelsOf: (known: KnownOracle) => readonly Model[],
): FamilyGroup {
  return {
    names,
    figures: (known, seed) => figuresOf(known.oracle, modelsOf(known), seed),
    scenarios: (known, seed) => scenariosOf(modelsOf(known), seed),
  };
}
