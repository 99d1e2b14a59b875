// The workloads and Services that had trouble, worst first, each with a strip of how it fared: for
// reports.

import {inSeconds, type Time} from '../engine/time.ts';
import {serviceFigures} from './services/service-figures.ts';
import type {ServiceRecord} from './services/service-record.ts';
import type {StripState} from './strip.ts';
import type {WorkloadRecord} from './workload-record.ts';

export type TroubledWorkload = {
  /** `deployment/web`. */
  readonly name: string;
  readonly namespace: string;
  /** `service/web`, and not a workload. */
  readonly isService?: boolean;
  readonly outages: number;
  /** In seconds. */
  readonly downtime: number;
  /** It still waits for its first ready replica, or for the first client that gets through. */
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

/** First those never reached, then those that were down longest, or of which most was lost. */
export function troubledServices(records: readonly ServiceRecord[], end: Time): TroubledWorkload[] {
  return records
    .filter(record => record.strip !== undefined || isNeverReached(record))
    .map(record => ({record, figures: serviceFigures(record, end)}))
    .sort(({record: one, figures: a}, {record: other, figures: b}) => {
      const [never, down, lost] = [
        Number(isNeverReached(other)) - Number(isNeverReached(one)),
        (b?.downtime ?? 0) - (a?.downtime ?? 0),
        (b?.lost ?? 0n) - (a?.lost ?? 0n),
      ];
      return never || down || Number(lost) || one.identity.index - other.identity.index;
    })
    .map(({record, figures}) => ({
      name: `service/${record.identity.name}`,
      namespace: record.identity.namespace,
      isService: true,
      outages: figures?.outages.length ?? 0,
      downtime: inSeconds(figures?.downtime ?? 0),
      neverReady: isNeverReached(record),
      strip: record.stripUntil(end, pieces) ?? waiting(record.identity.created, end),
    }));
}

/** Though it has clients to this day. */
function isNeverReached({firstReady, share, deleted}: ServiceRecord): boolean {
  return firstReady === undefined && share !== undefined && deleted === undefined;
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
