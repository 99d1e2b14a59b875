// requests.csv: one row a called Service and caller; and endpoints.csv: what each pod got of them.

import type {Histogram} from '../engine/histogram.ts';
import {type EndpointLoad, outcomes, type RequestRecord} from '../machines/request-book.ts';
import {meanSeconds, ratioText} from './figures.ts';
import {type IdleEndpoints, keyOf} from './idle-endpoints.ts';
import {loadBalance} from './load-balance.ts';
import {recordsBy, requestsOver, serviceKey} from './request-totals.ts';
import {optionalSecondsText} from './seconds-text.ts';
import type {Cell, ResultTable} from './table.ts';

export function requestsTable(
  records: readonly RequestRecord[],
  idle: IdleEndpoints = nobody,
): ResultTable {
  return {
    file: 'requests.csv',
    columns: requestColumns,
    long: false,
    *rows(): Generator<Cell[]> {
      for (const record of records) yield requestRow(record, idle([record]));
    },
  };
}

/**
 * `under_way`: not over when the run was. `success_ratio`: `ok` among those that are over.
 * `latency_…`: of those that ended `ok`, wrong by at most 1 %, but mean and max are exact;
 * `failed_latency_…`: of the others. `same_node`, `same_zone`: shares of `ok`. `endpoints`: pods
 * that got any, or are ready at the end; `load_…`: how evenly these did.
 */
const requestColumns = [
  ...['namespace', 'service', 'caller', 'sent'],
  ...outcomes.map(outcome => outcome.replace('-', '_')),
  ...['under_way', 'success_ratio', 'attempts', 'retries', 'hedges'],
  ...['latency_mean', 'latency_p50', 'latency_p90', 'latency_p99', 'latency_p999', 'latency_max'],
  ...['failed_latency_p50', 'failed_latency_p99', 'same_node', 'same_zone'],
  ...['request_bytes', 'answer_bytes', 'cross_zone_bytes'],
  ...['endpoints', 'load_max_over_mean', 'load_cv', 'load_jain'],
];

function requestRow(record: RequestRecord, idle: readonly EndpointLoad[]): Cell[] {
  const {namespace, service, caller, sent, attempts, hedges, latency, failedLatency} = record;
  const over = requestsOver(record);
  const succeeded = record.count('ok');
  const balance = loadBalance(requestsOf([...record.loads(), ...idle]));
  return [
    ...[namespace, service, caller, sent],
    ...outcomes.map(outcome => record.count(outcome)),
    ...[sent - over, ratioText(succeeded, over)],
    ...[attempts, Math.max(0, attempts - hedges - sent), hedges],
    meanSeconds(latency.sum, latency.count),
    ...quantiles(latency, 0.5, 0.9, 0.99, 0.999),
    optionalSecondsText(latency.max),
    ...quantiles(failedLatency, 0.5, 0.99),
    ...[ratioText(record.sameNode, succeeded), ratioText(record.sameZone, succeeded)],
    ...[record.requestBytes, record.answerBytes, record.crossZoneBytes],
    ...[balance.endpoints, balance.maxOverMean, balance.variation, balance.jain],
  ];
}

function quantiles(times: Histogram, ...shares: number[]): Cell[] {
  return shares.map(share => optionalSecondsText(times.quantile(share)));
}

function requestsOf(loads: readonly EndpointLoad[]): number[] {
  return loads.map(({requests}) => requests);
}

export function endpointsTable(
  records: readonly RequestRecord[],
  idle: IdleEndpoints = nobody,
): ResultTable {
  return {
    file: 'endpoints.csv',
    columns: ['namespace', 'service', 'endpoint', 'node', 'requests', 'failed', 'share'],
    long: true,
    rows: () => endpointRows(records, idle),
  };
}

/** The callers of a Service together. Services, and its endpoints, as they first were called. */
const nobody: IdleEndpoints = () => [];

function* endpointRows(records: readonly RequestRecord[], idle: IdleEndpoints): Generator<Cell[]> {
  const services = recordsBy(serviceKey, records);
  for (const [{namespace, service}, loads] of together(services.values(), idle)) {
    const all = loads.reduce((sum, {requests}) => sum + requests, 0);
    for (const {endpoint, node, requests, failed} of loads) {
      yield [namespace, service, endpoint, node, requests, failed, ratioText(requests, all)];
    }
  }
}

function* together(
  services: Iterable<readonly RequestRecord[]>,
  idle: IdleEndpoints,
): Generator<[RequestRecord, EndpointLoad[]]> {
  for (const records of services) {
    const loads = new Map<string, EndpointLoad>();
    for (const load of records.flatMap(record => [...record.loads()])) {
      const key = keyOf(load);
      const known = loads.get(key);
      const requests = load.requests + (known?.requests ?? 0);
      loads.set(key, {...load, requests, failed: load.failed + (known?.failed ?? 0)});
    }
    yield [records[0], [...loads.values(), ...idle(records)]];
  }
}
