// Processes whose mean in the long run is known.

import type {RandomStream} from '../../../src/engine/random.ts';

/** Each value remembers this share of the last one's distance from the mean. */
export function autoregressive(
  {memory, mean, start, count}: {memory: number; mean: number; start: number; count: number},
  random: RandomStream,
): number[] {
  let off = start - mean;
  return Array.from({length: count}, () => {
    off = memory * off + random.normal(0, 1);
    return mean + off;
  });
}

/** Waits of customers at one server, the first of whom finds it idle: Lindley's recurrence. */
export function queueWaits(load: number, count: number, random: RandomStream): number[] {
  let wait = 0;
  return Array.from({length: count}, () => {
    const waited = wait;
    wait = Math.max(0, wait + random.exponential(1) - random.exponential(1 / load));
    return waited;
  });
}

/** In units of the mean service: D. G. Kendall's M/M/1. */
export function meanWait(load: number): number {
  return load / (1 - load);
}
