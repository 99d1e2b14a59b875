// How long a scheduling cycle takes on the simulated machine. A straight line through three figures
// of the upstream scheduler_perf suite (worst recent averages of a 1.36-era scheduler, 5,000
// nodes):
//
//   DaemonSet pods, one node each    1,100 pods/s   909 us = base + one node
//   SchedulingBasic                    680 pods/s  1471 us = base + 500 nodes filtered and scored
//   half of a node's cost is filtering, half is scoring
//
// The real cycle has 16 workers over the nodes; the line is what remains of them.

import type {Time} from '../engine/time.ts';
import type {Attempt} from './cycle/attempt.ts';

/** Microseconds, not necessarily whole ones. */
export type CostModel = {
  readonly base: number;
  readonly perNodeFiltered: number;
  readonly perNodeScored: number;
};

export const defaultCost: CostModel = {base: 907.5, perNodeFiltered: 0.56, perNodeScored: 0.56};

export function cycleTime(cost: CostModel, {feasible, failed, scored}: Attempt): Time {
  const nodes = (feasible + failed) * cost.perNodeFiltered + scored * cost.perNodeScored;
  return Math.round(cost.base + nodes);
}
