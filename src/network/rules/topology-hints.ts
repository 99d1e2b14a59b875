// How many endpoints each zone gets with topology-mode Auto, by its share of the CPU: no zone may
// have to do with so few that they would be overloaded by more than 20 % (endpointslice,
// topologycache.go and utils.go).

export type ZoneAllocation = {
  readonly minimum: readonly number[];
  readonly maximum: readonly number[];
  readonly desired: readonly number[];
};

/** There are no hints then: the whole Service is routed over all zones. */
export type NoHints = {
  readonly reason: 'endpoints<zones' | 'sum(min)>n';
  /** What the zones would need at least, where that is the reason. */
  readonly minimum?: readonly number[];
};

const overload = 0.2;

export function allocateToZones(
  cpuRatios: readonly number[],
  readyEndpoints: number,
): ZoneAllocation | NoHints {
  if (readyEndpoints < cpuRatios.length) return {reason: 'endpoints<zones'};
  // In this order, as rounding in doubles decides some cases.
  const minimum = cpuRatios.map(ratio => Math.ceil(ratio * readyEndpoints * (1 / (1 + overload))));
  const taken = minimum.reduce((sum, count) => sum + count, 0);
  if (taken > readyEndpoints) {
    return {reason: 'sum(min)>n', minimum};
  }
  const spare = readyEndpoints - taken;
  return {
    minimum,
    maximum: minimum.map(count => count + spare),
    desired: cpuRatios.map((ratio, zone) => Math.max(ratio * readyEndpoints, minimum[zone])),
  };
}
