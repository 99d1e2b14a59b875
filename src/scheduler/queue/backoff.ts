// How long a pod waits after a failed attempt (kube-scheduler's backoff_queue.go, by version).

import type {Time} from '../../engine/time.ts';
import {second} from '../../engine/time.ts';
import type {KubernetesMinor} from '../../objects/version.ts';

/** Doubles from the first failure on, up to `max`. A `max` of 0 turns backoff off. */
export function backoffDuration(rule: {attempts: number; initial: Time; max: Time}): Time {
  if (rule.attempts === 0) return 0;
  return Math.min(rule.max, rule.initial * 2 ** (rule.attempts - 1));
}

/**
 * When the wait ends. From 1.33 it is cut down to a whole second, so that pods come back in
 * batches.
 */
export function backoffExpiry(wait: {
  queuedAt: Time;
  duration: Time;
  kubernetes: KubernetesMinor;
}): Time {
  if (wait.duration === 0) return noBackoff;
  const end = wait.queuedAt + wait.duration;
  return wait.kubernetes >= 33 ? wholeSeconds(end) : end;
}

// As isPodBackingOff: from 1.33 on the clock is cut to whole seconds too, and equality still waits.
export function isBackingOff(wait: {
  expiry: Time;
  now: Time;
  kubernetes: KubernetesMinor;
}): boolean {
  const {expiry, now, kubernetes} = wait;
  return kubernetes < 33 ? expiry > now : expiry >= wholeSeconds(now);
}

/**
 * Before all time: a pod that has not failed yet waits for nothing, not even for the second to end.
 */
const noBackoff: Time = -1;

function wholeSeconds(time: Time): Time {
  return time - (time % second);
}
