// A plan whose runs are done, as what is said of it.

import {compareObservations} from './compare-observations.ts';
import type {Comparison} from './comparison.ts';
import type {Observation} from './observation.ts';
import type {Plan} from './plan.ts';

export function conclude(plan: Plan, observations: readonly Observation[]): Comparison {
  const {scenario, question, baseline, compare} = plan;
  const variants = plan.variants.map(({index, name, settings}) => ({index, name, settings}));
  const {primary, analysis} = compare;
  const design = {scenario, question, variants, baseline, primary, analysis};
  return compareObservations(design, observations);
}
