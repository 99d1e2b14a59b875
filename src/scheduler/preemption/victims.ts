// Who would have to go for a pod to fit on a node (DefaultPreemption's SelectVictimsOnNode): first
// all pods of lower priority are taken away, then as many as possible are given back, the important
// ones first.

import type {NodeInfo} from '../cache/node-info.ts';
import type {PodInfo} from '../cache/pod-info.ts';
import type {PluginHandle} from '../framework.ts';
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

/** Nobody to evict, or it would not help; and why not. */
export type NoCandidate = {readonly node: undefined; readonly reasons: readonly string[]};

const nobody: NoCandidate = {
  node: undefined,
  reasons: ['No preemption victims found for incoming pod'],
};

/** The node is left as it was. */
export function selectVictims(
  handle: DryRunHandle,
  pod: PodInfo,
  node: NodeInfo,
): Candidate | NoCandidate {
  const {now} = handle.clock;
  const possible = node.pods
    .filter(({priority}) => priority < pod.priority)
    .sort((left, right) => byImportance(left, right, now));
  if (possible.length === 0) return nobody;
  const gone = new Set(possible);
  for (const victim of possible) handle.removePod(pod, victim, node);
  const rejection = handle.runFilters(pod, node);
  const violations =
    rejection === undefined ? reprieveMost({handle, pod, node}, possible, gone) : 0;
  const victims = possible.filter(victim => gone.has(victim));
  for (const victim of victims) handle.addPod(pod, victim, node);
  if (rejection !== undefined) return {node: undefined, reasons: rejection.reasons};
  // As DryRunPreemption: a node where the pod fits without any victim is no candidate.
  return victims.length > 0 ? {node, victims, violations} : nobody;
}

type WhatIf = {readonly handle: DryRunHandle; readonly pod: PodInfo; readonly node: NodeInfo};

/** Takes those out of `gone` that may stay; returns how many protected ones may not. */
function reprieveMost(whatIf: WhatIf, possible: readonly PodInfo[], gone: Set<PodInfo>): number {
  const {disruptionBudgets} = whatIf.handle.cluster;
  const {violating, free} = splitByDisruption(possible, disruptionBudgets);
  let violations = 0;
  for (const victim of violating) {
    if (canStay(whatIf, victim)) gone.delete(victim);
    else violations++;
  }
  for (const victim of free) if (canStay(whatIf, victim)) gone.delete(victim);
  return violations;
}

function canStay({handle, pod, node}: WhatIf, victim: PodInfo): boolean {
  handle.addPod(pod, victim, node);
  if (handle.runFilters(pod, node) === undefined) return true;
  handle.removePod(pod, victim, node);
  return false;
}
