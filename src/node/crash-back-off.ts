// When a container that has ended may be started again: CrashLoopBackOff. As doBackOff in
// kuberuntime_manager.go with client-go's flowcontrol.Backoff: counted from the container's exit,
// 0 s, 10 s, 20 s, 40 s, 80 s, 160 s, then 300 s for ever; forgotten once a container has run for
// more than ten minutes. A clean exit counts like a crash.

import {minute, second, type Time} from '../engine/time.ts';

/** Of one container of one pod. `delay` is 0 until its first restart. */
export type CrashBackOff = {delay: Time; startedAt: Time};

const first: Time = 10 * second;
const forgottenAfter: Time = 10 * minute;

export const noCrashes = (): CrashBackOff => ({delay: 0, startedAt: 0});

export function restartDueAt(backOff: CrashBackOff, endedAt: Time): Time {
  return isForgotten(backOff, endedAt) ? endedAt : endedAt + backOff.delay;
}

/** The kubelet has decided at `now` to start it again. */
export function noteRestart(
  backOff: CrashBackOff,
  {endedAt, now, longest}: {endedAt: Time; now: Time; longest: Time},
): void {
  const next = isForgotten(backOff, endedAt) ? first : 2 * backOff.delay;
  backOff.delay = Math.min(next, longest);
  backOff.startedAt = now;
}

function isForgotten({delay, startedAt}: CrashBackOff, endedAt: Time): boolean {
  return delay === 0 || endedAt - startedAt > forgottenAfter;
}
