// Records of requests taken together: of all callers of a Service, or of all Services that an entry
// of `traffic` reaches.

import {Histogram} from '../engine/histogram.ts';
import type {RequestRecord} from '../machines/request-book.ts';
import {outcomes} from '../machines/request-book.ts';

export type RequestTotals = {
  readonly sent: number;
  /** Those that have an outcome, and those whose outcome is `ok`. */
  readonly over: number;
  readonly succeeded: number;
  /** Of those that succeeded. */
  readonly sameNode: number;
  readonly sameZone: number;
  readonly latency: Histogram;
};

export function requestTotals(records: readonly RequestRecord[]): RequestTotals {
  const totals = {sent: 0, over: 0, succeeded: 0, sameNode: 0, sameZone: 0};
  const latency = records[0]?.latency.alike() ?? new Histogram();
  for (const record of records) {
    totals.sent += record.sent;
    totals.over += requestsOver(record);
    totals.succeeded += record.count('ok');
    totals.sameNode += record.sameNode;
    totals.sameZone += record.sameZone;
    latency.merge(record.latency);
  }
  return {...totals, latency};
}

/** That have an outcome: all but those under way. */
export function requestsOver(record: RequestRecord): number {
  return outcomes.reduce((sum, outcome) => sum + record.count(outcome), 0);
}

/** In the order in which the keys first come. */
export function recordsBy(
  keyOf: (record: RequestRecord) => string,
  records: readonly RequestRecord[],
): Map<string, RequestRecord[]> {
  const groups = new Map<string, RequestRecord[]>();
  for (const record of records) {
    const key = keyOf(record);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [record]);
    else group.push(record);
  }
  return groups;
}

export function serviceKey({namespace, service}: RequestRecord): string {
  return `${namespace}/${service}`;
}

export type RequestCounts = {
  readonly sent: number;
  readonly succeeded: number;
  readonly failed: number;
};

/** Of each entry of `traffic`, at whatever Services its requests ended. */
export function requestCounts(records: readonly RequestRecord[]): Map<string, RequestCounts> {
  const counts = new Map<string, RequestCounts>();
  for (const record of records) {
    if (record.nested) continue;
    const known = counts.get(record.caller) ?? {sent: 0, succeeded: 0, failed: 0};
    const succeeded = record.count('ok');
    counts.set(record.caller, {
      sent: known.sent + record.sent,
      succeeded: known.succeeded + succeeded,
      failed: known.failed + requestsOver(record) - succeeded,
    });
  }
  return counts;
}
