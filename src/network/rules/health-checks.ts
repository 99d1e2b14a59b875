// A load balancer's checks of one target: one every interval, and as many failures in a row as the
// threshold says make it unhealthy. A check of a target that is gone without a trace fails only
// when its time is over.

import type {Time} from '../../engine/time.ts';

export type HealthCheck = {
  readonly interval: Time;
  readonly timeout: Time;
  readonly unhealthyThreshold: number;
};

/** When the `number`th check from a time on begins: they happen `phase` after each interval. */
export function checkAt(
  {interval, phase}: {readonly interval: Time; readonly phase: Time},
  from: Time,
  number: number,
): Time {
  return (Math.ceil((from - phase) / interval) + number - 1) * interval + phase;
}

/** When a target that fails at `failed` is taken out. */
export function foundUnhealthy(
  {interval, timeout, unhealthyThreshold}: HealthCheck,
  {failed, phase, silent}: {failed: Time; phase: Time; silent: boolean},
): Time {
  const lastFailing = checkAt({interval, phase}, failed, unhealthyThreshold);
  return lastFailing + (silent ? timeout : 0);
}
