// The clockwork of a lease (client-go's leaderelection.go): when its leader renews it and when a
// candidate looks at it. Renewals and looks change nothing while all is well, so they are worked
// out when somebody asks, never played.

import type {RandomStream} from '../engine/random.ts';
import {minute, second, type Time, toTime} from '../engine/time.ts';

/** A candidate takes over when it has not seen the record change for so long, by its own clock. */
export const leaseDuration: Time = 15 * second;
/** A leader that fails to renew for so long gives up. */
export const renewDeadline: Time = 10 * second;
/** From a renewal, or a failed one, to the next. */
export const retryPeriod: Time = 2 * second;

/** A candidate looks every retryPeriod · U[1, 2.2): JitterUntil with a factor of 1.2. */
const shortestLook = retryPeriod;
const longestLook = 2.2 * retryPeriod;

/** After this long a candidate's looks have forgotten when they began. */
const forgotten: Time = minute;

/** From a moment that has nothing to do with the looks to the next of them. */
export function untilLook(stream: RandomStream): Time {
  // The gap in which the moment lies is length-biased: its density grows with its length.
  const squared = stream.uniform(shortestLook * shortestLook, longestLook * longestLook);
  const gap = Math.sqrt(squared);
  return toTime(stream.uniform() * gap);
}

/** The first look from `from` on, after one at `look`. */
export function nextLook(stream: RandomStream, look: Time, from: Time): Time {
  if (from - look > forgotten) return from + untilLook(stream);
  let next = look;
  while (next < from) next += toTime(stream.uniform(shortestLook, longestLook));
  return next;
}

/** Of a leader that renewed at `first` and has gone on since. */
export function lastRenewal(first: Time, now: Time): Time {
  return first + Math.floor((now - first) / retryPeriod) * retryPeriod;
}

/** When a leader that failed since its renewal at `last` tries again, from `now` on. */
export function nextTry(last: Time, now: Time): Time {
  return last + Math.ceil((now - last) / retryPeriod) * retryPeriod;
}
