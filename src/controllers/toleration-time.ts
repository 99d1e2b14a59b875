// How long a pod may stay on a node with taints NoExecute (tainteviction/taint_eviction.go,
// processPodOnNode and getMinTolerationTime; component-helpers' GetMatchingTolerations).

import {second, type Time} from '../engine/time.ts';
import type {Taint} from '../objects/node-spec.ts';
import type {Toleration} from '../objects/pod-spec.ts';
import {tolerationOf} from '../objects/tolerations.ts';

/** `undefined`: for ever. Of each taint only the first toleration that covers it counts. */
export function tolerationTime(
  taints: readonly Taint[],
  tolerations: readonly Toleration[],
): Time | undefined {
  let shortest: Time | undefined;
  for (const taint of taints) {
    const used = tolerationOf(taint, tolerations);
    if (used === undefined) return 0;
    if (used.tolerationSeconds === undefined) continue;
    const time = Math.max(0, used.tolerationSeconds) * second;
    shortest = Math.min(shortest ?? time, time);
  }
  return shortest;
}
