// A PodDisruptionBudget: how many of its pods may be missing because somebody asked for their
// eviction, and what its controller last counted.

import type {Time} from '../engine/time.ts';
import type {LabelSelector} from './labels.ts';
import type {CountOrPercent} from './workload-object.ts';

export type DisruptionBudget = {
  readonly namespace: string;
  readonly name: string;
  /** `undefined` matches no pod, an empty one every pod of the namespace (policy/v1). */
  readonly selector: LabelSelector | undefined;
  readonly minAvailable: CountOrPercent | undefined;
  readonly maxUnavailable: CountOrPercent | undefined;
  readonly unhealthyPodEvictionPolicy: 'IfHealthyBudget' | 'AlwaysAllow';
  readonly status: BudgetStatus;
};

export type BudgetStatus = {
  /** The controller has counted at least once. */
  readonly observed: boolean;
  readonly expectedPods: number;
  readonly desiredHealthy: number;
  readonly currentHealthy: number;
  readonly disruptionsAllowed: number;
  /** Names of pods whose eviction is already counted, with its time. */
  readonly disruptedPods: ReadonlyMap<string, Time>;
};

export const uncounted: BudgetStatus = {
  observed: false,
  expectedPods: 0,
  desiredHealthy: 0,
  currentHealthy: 0,
  disruptionsAllowed: 0,
  disruptedPods: new Map(),
};
