// The rolling update of a DaemonSet, over all its nodes (pkg/controller/daemon/update.go). The real
// controller takes the nodes in no order; here it is that of their creation.

import type {NodeId} from '../objects/ids.ts';
import type {DaemonSetSpec} from '../objects/workload-object.ts';
import type {KnownPod} from './known-pod.ts';
import {resolve} from './rolling-update.ts';

/** The pods of one node, without those that are terminating. */
export type DaemonNode = {
  readonly node: NodeId;
  readonly updated: readonly KnownPod[];
  readonly old: readonly KnownPod[];
};

export type DaemonUpdate = {
  readonly deletes: readonly KnownPod[];
  /** Nodes that get a new pod beside the old one. */
  readonly creates: readonly NodeId[];
};

export type DaemonLimits = {readonly surge: number; readonly unavailable: number};

/** Of the nodes that want a pod; percentages round up. */
export function daemonLimits(
  strategy: Extract<DaemonSetSpec['strategy'], {type: 'RollingUpdate'}>,
  desired: number,
): DaemonLimits {
  const surge = resolve(strategy.maxSurge, desired, Math.ceil);
  const unavailable = resolve(strategy.maxUnavailable, desired, Math.ceil);
  return {surge, unavailable: surge === 0 && unavailable === 0 ? 1 : unavailable};
}

export function daemonUpdate(
  nodes: readonly DaemonNode[],
  limits: DaemonLimits,
  isAvailable: (pod: KnownPod) => boolean,
): DaemonUpdate {
  if (limits.surge > 0) return {deletes: [], creates: besides(nodes, limits.surge, isAvailable)};
  return {deletes: replaced(nodes, limits.unavailable, isAvailable), creates: []};
}

// Old pods that serve nobody may always go; of the others as many as the limit leaves.
function replaced(
  nodes: readonly DaemonNode[],
  limit: number,
  isAvailable: (pod: KnownPod) => boolean,
): KnownPod[] {
  const [always, candidates]: [KnownPod[], KnownPod[]] = [[], []];
  let unavailable = 0;
  for (const {updated, old} of nodes) {
    const [pod] = updated.length === 1 ? updated : old;
    if (updated.length + old.length !== 1 || !isAvailable(pod)) unavailable++;
    if (updated.length > 0 || old.length !== 1) continue;
    (isAvailable(pod) ? candidates : always).push(pod);
  }
  return [...always, ...candidates.slice(0, Math.max(0, limit - unavailable))];
}

function besides(
  nodes: readonly DaemonNode[],
  limit: number,
  isAvailable: (pod: KnownPod) => boolean,
): NodeId[] {
  const [always, candidates]: [NodeId[], NodeId[]] = [[], []];
  let surging = 0;
  for (const {node, updated, old} of nodes) {
    if (old.length > 0 && updated.length > 0) surging++;
    if (old.length !== 1 || updated.length > 0) continue;
    (isAvailable(old[0]) ? candidates : always).push(node);
  }
  return [...always, ...candidates.slice(0, Math.max(0, limit - surging))];
}
