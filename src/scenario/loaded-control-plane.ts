// The control plane of a scenario, as a run is built from it.

import type {MemberLatency} from '../control-plane/etcd-latency.ts';
import type {InFlightLimits} from '../control-plane/in-flight.ts';
import {type ControlPlaneTiming, noTiming, realTiming} from '../control-plane/timing.ts';
import type {Time} from '../engine/time.ts';
import type {Master} from '../machines/masters.ts';
import type {NodeObject} from '../objects/node-spec.ts';
import type {Distribution} from '../options/distribution.ts';
import type {ControlPlane} from './control-plane-schema.ts';
import {mastersOf} from './masters.ts';

export type LoadedControlPlane = {
  readonly masters: readonly Master[];
  /** Both are 0 where the scenario says `latency: none`. */
  readonly writeLatency: Time | Distribution;
  readonly watchLatency: Time | Distribution;
  /** Of each member of etcd, on top of `writeLatency`. */
  readonly members: MemberLatency | undefined;
  readonly timing: ControlPlaneTiming;
  readonly leaderElection: boolean;
  readonly inFlight: InFlightLimits;
  /** Bytes. */
  readonly etcdQuota: number;
};

const nothing: Distribution = {measure: 'duration', law: 'constant', value: 0};

export function loadedControlPlane(
  options: ControlPlane,
  nodes: readonly NodeObject[],
): LoadedControlPlane {
  const masters = mastersOf(options, nodes);
  const {latency, boot, leaderElection, etcdQuota} = options;
  const inFlight = {
    reading: options.maxRequestsInflight,
    mutating: options.maxMutatingRequestsInflight,
  };
  const same = {masters, leaderElection, inFlight, etcdQuota};
  if (latency === 'none') {
    return {...same, writeLatency: 0, watchLatency: 0, members: undefined, timing: noTiming};
  }
  const {write, watch, fsync, roundTrip} = latency;
  const given = fsync !== undefined || roundTrip !== undefined;
  return {
    ...same,
    writeLatency: constantOf(write),
    watchLatency: constantOf(watch),
    members: given ? {fsync: fsync ?? nothing, roundTrip: roundTrip ?? nothing} : undefined,
    timing: {...realTiming, boot},
  };
}

function constantOf(latency: Distribution): Time | Distribution {
  return latency.law === 'constant' ? latency.value : latency;
}
