// WorstFit: BestFit turned round, the node on which the most stays free.

import {definePlugin} from '../../framework.ts';
import {stretch} from './min-max.ts';
import {tightness} from './tightness.ts';
import {vectorArgs} from './vector-args.ts';

export const worstFit = definePlugin({
  name: 'WorstFit',
  options: vectorArgs('WorstFit'),
  create(_, {resources}) {
    return {
      reads: {score: 'node'},
      ties: 'first',
      keepsHighest: true,
      score: ({shape}, node) => Math.trunc(100 * (1 - tightness(shape, node, resources))),
      normalizeScores: (_pod, scores) => stretch(scores),
    };
  },
});
