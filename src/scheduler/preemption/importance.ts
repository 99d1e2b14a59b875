// Which of two pods should rather stay (kube-scheduler's util.MoreImportantPod): priority, then
// age.

import type {Time} from '../../engine/time.ts';
import type {PodInfo} from '../cache/pod-info.ts';

/**
 * For sorting, most important first. Equals by Kubernetes' rule are told apart by id, so that runs
 * repeat.
 */
export function byImportance(pod: PodInfo, other: PodInfo, now: Time): number {
  if (pod.priority !== other.priority) return other.priority - pod.priority;
  return startTime(pod, now) - startTime(other, now) || pod.id - other.id;
}

export function isMoreImportant(pod: PodInfo, other: PodInfo, now: Time): boolean {
  if (pod.priority !== other.priority) return pod.priority > other.priority;
  return startTime(pod, now) < startTime(other, now);
}

/** As GetPodStartTime: a pod that no kubelet has taken counts as started now. */
function startTime(pod: PodInfo, now: Time): Time {
  return pod.startTime ?? now;
}

/** As GetEarliestPodStartTime: of the victims with the highest priority. */
export function earliestStart(victims: readonly PodInfo[], now: Time): Time {
  const highest = Math.max(...victims.map(({priority}) => priority));
  const starts = victims
    .filter(({priority}) => priority === highest)
    .map(victim => startTime(victim, now));
  return Math.min(...starts);
}
