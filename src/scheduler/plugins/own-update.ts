// A queueing hint that several plugins share: was the waiting pod itself updated?

import type {ClusterEvent} from '../cluster-event.ts';
import type {PodInfo} from '../pod-info.ts';

export function isOwnUpdate(pod: PodInfo, event: ClusterEvent): boolean {
  return 'pod' in event && event.pod.id === pod.id;
}
