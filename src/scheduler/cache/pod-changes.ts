// Which aspects of a pod changed, as kube-scheduler's podSchedulingPropertiesChange tells them
// apart.

import {effectiveRequests} from '../../objects/effective-requests.ts';
import type {PodTemplate} from '../../objects/pod-spec.ts';
import type {Resources} from '../../objects/resources.ts';
import type {ClusterEvent} from '../cluster-event.ts';
import {sameEntries} from './node-changes.ts';
import type {PodInfo} from './pod-info.ts';

/**
 * The events of an update from `before` to the pod's present template; a plain update where nothing
 * else fits.
 */
export function podChangesOf(pod: PodInfo, before: PodTemplate): ClusterEvent[] {
  const after = pod.shape.template;
  const events: ClusterEvent[] = [];
  if (!sameEntries(before.labels, after.labels)) {
    events.push({kind: 'pod-labels-changed', pod, before: before.labels});
  }
  const old = effectiveRequests(before.spec);
  if (isLess(effectiveRequests(after.spec), old)) {
    events.push({kind: 'pod-scaled-down', pod, before: old});
  }
  if (before.spec.schedulingGates.length > 0 && after.spec.schedulingGates.length === 0) {
    events.push({kind: 'pod-gates-eliminated', pod});
  }
  if (JSON.stringify(before.spec.tolerations) !== JSON.stringify(after.spec.tolerations)) {
    events.push({kind: 'pod-tolerations-changed', pod});
  }
  return events.length > 0 ? events : [{kind: 'pod-updated', pod}];
}

function isLess(now: Resources, old: Resources): boolean {
  return now.cpuMillicores < old.cpuMillicores || now.memoryBytes < old.memoryBytes;
}
