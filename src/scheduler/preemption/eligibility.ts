// Whether a pod may preempt others at all (DefaultPreemption's PodEligibleToPreemptOthers).

import type {ClusterView} from '../cache/cluster-view.ts';
import type {PodInfo} from '../cache/pod-info.ts';
import type {FilterFailures} from '../framework.ts';

/** Why not; `undefined` when it may. */
export function ineligibility(
  pod: PodInfo,
  failures: FilterFailures,
  cluster: ClusterView,
): string | undefined {
  if (pod.shape.template.spec.preemptionPolicy === 'Never') {
    return 'not eligible due to preemptionPolicy=Never.';
  }
  const node = pod.nominatedNode === undefined ? undefined : cluster.node(pod.nominatedNode);
  if (node === undefined) return undefined;
  // The node it waited for became impossible; one that was not looked at counts as that too.
  if ((failures.get(node)?.code ?? 'unresolvable') === 'unresolvable') return undefined;
  const isWaiting = node.pods.some(
    victim => victim.priority < pod.priority && victim.terminating && victim.preempted,
  );
  return isWaiting ? 'not eligible due to a terminating pod on the nominated node.' : undefined;
}
