// A load balancer's checks of one target: one every interval, and as many failures in a row as the
// threshold says make it unhealthy. A check of a target that is gone without a trace fails only
// when its time is over.

import type {Time} from '../../engine/time.ts';

export type HealthCheck = {
  readonly interval: Time;
  readonly timeout: Time;
  readonly unhealthyThreshold: number;
};

/** When a target that fails at `failed` is taken out; checks happen `phase` after each interval. */
export function foundUnhealthy(
  {interval, timeout, unhealthyThreshold}: HealthCheck,
  {failed, phase, silent}: {failed: Time; phase: Time; silent: boolean},
): Time {
  const firstFailing = Math.ceil((failed - phase) / interval) * interval + phase;
  const lastFailing = firstFailing + (unhealthyThreshold - 1) * interval;
  return lastFailing + (silent ? timeout : 0);
}
