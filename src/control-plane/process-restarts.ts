// When the kubelet of a master starts a process of the control plane again, which is a static pod
// like any other: at once, then after 10 s, 20 s … 300 s, and at once again when it has run for
// more than ten minutes (doBackOff in kuberuntime_manager.go).

import {minute, second, type Time} from '../engine/time.ts';

const first: Time = 10 * second;
const longest: Time = 300 * second;
const forgottenAfter: Time = 10 * minute;
/** From a decision to start a process to its first request. */
export const processStart: Time = second;

export type Restarts = {readonly delay: Time; readonly startedAt: Time};

export const noRestarts: Restarts = {delay: 0, startedAt: 0};

/** A process that has ended at `now`, and takes `start` to start, runs again at `at`. */
export function restartOf(
  {delay, startedAt}: Restarts,
  {now, start}: {now: Time; start: Time},
): Restarts & {at: Time} {
  const wait = delay === 0 || now - startedAt > forgottenAfter ? 0 : delay;
  const at = now + wait + start;
  return {at, delay: wait === 0 ? first : Math.min(longest, 2 * wait), startedAt: at};
}
