// A plan of variants that nobody plays, and what their runs might have left.

import type {Observation} from '../../src/experiment/observation.ts';
import type {Plan} from '../../src/experiment/plan.ts';
import {variantsOf} from '../../src/experiment/variant.ts';

export function madeUpPlan(some: Partial<Plan> = {}): Plan {
  const variants = variantsOf([{path: 'scheduler.profile', values: ['default', 'bin-packing']}]);
  return {
    ...{orrery: '0.1.0', file: 'shop.yaml', scenario: 'shop', question: 'why?', seed: 1},
    variants: variants.map(variant => ({...variant, hash: `hash-${variant.index}`, duration: 600})),
    ...{baseline: 0, replications: 3},
    compare: {analysis: 'terminating', maxReplications: 200},
    ...{read: {}, command: 'orrery compare shop.yaml'},
    ...some,
  };
}

export function madeUpObservation(variant: number, replication: number): Observation {
  const figure = {metric: 'pods', object: '', unit: 'pods', samples: undefined};
  return {
    ...{variant, replication, fingerprint: `${variant}${replication}`, events: 5, complete: true},
    figures: [{...figure, value: variant + replication}],
    series: [],
  };
}
