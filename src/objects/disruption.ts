// Why a pod goes that nobody wished away: the reason of its condition DisruptionTarget.

const disruptions = [
  'PreemptionByScheduler',
  'DeletionByTaintManager',
  'EvictionByEvictionAPI',
  'DeletionByPodGC',
  'TerminationByKubelet',
] as const;

export type Disruption = (typeof disruptions)[number];

/** 0 for none. */
export function numberOfDisruption(disruption: Disruption | undefined): number {
  return disruption === undefined ? 0 : disruptions.indexOf(disruption) + 1;
}

export function disruptionOf(number: number): Disruption | undefined {
  return number > 0 ? disruptions[number - 1] : undefined;
}
