// What one fault, operation or crash has led to so far, and how far its repair has come.

import type {Time} from '../engine/time.ts';
import type {NodeId} from '../objects/ids.ts';

/** In the order in which they follow each other. */
export const recoverySteps = [
  'detected',
  'evicted',
  'recreated',
  'scheduled',
  'pulled',
  'started',
  'ready',
] as const;

export type RecoveryStep = (typeof recoverySteps)[number];

export type Effect = {
  /** That lost power, kubelet, link or readiness, or were changed by an operator. */
  readonly nodes: Set<NodeId>;
  /** Of these, those that are not well again. */
  readonly nodesOut: Set<NodeId>;
  /** Pods that lost their readiness or were deleted, each once. */
  pods: number;
  /** Numbers of the workloads that lost a replica, and that had none left. */
  readonly degraded: Set<number>;
  readonly down: Set<number>;
  /** Replicas that are missing still, and rollouts under way. */
  open: number;
  /** Since when there is none of either, if there was any. */
  closed: Time | undefined;
  /** Since when all its nodes are well again. */
  nodesBack: Time | undefined;
  /** By step. */
  readonly steps: {first: Time; last: Time; count: number}[];
};

export function newEffect(): Effect {
  return {
    nodes: new Set(),
    nodesOut: new Set(),
    pods: 0,
    degraded: new Set(),
    down: new Set(),
    open: 0,
    closed: undefined,
    nodesBack: undefined,
    steps: recoverySteps.map(() => ({first: 0, last: 0, count: 0})),
  };
}

/** What comes later has nothing to do with the repair, though it goes back to the same cause. */
function underRepair({open, closed}: Effect): boolean {
  return open > 0 || closed === undefined;
}

export function note(effect: Effect, name: RecoveryStep, now: Time): void {
  if (name !== 'detected' && !underRepair(effect)) return;
  const step = effect.steps[recoverySteps.indexOf(name)];
  if (step.count++ === 0) step.first = now;
  step.last = now;
}

/** When all the replicas that it cost were ready again; of none, when its nodes were back. */
export function recovered({open, nodesOut, closed, nodes, nodesBack}: Effect): Time | undefined {
  if (open > 0) return undefined;
  if (closed !== undefined) return closed;
  return nodes.size > 0 && nodesOut.size === 0 ? nodesBack : undefined;
}
