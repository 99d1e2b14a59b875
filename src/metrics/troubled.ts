// The workloads that had trouble, worst first, each with a strip of how it fared: for reports.

import {inSeconds, type Time} from '../engine/time.ts';
import type {StripState} from './strip.ts';
import type {WorkloadRecord} from './workload-record.ts';

export type TroubledWorkload = {
  /** `deployment/web`. */
  readonly name: string;
  readonly namespace: string;
  readonly outages: number;
  /** In seconds. */
  readonly downtime: number;
  /** It still waits for its first ready replica. */
  readonly neverReady: boolean;
  /** From the start of the run to its end, in pieces of equal length. */
  readonly strip: readonly StripState[];
};

const pieces = 32;

/** First those that were down longest, then those that missed most replicas. */
export function troubled(records: readonly WorkloadRecord[], end: Time): TroubledWorkload[] {
  return records
    .filter(record => record.strip !== undefined || isNeverReady(record))
    .map(record => ({record, down: downtime(record, end), lost: record.lost.integral(end)}))
    .sort((one, other) => {
      if (one.down !== other.down) return other.down - one.down;
      if (one.lost !== other.lost) return one.lost < other.lost ? 1 : -1;
      return one.record.index - other.record.index;
    })
    .map(({record, down}) => ({
      name: `${record.identity.kind.toLowerCase()}/${record.identity.name}`,
      namespace: record.identity.namespace,
      outages: record.outagesUntil(end),
      downtime: inSeconds(down),
      neverReady: isNeverReady(record),
      strip: record.strip?.states(end, pieces) ?? waiting(record.identity.created, end),
    }));
}

function isNeverReady({identity, lasting, firstReady, desired}: WorkloadRecord): boolean {
  return identity.declared && lasting && firstReady === undefined && desired.value > 0;
}

function waiting(since: Time, end: Time): StripState[] {
  return Array.from({length: pieces}, (_, i) =>
    (i + 1) * end <= since * pieces ? 'none' : 'down',
  );
}

function downtime(record: WorkloadRecord, end: Time): Time {
  if (isNeverReady(record)) return end - record.identity.created;
  return Number(record.wanted.integral(end) - record.any.integral(end));
}
