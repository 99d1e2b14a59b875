// Whom a pod belongs to in the end: a Deployment's pods to the Deployment, not to its ReplicaSet.

import type {PodId, WorkloadId} from '../objects/ids.ts';
import type {Store} from '../objects/store.ts';
import type {WorkloadObject} from '../objects/workload-object.ts';

/** `undefined` for a pod without owner, and one whose owner the API does not hold. */
export function topOwner({pods, workloads}: Store, pod: PodId): WorkloadId | undefined {
  let top = pods.owner(pod);
  for (;;) {
    const above = top === undefined ? undefined : workloads.get(top)?.owner?.id;
    if (above === undefined) return top;
    top = above;
  }
}

/** What the object says it wants; `undefined` for kinds that count otherwise. */
export function replicasWanted(object: WorkloadObject): number | undefined {
  // A lost node is none of those where its pod is to run, but has it still.
  if (object.kind === 'DaemonSet') return object.status.desired + object.status.misscheduled;
  return 'replicas' in object.spec ? object.spec.replicas : undefined;
}
