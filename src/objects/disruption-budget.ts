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
  /** Counts the changes of the spec. */
  readonly generation: number;
  /** Counts all changes; a write that names an older one is refused as a conflict. */
  readonly version: number;
  readonly status: BudgetStatus;
};

/** As a client sends it; the server adds the rest. */
export type NewBudget = Omit<DisruptionBudget, 'generation' | 'version' | 'status'>;

export type BudgetStatus = {
  /** The generation that the controller counted for; 0 before it has counted at all. */
  readonly observedGeneration: number;
  readonly expectedPods: number;
  readonly desiredHealthy: number;
  readonly currentHealthy: number;
  readonly disruptionsAllowed: number;
  /** Names of pods whose eviction is already counted, with its time. */
  readonly disruptedPods: ReadonlyMap<string, Time>;
};

export const uncounted: BudgetStatus = {
  observedGeneration: 0,
  expectedPods: 0,
  desiredHealthy: 0,
  currentHealthy: 0,
  disruptionsAllowed: 0,
  disruptedPods: new Map(),
};
