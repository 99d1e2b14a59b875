// A queueing hint that several plugins share: was the waiting pod itself updated?

import type {PodInfo} from '../cache/pod-info.ts';
import type {ClusterEvent} from '../cluster-event.ts';

export function isOwnUpdate(pod: PodInfo, event: ClusterEvent): boolean {
  return 'pod' in event && event.pod.id === pod.id;
}
