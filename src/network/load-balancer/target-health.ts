// What a load balancer believes of one target. A check that finds what is believed changes nothing,
// so none is an event: when the target's condition changes, the checks since the last change are
// counted, and it is worked out which check will be the one that changes the balancer's mind.

import type {Time} from '../../engine/time.ts';
import {checkAt, foundUnhealthy, type HealthCheck} from '../rules/health-checks.ts';

/** What a check would find: an answer, a bad one or a refusal, or nothing until it is given up. */
export type Condition = 'answers' | 'fails' | 'silent';

export type TargetCheck = HealthCheck & {
  readonly healthyThreshold: number;
  /** Targets themselves tell of what they can tell of: all but their silence. */
  readonly announced: boolean;
};

export type CheckedTarget = {
  healthy: boolean;
  condition: Condition;
  /** When its condition was last another. */
  since: Time;
  /** Checks in a row until then that were against the belief. */
  streak: number;
  /** Of its checks, in their interval. */
  readonly phase: Time;
};

/** It turns out otherwise from now on; returns when the balancer will have another belief. */
export function changeCondition(
  target: CheckedTarget,
  check: TargetCheck,
  {condition, now}: {condition: Condition; now: Time},
): Time | undefined {
  const {interval} = check;
  const {phase, since} = target;
  const before = checkAt({interval, phase}, since, 1);
  const checks = (checkAt({interval, phase}, now, 1) - before) / interval;
  if (checks > 0) {
    const most = threshold(target, check) - 1;
    target.streak = isContrary(target) ? Math.min(target.streak + checks, most) : 0;
  }
  target.condition = condition;
  target.since = now;
  return nextBelief(target, check);
}

/** The check has come that changes the belief. */
export function changeBelief(target: CheckedTarget, now: Time): void {
  target.healthy = !target.healthy;
  target.streak = 0;
  target.since = now;
}

function nextBelief(target: CheckedTarget, check: TargetCheck): Time | undefined {
  if (!isContrary(target)) return undefined;
  const {since: failed, phase, streak, condition} = target;
  const silent = condition === 'silent';
  if (check.announced && !silent) return failed;
  const left = threshold(target, check) - streak;
  return foundUnhealthy({...check, unhealthyThreshold: left}, {failed, phase, silent});
}

function isContrary({healthy, condition}: CheckedTarget): boolean {
  return healthy !== (condition === 'answers');
}

function threshold({healthy}: CheckedTarget, check: TargetCheck): number {
  return healthy ? check.unhealthyThreshold : check.healthyThreshold;
}
