// How long a container takes to stop. As killContainer in kuberuntime_container.go: the preStop
// hook first, its whole seconds taken off the grace period, then SIGTERM, and SIGKILL once what is
// left of the grace period is over, but never sooner than after two seconds.

import {second, type Time} from '../engine/time.ts';

// As minimumGracePeriodInSeconds.
export const shortestGrace: Time = 2 * second;

export type Stop = {readonly takes: Time; readonly forced: boolean};

/** `stopTime`: from SIGTERM to its end, Infinity for a container that ignores it. */
export function stopOf({
  grace,
  preStop,
  stopTime,
}: {
  grace: Time;
  preStop: Time;
  stopTime: Time;
}): Stop {
  const hook = Math.min(preStop, grace);
  const left = Math.max(shortestGrace, grace - Math.floor(hook / second) * second);
  return {takes: hook + Math.min(stopTime, left), forced: stopTime > left};
}
