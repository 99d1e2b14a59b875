// One outage of a workload: no replica of it is ready.

import type {Time} from '../engine/time.ts';
import type {CauseId} from '../objects/causes.ts';
import type {PodId} from '../objects/ids.ts';
import type {OutageClass} from './cause-classes.ts';

/** Moments on a replica's way to being ready; 0 is none. */
export type WayBack = {
  recreated: Time;
  scheduled: Time;
  pulled: Time;
  started: Time;
};

export type Outage = {
  /** The workload's number. */
  readonly workload: number;
  readonly start: Time;
  /** When the API first showed it, or before it what led to it. */
  detected: Time | undefined;
  /** Of the change that took the last ready replica; 0 where nothing set it going. */
  readonly root: CauseId;
  /** Where the cause's own does not say it. */
  readonly as: OutageClass | undefined;
  end: Time | undefined;
  /** It took no time. */
  void: boolean;
  /** When the first of its pods was deleted that nobody wished away. */
  evicted: Time;
  readonly contributors: Set<CauseId>;
  /** The scheduler found no room for a replica. */
  noRoom: boolean;
  /** Of the replicas on their way, and in the end of the one that came first. */
  readonly coming: Map<PodId, WayBack>;
  back: WayBack;
};

export const nowhere: WayBack = {recreated: 0, scheduled: 0, pulled: 0, started: 0};

export function newOutage(
  start: Time,
  of: Pick<Outage, 'workload' | 'root' | 'as' | 'detected'> & {contributors: Iterable<CauseId>},
): Outage {
  const {workload, root, as, detected} = of;
  const contributors = new Set(of.contributors);
  contributors.delete(root);
  contributors.delete(0 as CauseId);
  return {
    ...{workload, start, detected, root, as, contributors},
    ...{end: undefined, void: false, evicted: 0, noRoom: false},
    ...{coming: new Map(), back: nowhere},
  };
}
