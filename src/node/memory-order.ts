// Whom it hits when a node's memory runs out: the kubelet's eviction ranks pods, the kernel scores
// containers.

import type {PodSpec} from '../objects/pod-spec.ts';
import {qosClass} from '../objects/qos.ts';
import {allContainers} from './live-pod.ts';

export type MemoryUser = {
  readonly serial: number;
  readonly usedBytes: number;
  readonly requestBytes: number;
  readonly priority: number;
};

/** The first to be evicted comes first. As rankMemoryPressure in eviction/helpers.go. */
export function evictedBefore(one: MemoryUser, other: MemoryUser): number {
  return (
    Number(exceeds(other)) - Number(exceeds(one)) ||
    one.priority - other.priority ||
    excess(other) - excess(one) ||
    one.serial - other.serial
  );
}

function excess({usedBytes, requestBytes}: MemoryUser): number {
  return usedBytes - requestBytes;
}

function exceeds(user: MemoryUser): boolean {
  return excess(user) > 0;
}

// As SystemCriticalPriority and SystemNodeCritical in pkg/apis/scheduling.
export const criticalPriority = 2_000_000_000;
const nodeCriticalPriority = 2_000_001_000;

// As pkg/kubelet/qos/policy.go.
const guaranteedAdjustment = -997;
const bestEffortAdjustment = 1000;

/** The container's `oom_score_adj`. */
export function oomAdjustment(
  spec: PodSpec,
  index: number,
  {priority, capacityBytes}: {priority: number; capacityBytes: number},
): number {
  if (priority >= nodeCriticalPriority) return guaranteedAdjustment;
  switch (qosClass(spec)) {
    case 'Guaranteed':
      return guaranteedAdjustment;
    case 'BestEffort':
      return bestEffortAdjustment;
    default:
      return burstableAdjustment(spec, index, capacityBytes);
  }
}

/** A sidecar has at most the smallest of the main containers. */
function burstableAdjustment(spec: PodSpec, index: number, capacityBytes: number): number {
  const all = allContainers(spec);
  const adjusted = (place: number) => {
    const request = all[place].requests.get('memory') ?? 0;
    return Math.min(999, Math.max(3, 1000 - Math.floor((1000 * request) / capacityBytes)));
  };
  if (!all[index].sidecar) return adjusted(index);
  const mains = spec.containers.map((_, i) => adjusted(spec.initContainers.length + i));
  return Math.min(adjusted(index), ...mains);
}

/** As oom_badness in mm/oom_kill.c, in thousandths of all memory: the highest is killed. */
export function oomScore(
  usedBytes: number,
  {adjustment, capacityBytes}: {adjustment: number; capacityBytes: number},
): number {
  return (1000 * usedBytes) / capacityBytes + adjustment;
}
