// What a scenario may say of its controller manager, under the names of kube-controller-manager's
// flags. The defaults are the real ones.

import * as z from 'zod';
import {millisecond, second, type Time} from '../engine/time.ts';
import type {KubernetesMinor} from '../objects/version.ts';
import {duration} from '../options/duration.ts';

const rate = (perSecond: number) => z.number().min(0).max(1e6).default(perSecond);

export const managerOptions = z.strictObject({
  nodeMonitorPeriod: duration({from: millisecond})
    .default('5s')
    .describe('from one look at the heartbeats of all nodes to the next'),
  nodeMonitorGracePeriod: duration({from: millisecond})
    .optional()
    .describe('a node without heartbeats for so long is lost (50s, up to 1.31 40s)'),
  nodeStartupGracePeriod: duration({from: millisecond})
    .default('60s')
    .describe('instead, for one that has not become ready yet'),
  nodeEvictionRate: rate(0.1).describe('lost nodes a second and zone that pods are evicted from'),
  secondaryNodeEvictionRate: rate(0.01).describe(
    'instead, in a large zone of which too much is lost; in others none',
  ),
  unhealthyZoneThreshold: z
    .number()
    .min(0)
    .max(1)
    .default(0.55)
    .describe('this share of a zone, and three nodes, are too much'),
  largeClusterSizeThreshold: z
    .int()
    .min(0)
    .max(1e9)
    .default(50)
    .describe('a zone of more nodes is large'),
  terminatedPodGcThreshold: z
    .int()
    .min(0)
    .max(1e9)
    .default(12_500)
    .describe('of pods that have ended so many are kept; 0: all'),
});

export type ManagerOptions = z.output<typeof managerOptions>;

/** Since 1.32 it is longer than the time in which a broken connection is noticed. */
export function graceOf(
  {nodeMonitorGracePeriod}: ManagerOptions,
  kubernetes: KubernetesMinor,
): Time {
  return nodeMonitorGracePeriod ?? (kubernetes <= 31 ? 40 * second : 50 * second);
}
