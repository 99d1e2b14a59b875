// What every scheduling cycle has, however it comes to its answers: where the search starts, how
// many nodes it wants, and how it chooses among the best.

import type {RandomStream} from '../../engine/random.ts';
import type {KubernetesMinor} from '../../objects/version.ts';
import type {PodInfo} from '../cache/pod-info.ts';
import type {Profile} from '../profile.ts';
import type {Attempt} from './attempt.ts';
import {numFeasibleNodesToFind} from './sampling.ts';
import {anyOfTheBest, firstInHeapOrder} from './tie-break.ts';

export type Cycle = {
  /** `attempt` is the pod's number of attempts, this one included. */
  try(profile: Profile, pod: PodInfo, attempt: number): Attempt;
  /** Where the next search begins, in list order; all profiles share it. */
  start: number;
};

export type CycleRules = {
  readonly kubernetes: KubernetesMinor;
  /** The global percentageOfNodesToScore; 0 is adaptive. */
  readonly percentageOfNodesToScore: number;
  /** A stream of its own for each attempt that ends in a tie. */
  readonly tieStream: (pod: PodInfo, attempt: number) => RandomStream;
};

/** How many feasible nodes are looked for among so many. Without scorers the first one will do. */
export function wantedNodes(rules: CycleRules, profile: Profile, nodes: number): number {
  if (profile.plugins.score.length === 0) return Math.min(1, nodes);
  const percentage = profile.percentageOfNodesToScore ?? rules.percentageOfNodesToScore;
  return numFeasibleNodesToFind({nodes, percentage});
}

/** Which of the best, as places in the feasible list, is taken. */
export function chooseAmong(
  rules: CycleRules,
  best: ArrayLike<number>,
  {profile, pod, attempt}: {profile: Profile; pod: PodInfo; attempt: number},
): number {
  if (best.length === 1 || profile.firstOfTies) return best[0];
  if (rules.kubernetes >= 35) return firstInHeapOrder(best);
  return anyOfTheBest(best, rules.tieStream(pod, attempt));
}
