// A deleted pod races against the news of it: it goes on being chosen by a node until that node's
// table is programmed, and answers until it stops listening. What is chosen in between is lost.

import type {Time} from '../../engine/time.ts';

export type EndOfPod = {
  /** When a node stops choosing it. */
  readonly unchosen: Time;
  /** When it stops taking new connections: preStop, then what it goes on to accept. */
  readonly deaf: Time;
};

/** How long new connections of that node to it fail. */
export function lostFor({unchosen, deaf}: EndOfPod): Time {
  return Math.max(0, unchosen - deaf);
}

/** preStop and graceful end that lose nothing, where the news takes at most so long. */
export function graceWanted(news: Time, minSyncPeriod: Time): Time {
  return news + minSyncPeriod;
}
