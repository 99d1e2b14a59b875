// Why a pod goes that nobody wished away: the reason of its condition DisruptionTarget.

export const disruptions = [
  'PreemptionByScheduler',
  'DeletionByTaintManager',
  'EvictionByEvictionAPI',
  'DeletionByPodGC',
  'TerminationByKubelet',
] as const;

export type Disruption = (typeof disruptions)[number];
