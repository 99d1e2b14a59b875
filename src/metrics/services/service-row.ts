// A row of services.csv.

import type {Time} from '../../engine/time.ts';
import {meanSeconds, ratioText} from '../figures.ts';
import type {RequestTotals} from '../request-totals.ts';
import {optionalSecondsText, secondsText} from '../seconds-text.ts';
import type {Cell} from '../table.ts';
import {lostSecond, type ServiceFigures, serviceFigures} from './service-figures.ts';
import type {ServiceRecord} from './service-record.ts';

export function serviceRow(
  record: ServiceRecord,
  requests: RequestTotals | undefined,
  end: Time,
): Cell[] {
  const {namespace, name, created} = record.identity;
  const {firstReady} = record;
  const figures = serviceFigures(record, end);
  return [
    ...[namespace, name],
    ...(figures === undefined ? unknown : availabilityCells(figures)),
    optionalSecondsText(firstReady === undefined ? undefined : firstReady - created),
    ...(requests === undefined ? noRequests : requestCells(requests)),
  ];
}

function availabilityCells(figures: ServiceFigures): Cell[] {
  const {watched, unreachable, lost, outages, downtime, longest} = figures;
  const whole = watched * lostSecond;
  const count = outages.length;
  return [
    ratioText(whole - lost * 1_000_000n, whole),
    secondsText(downtime),
    ratioText(lost, lostSecond),
    secondsText(Number(unreachable)),
    count,
    count === 0 ? undefined : secondsText(longest),
    meanSeconds(BigInt(figures.repairTime), figures.repairs),
    meanSeconds(watched - BigInt(downtime), count),
  ];
}

function requestCells({sent, over, succeeded, sameNode, sameZone, latency}: RequestTotals): Cell[] {
  return [
    ...[sent, succeeded, over - succeeded, ratioText(succeeded, over)],
    ...[0.5, 0.9, 0.99].map(share => optionalSecondsText(latency.quantile(share))),
    optionalSecondsText(latency.max),
    ...[ratioText(sameNode, succeeded), ratioText(sameZone, succeeded)],
  ];
}

/**
 * `availability`: the mean probability, from first ready on and while a client is alive, that a
 * fresh connection of one of its clients succeeds; `lost_client_seconds`: what is missing to 1,
 * summed over that time; `unreachable_seconds`: the time in which none succeeds; `downtime`: the
 * time in outages; `mean_time_between_failures`: the time not in outages, for each of them.
 * `time_to_first_ready`: until it first reached the line of `outage`. `failed`: requests that are
 * over and did not succeed.
 */
export const serviceColumns = [
  ...['namespace', 'name', 'availability', 'downtime', 'lost_client_seconds'],
  ...['unreachable_seconds', 'outages', 'longest_outage', 'mean_time_to_recover'],
  ...['mean_time_between_failures', 'time_to_first_ready'],
  ...['requests', 'succeeded', 'failed', 'success_ratio'],
  ...['latency_p50', 'latency_p90', 'latency_p99', 'latency_max', 'same_node', 'same_zone'],
];

const unknown: readonly Cell[] = Array(8).fill(undefined);
const noRequests: readonly Cell[] = Array(10).fill(undefined);
