// BestFit: the node on which the least stays free, cpu and devices measured against fixed amounts.
// As the FGD paper compares it (Weng et al., USENIX ATC 2023; scores as in its simulator).

import {definePlugin} from '../../framework.ts';
import {stretch} from './min-max.ts';
import {tightness} from './tightness.ts';
import {vectorArgs} from './vector-args.ts';

export const bestFit = definePlugin({
  name: 'BestFit',
  options: vectorArgs('BestFit'),
  create(_, {resources}) {
    return {
      reads: {score: 'node'},
      ties: 'first',
      keepsHighest: true,
      // Whole hundredths before they are stretched, as there: nodes that differ by less are equal.
      score: ({shape}, node) => Math.trunc(100 * tightness(shape, node, resources)),
      normalizeScores: (_pod, scores) => stretch(scores),
    };
  },
});
