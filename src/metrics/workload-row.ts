// A row of workloads.csv.

import type {Time} from '../engine/time.ts';
import {ratioText} from './figures.ts';
import {optionalSecondsText, secondsText} from './seconds-text.ts';
import type {Cell} from './table.ts';
import type {WorkloadRecord} from './workload-record.ts';

export function workloadRow(record: WorkloadRecord, end: Time): Cell[] {
  const {kind, namespace, name, created} = record.identity;
  const wanted = record.wanted.integral(end);
  const any = record.any.integral(end);
  const seen = record.firstReady !== undefined && record.lasting;
  return [
    kind,
    namespace,
    name,
    ratioText(record.desired.integral(end), end - created),
    ratioText(any, wanted),
    ratioText(record.all.integral(end), wanted),
    seen ? secondsText(Number(wanted - any)) : undefined,
    optionalSecondsText(record.firstReady === undefined ? undefined : record.firstReady - created),
    seen ? record.outagesUntil(end) : undefined,
    seen ? ratioText(record.lost.integral(end), 1_000_000) : undefined,
  ];
}

/**
 * `desired_mean`: from the first pod's creation to the end. `available_any` and `available_all`:
 * the shares of the time, from the first ready pod and while any is desired, with at least one, or
 * all desired, ready. `downtime`: seconds of that time with none; `outages`: how many times that
 * came to be. `lost_replica_seconds`: the integral of what was desired and not ready over the same
 * time. Of what runs to its end (Jobs) nothing is said of these.
 */
export const workloadColumns = [
  'kind',
  'namespace',
  'name',
  'desired_mean',
  'available_any',
  'available_all',
  'downtime',
  'time_to_first_ready',
  'outages',
  'lost_replica_seconds',
];
