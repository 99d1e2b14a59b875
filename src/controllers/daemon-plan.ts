// Looks at each node of a DaemonSet: who is missing, who is one too many, who has failed
// (daemon_controller.go, podsShouldBeOnNode and updateDaemonSetStatus).

import type {NodeId} from '../objects/ids.ts';
import type {DaemonSetStatus} from '../objects/workload-object.ts';
import type {DaemonPlace} from './daemon-nodes.ts';
import type {DaemonNode} from './daemon-update.ts';
import type {KnownPod} from './known-pod.ts';

export type DaemonSight = {
  readonly node: NodeId;
  readonly place: DaemonPlace;
  /** By creation, those that are terminating included. */
  readonly pods: readonly KnownPod[];
};

export type DaemonQuestions = {
  readonly surges: boolean;
  isUpdated(pod: KnownPod): boolean;
  isAvailable(pod: KnownPod): boolean;
  /** Whether a failed pod may be replaced yet. */
  mayReplace(node: NodeId): boolean;
};

export type DaemonChanges = {readonly creates: NodeId[]; readonly deletes: KnownPod[]};

export function daemonChanges(
  sights: readonly DaemonSight[],
  questions: DaemonQuestions,
): DaemonChanges {
  const changes: DaemonChanges = {creates: [], deletes: []};
  for (const {node, place, pods} of sights) {
    const living = pods.filter(({terminating}) => !terminating);
    if (place.runs && pods.length === 0) changes.creates.push(node);
    else if (!place.stays) changes.deletes.push(...living);
    else changes.deletes.push(...tooMany(living, questions), ...ended(node, living, questions));
  }
  return changes;
}

function ended(node: NodeId, pods: readonly KnownPod[], questions: DaemonQuestions): KnownPod[] {
  const failed = pods.filter(({phase}) => phase === 'Failed');
  const replaces = failed.length > 0 && questions.mayReplace(node);
  return [...(replaces ? failed : []), ...pods.filter(({phase}) => phase === 'Succeeded')];
}

// The oldest stays. While an update surges, the oldest of each revision do, until the new one can
// take over.
function tooMany(pods: readonly KnownPod[], questions: DaemonQuestions): KnownPod[] {
  const running = pods.filter(({phase}) => phase !== 'Failed' && phase !== 'Succeeded');
  if (!questions.surges) return running.slice(1);
  const {updated, old} = divided(running, questions);
  const surplus = [...updated.slice(1), ...old.slice(1)];
  if (updated.length === 0 || old.length === 0) return surplus;
  const takesOver = !old[0].ready || questions.isAvailable(updated[0]);
  return takesOver ? [...surplus, old[0]] : surplus;
}

/** The nodes that an update goes over. */
export function updatedNodes(
  sights: readonly DaemonSight[],
  questions: DaemonQuestions,
): DaemonNode[] {
  return sights
    .filter(({pods}) => pods.length > 0)
    .map(({node, pods}) => {
      const living = pods.filter(({terminating}) => !terminating);
      return {node, ...divided(living, questions)};
    });
}

function divided(pods: readonly KnownPod[], {isUpdated}: DaemonQuestions) {
  return {updated: pods.filter(isUpdated), old: pods.filter(pod => !isUpdated(pod))};
}

export function daemonStatus(
  sights: readonly DaemonSight[],
  {isUpdated, isAvailable}: DaemonQuestions,
  observedGeneration: number,
): DaemonSetStatus {
  const wanted = sights.filter(({place}) => place.runs);
  const first = wanted.flatMap(({pods}) => pods.slice(0, 1));
  return {
    observedGeneration,
    desired: wanted.length,
    current: first.length,
    misscheduled: sights.filter(({place, pods}) => !place.runs && pods.length > 0).length,
    ready: first.filter(({ready}) => ready).length,
    updated: first.filter(isUpdated).length,
    available: first.filter(isAvailable).length,
  };
}
