// What every replication gave for every figure: the dots behind a comparison's means.

import type {FigureName} from '../../experiment/figure-name.ts';
import type {Observation} from '../../experiment/observation.ts';
import {ObservedValues} from '../../experiment/observed-values.ts';

export type FigureValues = {
  /** Of one figure and variant by replication; absent where that run has no such figure. */
  readonly of: (figure: FigureName, variant: number) => readonly (number | undefined)[];
  /** As they are numbered, in order. */
  readonly replications: readonly number[];
};

/** Of runs in order, as the comparison takes them. */
export function figureValues(ordered: readonly Observation[], variantCount: number): FigureValues {
  const numbers = new Set(ordered.map(({replication}) => replication));
  const replications = [...numbers].sort((a, b) => a - b);
  const values = new ObservedValues(ordered, variantCount);
  return {
    replications,
    of: (figure, variant) => replications.map(each => values.value(figure, variant, each)),
  };
}
