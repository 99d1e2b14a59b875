// What a disruption budget's status comes to (pkg/controller/disruption/disruption.go,
// getExpectedPodCount, countHealthyPods and buildDisruptedPodMap).

import {minute, type Time} from '../engine/time.ts';
import type {BudgetStatus, DisruptionBudget} from '../objects/disruption-budget.ts';
import type {WorkloadId} from '../objects/ids.ts';
import type {CountOrPercent} from '../objects/workload-object.ts';
import type {ClusterView} from './cluster-view.ts';
import type {KnownPod} from './known-pod.ts';

/** How long a pod whose eviction was allowed is taken for one that will go (DeletionTimeout). */
const deletionTimeout: Time = 2 * minute;

export type Counted = {
  readonly status: BudgetStatus;
  /** When a pod that should have gone counts again. */
  readonly again: Time | undefined;
};

export function countBudget(
  budget: DisruptionBudget,
  pods: ReadonlySet<KnownPod>,
  {view, now}: {view: ClusterView; now: Time},
): Counted {
  const {status: before, generation} = budget;
  const expected = expectedPods(budget, pods, view);
  // As failSafe: where it cannot count it allows nothing.
  if (expected === undefined) {
    return {status: {...before, disruptionsAllowed: 0}, again: undefined};
  }
  const {disruptedPods, again} = stillToGo(before.disruptedPods, pods, now);
  const desiredHealthy = desired(budget, expected);
  const currentHealthy = healthy(pods, disruptedPods, now);
  const left = expected === 0 ? 0 : Math.max(0, currentHealthy - desiredHealthy);
  return {
    status: {
      observedGeneration: generation,
      expectedPods: expected,
      desiredHealthy,
      currentHealthy,
      disruptionsAllowed: left,
      disruptedPods,
    },
    again,
  };
}

function desired({minAvailable, maxUnavailable}: DisruptionBudget, expected: number): number {
  if (maxUnavailable !== undefined) return Math.max(0, expected - upTo(maxUnavailable, expected));
  return minAvailable === undefined ? 0 : upTo(minAvailable, expected);
}

function upTo(amount: CountOrPercent, all: number): number {
  return 'count' in amount ? amount.count : Math.ceil((amount.percent * all) / 100);
}

function expectedPods(
  {minAvailable, maxUnavailable}: DisruptionBudget,
  pods: ReadonlySet<KnownPod>,
  view: ClusterView,
): number | undefined {
  if (maxUnavailable !== undefined) return scaleOfOwners(pods, view);
  if (minAvailable === undefined) return 0;
  return 'count' in minAvailable ? pods.size : scaleOfOwners(pods, view);
}

/** What all their owners want together; `undefined` where one cannot be asked. */
function scaleOfOwners(pods: ReadonlySet<KnownPod>, view: ClusterView): number | undefined {
  const scales = new Map<WorkloadId, number>();
  for (const {owner, template} of pods) {
    // Nobody counts a pod that nobody controls.
    if (owner === undefined && template.owner === undefined) continue;
    const scale = owner === undefined ? undefined : scaleOf(owner, view);
    if (scale === undefined) return undefined;
    scales.set(scale.id, scale.replicas);
  }
  return [...scales.values()].reduce((sum, replicas) => sum + replicas, 0);
}

type Scale = {readonly id: WorkloadId; readonly replicas: number};

// A ReplicaSet stands for its Deployment. DaemonSets and Jobs have no scale subresource.
function scaleOf(owner: WorkloadId, view: ClusterView): Scale | undefined {
  const object = view.workload(owner);
  switch (object?.kind) {
    case 'ReplicaSet': {
      if (object.owner === undefined) return {id: owner, replicas: object.spec.replicas};
      const deployment = view.workload(object.owner.id);
      if (deployment?.kind !== 'Deployment') return undefined;
      return {id: object.owner.id, replicas: deployment.spec.replicas};
    }
    case 'ReplicationController':
      return {id: owner, replicas: object.spec.replicas};
    // Its controller is not there to be asked: it wants what it has.
    case 'uncontrolled':
      return {id: owner, replicas: view.podsOf(owner).length};
    default:
      return undefined;
  }
}

function stillToGo(
  before: ReadonlyMap<string, Time>,
  pods: ReadonlySet<KnownPod>,
  now: Time,
): {disruptedPods: ReadonlyMap<string, Time>; again: Time | undefined} {
  if (before.size === 0) return {disruptedPods: before, again: undefined};
  const there = new Set<string>();
  for (const {name, terminating} of pods) if (!terminating) there.add(name);
  const left = [...before].filter(([name, at]) => there.has(name) && at + deletionTimeout >= now);
  const first = Math.min(...left.map(([, at]) => at)) + deletionTimeout - now;
  // A pod counts again once its time is over, which it is a moment after.
  return {disruptedPods: new Map(left), again: left.length > 0 ? first + 1 : undefined};
}

function healthy(
  pods: ReadonlySet<KnownPod>,
  disrupted: ReadonlyMap<string, Time>,
  now: Time,
): number {
  let count = 0;
  for (const {name, ready, terminating} of pods) {
    if (!ready || terminating) continue;
    const at = disrupted.get(name);
    if (at === undefined || at + deletionTimeout <= now) count++;
  }
  return count;
}
