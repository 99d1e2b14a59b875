// Arrivals with independent gaps, the first one gap after the start.

import type {Time} from '../engine/time.ts';
import type {Draw} from '../options/drawer.ts';
import type {ArrivalTimes} from './arrival-times.ts';

export function renewals(gap: Draw, limit: number | undefined): ArrivalTimes {
  const after = (time: Time): Time | undefined => {
    const next = time + gap();
    return Number.isSafeInteger(next) ? next : undefined;
  };
  return {size: 1, limit, first: after, next: after};
}
