import type {ClusterEvent} from '../cluster-event.ts';
import type {PodInfo} from '../pod-info.ts';

/** A queueing hint: the event is an update of the waiting pod itself. */
export function isOwnUpdate(pod: PodInfo, event: ClusterEvent): boolean {
  return 'pod' in event && event.pod.id === pod.id;
}
