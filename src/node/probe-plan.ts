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

/**
 * While the application answers no probe: it refuses at once (it is not up yet), or hangs and lets
 * the probe wait for its timeout.
 */
export type Silence = {readonly from: Time; readonly until: Time; readonly refuses: boolean};

/** The worker ignores ticks until the initial delay after the container's start is over. */
export function probeClock(
  probe: Probe,
  {anchor, startedAt, notBefore}: {anchor: Time; startedAt: Time; notBefore: Time},
): ProbeClock {
  return {probe, anchor, from: Math.max(notBefore, startedAt + probe.initialDelay)};
}

function firstTick({probe, anchor, from}: ProbeClock, at: Time): Time {
  const earliest = Math.max(at, from);
  if (earliest <= anchor) return anchor;
  return anchor + Math.ceil((earliest - anchor) / probe.period) * probe.period;
}

/** When the probe has succeeded often enough in a row; Infinity if it never does. */
export function successAt(clock: ProbeClock, silences: readonly Silence[]): Time {
  const {successThreshold, period} = clock.probe;
  const rest = (successThreshold - 1) * period;
  let answersFrom = -Infinity;
  for (const {from, until} of silences) {
    const last = firstTick(clock, answersFrom) + rest;
    if (last < from) return last;
    answersFrom = until;
  }
  return firstTick(clock, answersFrom) + rest;
}

/** When the probe has failed often enough in a row; Infinity if it never does. */
export function failureAt(clock: ProbeClock, silences: readonly Silence[]): Time {
  const {failureThreshold, period, timeout} = clock.probe;
  for (const {from, until, refuses} of silences) {
    const last = firstTick(clock, from) + (failureThreshold - 1) * period;
    const failsAt = refuses ? last : last + timeout;
    if (failsAt < until) return failsAt;
  }
  return Infinity;
}

/** In the order of time, and those that run into each other as one. */
export function joined(silences: readonly Silence[]): Silence[] {
  const ordered = silences
    .filter(({from, until}) => from < until)
    .sort((one, other) => one.from - other.from);
  const result: Silence[] = [];
  for (const silence of ordered) {
    const before = result.at(-1);
    if (before === undefined || before.until < silence.from) result.push(silence);
    else result[result.length - 1] = {...before, until: Math.max(before.until, silence.until)};
  }
  return result;
}
