// A plan whose runs are done, as what is said of it.

import {compareObservations, type Design} from './compare-observations.ts';
import type {Comparison} from './comparison.ts';
import type {Observation} from './observation.ts';
import type {Plan} from './plan.ts';
import {precisionOf} from './precision.ts';

export function conclude(plan: Plan, observations: readonly Observation[]): Comparison {
  const comparison = compareObservations(designOf(plan), observations);
  const {warning} = precisionSoFar(plan, observations) ?? {};
  if (warning === undefined) return comparison;
  return {...comparison, warnings: [...comparison.warnings, warning]};
}

/** How many replications there are to be, given those; `undefined` where nobody asked. */
export function precisionSoFar(plan: Plan, observations: readonly Observation[]) {
  const {precision, maxReplications} = plan.compare;
  if (precision === undefined) return undefined;
  return precisionOf(designOf(plan), {precision, maxReplications}, observations);
}

function designOf({scenario, question, baseline, seed, compare, variants}: Plan): Design {
  const {primary, analysis} = compare;
  return {
    ...{scenario, question, baseline, primary, analysis, seed},
    variants: variants.map(({index, name, settings}) => ({index, name, settings})),
    durations: variants.map(({duration}) => duration),
  };
}
