// Who would have to go for a pod to fit on a node (DefaultPreemption's SelectVictimsOnNode): first all pods
// of lower priority are taken away, then as many as possible are given back, the important ones first.

import type {PluginHandle} from '../framework.ts';
import type {NodeInfo} from '../node-info.ts';
import type {PodInfo} from '../pod-info.ts';
import {splitByDisruption} from './disruption-split.ts';
import {byImportance} from './importance.ts';

export type Candidate = {
  readonly node: NodeInfo;
  /** Most important first. */
  readonly victims: readonly PodInfo[];
  /** How many of them a PodDisruptionBudget protects. */
  readonly violations: number;
};

export type DryRunHandle = Pick<
  PluginHandle,
  'runFilters' | 'addPod' | 'removePod' | 'cluster' | 'clock'
>;

/** `undefined`: nobody to evict, or it would not help. The node is left as it was. */
export function selectVictims(
  handle: DryRunHandle,
  pod: PodInfo,
  node: NodeInfo,
): Candidate | undefined {
  const {now} = handle.clock;
  const possible = node.pods
    .filter(({priority}) => priority < pod.priority)
    .sort((left, right) => byImportance(left, right, now));
  if (possible.length === 0) return undefined;
  for (const victim of possible) handle.removePod(pod, victim, node);
  const gone = new Set(possible);
  let violations = 0;
  if (handle.runFilters(pod, node) === undefined) {
    const {violating, free} = splitByDisruption(possible, handle.cluster.disruptionBudgets);
    for (const victim of violating) if (!reprieve(victim)) violations++;
    for (const victim of free) reprieve(victim);
  } else {
    restore();
    return undefined;
  }
  const victims = possible.filter(victim => gone.has(victim));
  restore();
  // As DryRunPreemption: a node where the pod fits without any victim is no candidate.
  return victims.length === 0 ? undefined : {node, victims, violations};

  function reprieve(victim: PodInfo): boolean {
    handle.addPod(pod, victim, node);
    gone.delete(victim);
    if (handle.runFilters(pod, node) === undefined) return true;
    handle.removePod(pod, victim, node);
    gone.add(victim);
    return false;
  }

  function restore(): void {
    for (const victim of gone) handle.addPod(pod, victim, node);
  }
}
