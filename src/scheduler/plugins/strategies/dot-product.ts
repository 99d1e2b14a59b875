// DotProduct: the node whose free amounts point least the way of the pod's request: the dot product
// of the two, measured against fixed amounts, is small where little of what it asks for is free.
// As DotProd in the FGD paper (Weng et al., USENIX ATC 2023; scores as in its simulator).

import type {NodeInfo} from '../../cache/node-info.ts';
import type {PodShape} from '../../cache/pod-shape.ts';
import {definePlugin} from '../../framework.ts';
import {askedBy, freeOf} from './amounts.ts';
import {type MeasuredResource, vectorArgs} from './vector-args.ts';

export const dotProduct = definePlugin({
  name: 'DotProduct',
  options: vectorArgs('DotProduct'),
  create(_, {resources}) {
    return {
      reads: {score: 'node'},
      ties: 'first',
      score({shape}, node) {
        const score = Math.trunc(100 * (1 - product(shape, node, resources)));
        // A node beyond the fixed amounts would leave the range.
        return Math.min(100, Math.max(0, score));
      },
    };
  },
});

function product(shape: PodShape, node: NodeInfo, resources: readonly MeasuredResource[]): number {
  let sum = 0;
  for (let i = 0; i < resources.length; i++) {
    const {name, weight, of} = resources[i];
    sum += weight * (freeOf(node, name) / of) * (askedBy(shape, name) / of);
  }
  return sum;
}
