// The events of one fault of a scenario, and what has to answer them.

import type {Time} from '../engine/time.ts';

/** Schedules them; slots are the fault's own numbers. */
export type FaultClock = {
  begin(delay: Time, slot: number): void;
  end(delay: Time, slot: number): void;
};

export type RunningFault = {
  /** At time zero, when nodes and objects are there. */
  start(): void;
  begin(slot: number): void;
  end(slot: number): void;
  save(): unknown;
  restore(saved: unknown): void;
};
