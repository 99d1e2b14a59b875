// A Deployment that is scaled while it rolls out spreads the change over its ReplicaSets
// (pkg/controller/deployment/sync.go, scale).

export type ScaledSet = {
  readonly size: number;
  /** What replicas and surge came to when the set was last scaled (annotation `max-replicas`). */
  readonly maxReplicas: number | undefined;
  /** Greater is newer. */
  readonly serial: number;
};

export type Scaling = {
  readonly replicas: number;
  readonly surge: number;
  /** From the Deployment's status, for a set without the annotation. */
  readonly replicasBefore: number;
};

/** The new size of each set, in the order given. The rounding error goes to the largest. */
export function proportionalSizes(sets: readonly ScaledSet[], scaling: Scaling): number[] {
  const {replicas, surge} = scaling;
  const allowed = replicas > 0 ? replicas + surge : 0;
  const change = allowed - sets.reduce((sum, {size}) => sum + size, 0);
  const sizes = sets.map(({size}) => size);
  if (change === 0) return sizes;
  const newerFirst = change > 0 ? -1 : 1;
  const order = [...sets.keys()].sort(
    (a, b) => sets[b].size - sets[a].size || newerFirst * (sets[a].serial - sets[b].serial),
  );
  let added = 0;
  for (const i of order) {
    const share = shareOf(sets[i], scaling, change - added);
    sizes[i] += share;
    added += share;
  }
  if (order.length > 0) sizes[order[0]] = Math.max(0, sizes[order[0]] + change - added);
  return sizes;
}

function shareOf({size, maxReplicas}: ScaledSet, scaling: Scaling, left: number): number {
  if (size === 0 || left === 0) return 0;
  const share = fraction(size, maxReplicas, scaling);
  return left > 0 ? Math.min(share, left) : Math.max(share, left);
}

function fraction(size: number, maxReplicas: number | undefined, scaling: Scaling): number {
  const {replicas, surge, replicasBefore} = scaling;
  if (replicas === 0) return -size;
  const before = maxReplicas ?? replicasBefore;
  if (before === 0) return 0;
  return Math.floor((size * (replicas + surge)) / before + 0.5) - size;
}
