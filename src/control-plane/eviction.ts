// May a pod be evicted? What the Eviction subresource asks of disruption budgets
// (pkg/registry/core/pod/storage/eviction.go), and what it notes in the one that allowed it.

import type {Time} from '../engine/time.ts';
import type {ApiOutcome} from '../objects/api-client.ts';
import type {DisruptionBudget} from '../objects/disruption-budget.ts';
import type {PodId} from '../objects/ids.ts';
import {labelsMatch} from '../objects/labels.ts';
import type {Store} from '../objects/store.ts';

/** More evictions than these must not be under way (MaxDisruptedPodSize). */
const mostDisrupted = 2000;

export function askBudgets(store: Store, pod: PodId, now: Time): ApiOutcome {
  const {pods, budgets} = store;
  // As canIgnorePDB: what serves nobody, or goes anyway, needs no leave.
  if (pods.phase(pod) !== 'Running' || pods.terminating(pod)) return 'ok';
  const [first, ...others] = protectors(store, pod);
  if (first === undefined) return 'ok';
  if (others.length > 0) return 'server-error';
  const [id, budget] = first;
  if (!pods.ready(pod) && mayGoUnready(budget)) return 'ok';
  const {status, generation, version} = budget;
  if (status.observedGeneration < generation || status.disruptionsAllowed === 0) {
    return 'too-many-requests';
  }
  if (status.disruptedPods.size > mostDisrupted) return 'server-error';
  const disruptedPods = new Map([...status.disruptedPods, [pods.name(pod), now]]);
  const disruptionsAllowed = status.disruptionsAllowed - 1;
  const noted = {...status, disruptionsAllowed, disruptedPods};
  budgets.replace(id, {...budget, version: version + 1, status: noted}, now);
  return 'ok';
}

function protectors({pods, budgets}: Store, pod: PodId): [number, DisruptionBudget][] {
  const {namespace, labels} = pods.template(pod);
  return [...budgets.all()].filter(
    ([, budget]) => budget.namespace === namespace && labelsMatch(budget.selector, labels),
  );
}

function mayGoUnready({unhealthyPodEvictionPolicy, status}: DisruptionBudget): boolean {
  if (unhealthyPodEvictionPolicy === 'AlwaysAllow') return true;
  return status.desiredHealthy > 0 && status.currentHealthy >= status.desiredHealthy;
}
