// What a ReplicaSet says of its pods (pkg/controller/replicaset/replica_set_utils.go).

import type {Time} from '../engine/time.ts';
import type {ReplicaSetObject, ReplicaSetStatus} from '../objects/workload-object.ts';
import {isAvailable, type KnownPod} from './known-pod.ts';

/** `undefined` when it says so already. */
export function replicaSetStatus(
  {spec, status, generation}: ReplicaSetObject,
  pods: readonly KnownPod[],
  now: Time,
): ReplicaSetStatus | undefined {
  const next: ReplicaSetStatus = {
    observedGeneration: generation,
    replicas: pods.length,
    readyReplicas: pods.filter(({ready}) => ready).length,
    availableReplicas: pods.filter(pod => isAvailable(pod, spec.minReady, now)).length,
  };
  return sameFields(next, status) ? undefined : next;
}

/** How long until the next ready pod has been so for long enough. */
export function nextAvailable(
  pods: readonly KnownPod[],
  minReady: Time,
  now: Time,
): Time | undefined {
  let next: Time | undefined;
  for (const {ready, readySince} of pods) {
    const wait = readySince + minReady - now;
    if (ready && wait > 0 && (next === undefined || wait < next)) next = wait;
  }
  return next;
}

/** Of flat objects. */
export function sameFields<T extends object>(a: T, b: T): boolean {
  const keys = Object.keys(a) as (keyof T)[];
  return keys.every(key => a[key] === b[key]);
}
