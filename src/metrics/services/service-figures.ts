// What services.csv and summary.csv say of one Service, worked out at the end of the run.

import type {Time} from '../../engine/time.ts';
import type {ServiceOutage} from './service-outage.ts';
import type {ServiceRecord} from './service-record.ts';
import {certain} from './view-group.ts';

/** A second in which nobody gets through, in units of probability times microseconds. */
export const lostSecond = BigInt(certain) * 1_000_000n;

export type ServiceFigures = {
  /** From first ready to the end or the deletion, while a client is alive. */
  readonly watched: bigint;
  readonly unreachable: bigint;
  /** In units of probability times microseconds. */
  readonly lost: bigint;
  readonly outages: readonly ServiceOutage[];
  readonly downtime: Time;
  readonly longest: Time;
  /** Of outages that have ended. */
  readonly repairs: number;
  readonly repairTime: Time;
};

/** `undefined` where it never was ready. */
export function serviceFigures(record: ServiceRecord, end: Time): ServiceFigures | undefined {
  if (record.firstReady === undefined || record.firstReady > end) return undefined;
  const outages = record.outagesUntil(end);
  const figures = {downtime: 0, longest: 0, repairs: 0, repairTime: 0};
  for (const outage of outages) {
    const duration = (outage.end ?? end) - outage.start;
    figures.downtime += duration;
    figures.longest = Math.max(figures.longest, duration);
    if (outage.end === undefined) continue;
    figures.repairs++;
    figures.repairTime += duration;
  }
  return {...record.figures(end), outages, ...figures};
}
