// Looks for nodes where preemption would make room (kube-scheduler's DryRunPreemption), as if by
// one worker: the nodes in order from a drawn offset, until enough have been found.

import type {NodeInfo} from '../cache/node-info.ts';
import type {PodInfo} from '../cache/pod-info.ts';
import type {Candidate, DryRunHandle} from './victims.ts';
import {selectVictims} from './victims.ts';

export type CandidateLimits = {
  readonly minCandidateNodesPercentage: number;
  readonly minCandidateNodesAbsolute: number;
};

export function candidatesWanted(nodes: number, limits: CandidateLimits): number {
  const share = Math.floor((nodes * limits.minCandidateNodesPercentage) / 100);
  return Math.min(nodes, Math.max(share, limits.minCandidateNodesAbsolute));
}

export type DryRun = {
  readonly candidates: readonly Candidate[];
  /** How many of the others are none for each reason. */
  readonly refused: ReadonlyMap<string, number>;
};

/**
 * Candidates that violate no disruption budget come first. At least one such must be found to stop
 * early.
 */
export function dryRunPreemption(
  handle: DryRunHandle,
  pod: PodInfo,
  search: {nodes: readonly NodeInfo[]; offset: number; wanted: number},
): DryRun {
  const {nodes, offset, wanted} = search;
  const free: Candidate[] = [];
  const violating: Candidate[] = [];
  const refused = new Map<string, number>();
  for (let i = 0; i < nodes.length; i++) {
    const candidate = selectVictims(handle, pod, nodes[(offset + i) % nodes.length]);
    if (candidate.node === undefined) {
      for (const reason of candidate.reasons) refused.set(reason, (refused.get(reason) ?? 0) + 1);
      continue;
    }
    (candidate.violations === 0 ? free : violating).push(candidate);
    if (free.length > 0 && free.length + violating.length >= wanted) break;
  }
  return {candidates: [...free, ...violating], refused};
}
