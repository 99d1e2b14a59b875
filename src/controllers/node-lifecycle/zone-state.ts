// How bad things are in a zone, and how fast nodes lose their pods then
// (node_lifecycle_controller.go, ComputeZoneState and setLimiterInZone).

import {unreachable} from '../../engine/unreachable.ts';
import type {NodeObject} from '../../objects/node-spec.ts';
import type {ManagerOptions} from '../manager-options.ts';

export type ZoneCount = {ready: number; notReady: number};

export type ZoneState = 'normal' | 'partial' | 'full';

/** Fewer nodes than this are never too many. */
const fewest = 3;

export function zoneState(
  {ready, notReady}: ZoneCount,
  {unhealthyZoneThreshold}: ManagerOptions,
): ZoneState {
  if (ready === 0 && notReady > 0) return 'full';
  const share = notReady / (notReady + ready);
  return notReady >= fewest && share >= unhealthyZoneThreshold ? 'partial' : 'normal';
}

/** In nodes a second. A zone without any ready node is trusted unless all zones are such. */
export function evictionRate(
  state: ZoneState,
  {ready, notReady}: ZoneCount,
  options: ManagerOptions,
): number {
  switch (state) {
    case 'normal':
    case 'full':
      return options.nodeEvictionRate;
    case 'partial': {
      const large = ready + notReady > options.largeClusterSizeThreshold;
      return large ? options.secondaryNodeEvictionRate : 0;
    }
    default:
      return unreachable(state);
  }
}

/** As GetZoneKey; nodes without these labels are one zone together. */
export function zoneKey({labels}: NodeObject): string {
  const region = labels.get('topology.kubernetes.io/region') ?? '';
  return `${region}/${labels.get('topology.kubernetes.io/zone') ?? ''}`;
}

/** Says nothing about its zone. */
export function isExcluded({labels}: NodeObject): boolean {
  return labels.has('node.kubernetes.io/exclude-disruption');
}
