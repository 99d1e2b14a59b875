// Which possible victims a PodDisruptionBudget protects (kube-scheduler's
// filterPodsWithPDBViolation): budgets are spent in order of importance, so the less important pods
// are the ones that violate.

import {labelsMatch} from '../../objects/labels.ts';
import type {DisruptionBudget} from '../cache/cluster-view.ts';
import type {PodInfo} from '../cache/pod-info.ts';

export type DisruptionSplit = {
  readonly violating: readonly PodInfo[];
  readonly free: readonly PodInfo[];
};

export function splitByDisruption(
  pods: readonly PodInfo[],
  budgets: readonly DisruptionBudget[],
): DisruptionSplit {
  const allowed = budgets.map(({disruptionsAllowed}) => disruptionsAllowed);
  const violating: PodInfo[] = [];
  const free: PodInfo[] = [];
  for (const pod of pods) {
    let violates = false;
    budgets.forEach((budget, i) => {
      if (!protects(budget, pod)) return;
      allowed[i]--;
      if (allowed[i] < 0) violates = true;
    });
    (violates ? violating : free).push(pod);
  }
  return {violating, free};
}

// An eviction that is already on its way is counted in the budget's status.
function protects({namespace, selector, disruptedPods}: DisruptionBudget, pod: PodInfo): boolean {
  if (namespace !== pod.namespace || pod.labels.size === 0) return false;
  if (selector === undefined || selector.length === 0) return false;
  return labelsMatch(selector, pod.labels) && !disruptedPods.has(pod.name);
}
