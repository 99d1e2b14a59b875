// How full a node would be with the pod on it: 1 less what stays free, the weighted mean over
// resources, each as a part of its fixed amount.

import type {NodeInfo} from '../../cache/node-info.ts';
import type {PodShape} from '../../cache/pod-shape.ts';
import {askedBy, freeOf} from './amounts.ts';
import type {MeasuredResource} from './vector-args.ts';

export function tightness(
  shape: PodShape,
  node: NodeInfo,
  resources: readonly MeasuredResource[],
): number {
  let full = 1;
  for (let i = 0; i < resources.length; i++) {
    const {name, weight, of} = resources[i];
    full -= (weight * (freeOf(node, name) - askedBy(shape, name))) / of;
  }
  return full;
}
