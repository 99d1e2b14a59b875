// How endpoints are dealt out to zones under `topology-mode: Auto`: in proportion to the cpu of the
// zones' nodes, or not at all where that would overload one (es:topologycache/topologycache.go).

const overloadThreshold = 0.2;

/** By zone. */
export type ZoneShares = ReadonlyMap<string, number>;

export type Allocation = {
  readonly minimum: number;
  readonly maximum: number;
  readonly desired: number;
};

export type Allocations =
  | {readonly allocations: ReadonlyMap<string, Allocation>}
  | {
      readonly refused:
        | 'insufficient node information'
        | 'nodes only ready in one zone'
        | 'fewer endpoints than zones'
        | 'minimum allocation not possible';
      /** What the zones would need at least, where that is the reason. */
      readonly minima?: ReadonlyMap<string, number>;
    };

/** `shares`: each zone's part of all cpu, in the order of their names; `undefined`: not known. */
export function allocate(shares: ZoneShares | undefined, endpoints: number): Allocations {
  if (shares === undefined) return {refused: 'insufficient node information'};
  if (shares.size < 2) return {refused: 'nodes only ready in one zone'};
  if (shares.size > endpoints) return {refused: 'fewer endpoints than zones'};
  let total = 0;
  const minima = new Map<string, number>();
  for (const [zone, share] of shares) {
    const minimum = minimumOf(share, endpoints);
    minima.set(zone, minimum);
    total += minimum;
  }
  if (total > endpoints) return {refused: 'minimum allocation not possible', minima};
  const allocations = new Map<string, Allocation>();
  for (const [zone, minimum] of minima) {
    const desired = Math.max((shares.get(zone) ?? 0) * endpoints, minimum);
    allocations.set(zone, {minimum, maximum: minimum + endpoints - total, desired});
  }
  return {allocations};
}

/** In doubles and in this order, as the real one rounds. */
function minimumOf(share: number, endpoints: number): number {
  return Math.ceil(share * endpoints * (1 / (1 + overloadThreshold)));
}

/** One zone has to serve more than the threshold allows: hints are to be dealt out anew. */
export function overloads(shares: ZoneShares, hinted: ReadonlyMap<string, number>): boolean {
  let endpoints = 0;
  for (const count of hinted.values()) endpoints += count;
  for (const [zone, share] of shares) {
    if ((hinted.get(zone) ?? 0) < minimumOf(share, endpoints)) return true;
  }
  return false;
}

/**
 * How many endpoints each zone hands over, and each takes. The largest difference first, of equal
 * ones the first zone by name, where the real one takes any.
 */
export function exchanges(
  allocations: ReadonlyMap<string, Allocation>,
  hinted: ReadonlyMap<string, number>,
): {readonly giving: Map<string, number>; readonly receiving: Map<string, number>} {
  const surplus = new Map<string, number>();
  const lack = new Map<string, number>();
  for (const [zone, {desired}] of allocations) {
    const difference = (hinted.get(zone) ?? 0) - desired;
    if (difference > 0) surplus.set(zone, difference);
    if (difference < 0) lack.set(zone, -difference);
  }
  const giving = new Map<string, number>();
  const receiving = new Map<string, number>();
  for (;;) {
    const [giver, gives] = largest(surplus);
    const [receiver, receives] = largest(lack);
    if (giver === undefined || receiver === undefined) break;
    if (gives < 0.5 || receives < 0.5 || (gives < 1 && receives < 1)) break;
    surplus.set(giver, gives - 1);
    lack.set(receiver, receives - 1);
    giving.set(giver, 1 + (giving.get(giver) ?? 0));
    receiving.set(receiver, 1 + (receiving.get(receiver) ?? 0));
  }
  return {giving, receiving};
}

function largest(differences: ReadonlyMap<string, number>): [string | undefined, number] {
  let found: string | undefined;
  let most = -1;
  for (const [zone, difference] of differences) {
    const first = difference === most && found !== undefined && zone < found;
    if (difference > most || first) [found, most] = [zone, difference];
  }
  return [found, most];
}
