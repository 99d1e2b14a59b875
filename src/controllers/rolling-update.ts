// The arithmetic of a rolling update: how large each ReplicaSet is to be next
// (pkg/controller/deployment/rolling.go and util/deployment_util.go). Sizes are what the sets want,
// not what they have: pods that are terminating count nowhere.

import type {CountOrPercent, DeploymentSpec} from '../objects/workload-object.ts';

export type Limits = {readonly surge: number; readonly unavailable: number};

/** Surge rounds up, unavailable down; both 0 would stop every rollout, so one may be missing. */
export function limitsOf({
  replicas,
  strategy,
}: Pick<DeploymentSpec, 'replicas' | 'strategy'>): Limits {
  if (strategy.type === 'Recreate') return {surge: 0, unavailable: 0};
  const surge = resolve(strategy.maxSurge, replicas, Math.ceil);
  const unavailable = resolve(strategy.maxUnavailable, replicas, Math.floor);
  const atLeastOne = surge === 0 && unavailable === 0 ? 1 : unavailable;
  return {surge, unavailable: Math.min(atLeastOne, replicas)};
}

export function resolve(
  amount: CountOrPercent,
  of: number,
  round: (value: number) => number,
): number {
  return 'count' in amount ? amount.count : round((amount.percent * of) / 100);
}

export type Size = {readonly size: number; readonly available: number};

export type RolloutSizes = Limits & {
  readonly replicas: number;
  readonly newest: Size;
  /** Oldest first. */
  readonly old: readonly Size[];
};

/** As NewRSNewReplicas: never more than `replicas` plus `surge` pods wanted over all sets. */
export function nextNewSize({replicas, surge, newest, old}: RolloutSizes): number {
  if (newest.size >= replicas) return replicas;
  const room = replicas + surge - newest.size - total(old);
  return room <= 0 ? newest.size : newest.size + Math.min(room, replicas - newest.size);
}

/** As reconcileOldReplicaSets: never fewer than `replicas` less `unavailable` available. */
export function nextOldSizes(sizes: RolloutSizes): number[] {
  const {replicas, unavailable, newest, old} = sizes;
  const minAvailable = replicas - unavailable;
  const newUnavailable = newest.size - newest.available;
  const most = newest.size + total(old) - minAvailable - newUnavailable;
  const next = old.map(({size}) => size);
  if (most <= 0) return next;
  takeUnavailable(next, old, most);
  const available = newest.available + old.reduce((sum, set) => sum + set.available, 0);
  take(next, available - minAvailable);
  return next;
}

/** As cleanupUnhealthyReplicas: pods that serve nobody go first. */
function takeUnavailable(next: number[], old: readonly Size[], most: number): void {
  let left = most;
  for (const [i, {size, available}] of old.entries()) {
    const taken = Math.max(0, Math.min(left, size - available));
    next[i] -= taken;
    left -= taken;
  }
}

function take(next: number[], most: number): void {
  let left = most;
  for (const [i, size] of next.entries()) {
    const taken = Math.max(0, Math.min(left, size));
    next[i] -= taken;
    left -= taken;
  }
}

function total(sets: readonly Size[]): number {
  return sets.reduce((sum, {size}) => sum + size, 0);
}
