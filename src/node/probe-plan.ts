// What a container's probes will find, worked out when it starts instead of probed: a probe that
// goes on finding the same is no event. As pkg/kubelet/prober/worker.go, whose ticker fires every
// period from an anchor on.

import type {Time} from '../engine/time.ts';
import type {Probe} from '../objects/pod-spec.ts';

export type ProbeClock = {
  readonly probe: Probe;
  readonly anchor: Time;
  /** Ticks before this do not count: initial delay, startup probe not yet succeeded. */
  readonly from: Time;
};

/** When the application answers: not before, nor from `until` on. */
export type Answering = {readonly from: Time; readonly until: Time};

/** The worker ignores ticks until the initial delay after the container's start is over. */
export function probeClock(
  probe: Probe,
  {anchor, startedAt, notBefore}: {anchor: Time; startedAt: Time; notBefore: Time},
): ProbeClock {
  return {probe, anchor, from: Math.max(notBefore, startedAt + probe.initialDelay)};
}

export function firstTick({probe, anchor, from}: ProbeClock, at: Time): Time {
  const earliest = Math.max(at, from);
  if (earliest <= anchor) return anchor;
  return anchor + Math.ceil((earliest - anchor) / probe.period) * probe.period;
}

/** When the probe has succeeded often enough; Infinity if it never does. */
export function successAt(clock: ProbeClock, answering: Answering): Time {
  const {successThreshold, period} = clock.probe;
  const last = firstTick(clock, answering.from) + (successThreshold - 1) * period;
  return last < answering.until ? last : Infinity;
}

/**
 * When the probe has failed often enough in a row; Infinity if it never does. Before its time an
 * application refuses at once; one that hangs lets the probe wait for its timeout.
 */
export function failureAt(clock: ProbeClock, {from, until}: Answering): Time {
  const {failureThreshold, period, timeout} = clock.probe;
  const rest = (failureThreshold - 1) * period;
  const early = firstTick(clock, -Infinity) + rest;
  if (early < from) return early;
  return until === Infinity ? Infinity : firstTick(clock, Math.max(from, until)) + rest + timeout;
}
