import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {Simulation} from '../../src/engine/simulation.ts';
import {milliseconds, seconds} from '../../src/engine/time.ts';
import {outcomes} from '../../src/machines/request-book.ts';
import {idleEndpoints} from '../../src/metrics/idle-endpoints.ts';
import {endpointsTable, requestsTable} from '../../src/metrics/request-rows.ts';
import type {ResultTable} from '../../src/metrics/table.ts';
import type {PodId} from '../../src/objects/ids.ts';
import {Store} from '../../src/objects/store.ts';
import {FakeRecord} from './fake-requests.ts';

test('every way in which a request can end has a column', () => {
  for (const outcome of outcomes) {
    const record = new FakeRecord('web', 'shoppers').end(outcome, {times: 3});
    const [row] = rowsOf(requestsTable([record]));
    assert.is(row[outcome.replace('-', '_')], 3, outcome);
    const others = outcomes.filter(other => other !== outcome);
    for (const other of others) assert.is(row[other.replace('-', '_')], 0, other);
  }
});

test('requests are what has an outcome and what is under way', () => {
  const record = new FakeRecord('web', 'shoppers').end('ok', {times: 6}).end('refused');
  record.sent += 3;
  record.attempts += 5;
  record.hedges = 1;
  const [row] = rowsOf(requestsTable([record]));
  assert.equal([row.sent, row.under_way, row.success_ratio], [10, 3, '0.857143']);
  assert.equal([row.attempts, row.retries, row.hedges], [12, 1, 1]);
});

test('latencies are of answered requests, and a quantile needs enough of them', () => {
  const record = new FakeRecord('web', 'shoppers');
  for (let i = 1; i <= 100; i++) record.end('ok', {latency: milliseconds(i)});
  record.end('timeout', {latency: seconds(10), times: 20});
  const [row] = rowsOf(requestsTable([record]));
  assert.is(row.latency_mean, '0.050500');
  assert.is(row.latency_max, '0.100000');
  assert.ok(Math.abs(Number(row.latency_p50) - 0.05) <= 0.01 * 0.05);
  assert.ok(Math.abs(Number(row.latency_p90) - 0.09) <= 0.01 * 0.09);
  assert.equal([row.latency_p99, row.latency_p999], [undefined, undefined]);
  assert.ok(Math.abs(Number(row.failed_latency_p50) - 10) <= 0.1);
  assert.is(row.failed_latency_p99, undefined);
});

test('of a caller that has not heard anything there are no shares', () => {
  const record = new FakeRecord('web', 'shoppers');
  record.sent = 1;
  const [row] = rowsOf(requestsTable([record]));
  const {success_ratio, same_node, same_zone, latency_mean, load_jain} = row;
  const cells = [success_ratio, same_node, same_zone, latency_mean, load_jain];
  assert.equal(
    cells,
    cells.map(() => undefined),
  );
});

test('the load of pods says how even it was', () => {
  const uneven = new FakeRecord('web', 'shoppers').load('web-1', 3).load('web-2', 1);
  const [row] = rowsOf(requestsTable([uneven]));
  assert.equal([row.endpoints, row.load_max_over_mean, row.load_cv], [2, '1.500000', '0.500000']);
  assert.is(row.load_jain, '0.800000');
});

test('what a pod got counts over all callers of its Service', () => {
  const rows = rowsOf(
    endpointsTable([
      new FakeRecord('web', 'shoppers').load('web-1', 6, 2).load('web-2', 1),
      new FakeRecord('cart', 'web', {nested: true}).load('cart-1', 5),
      new FakeRecord('web', 'robots').load('web-1', 1, 1),
    ]),
  );
  assert.equal(
    rows.map(row => [row.service, row.endpoint, row.requests, row.failed, row.share]),
    [
      ['web', 'web-1', 7, 3, '0.875000'],
      ['web', 'web-2', 1, 0, '0.125000'],
      ['cart', 'cart-1', 5, 0, '1.000000'],
    ],
  );
});

test('a ready pod that got nothing is an endpoint with no requests', () => {
  const store = new Store(new Simulation({seed: 1}));
  const address = (last: number) => (10 << 24) + last;
  const endpoints = [1, 2, 3].map(serial => ({
    ...{address: address(serial), pod: {id: serial as PodId, serial}, hostname: undefined},
    ...{node: 'a', zone: undefined, ready: serial < 3, serving: true, terminating: false},
    ...{forZones: [], forNodes: []},
  }));
  const slice = {namespace: 'default', name: 'web-1', service: 'web', managedBy: undefined};
  store.endpointSlices.add({...slice, headless: false, ports: [], endpoints, version: 1}, 0);
  const records = [new FakeRecord('web', 'shoppers').load('web-1', 4)];
  const idle = idleEndpoints(store);
  const [row] = rowsOf(requestsTable(records, idle));
  assert.equal([row.endpoints, row.load_max_over_mean, row.load_jain], [2, '2.000000', '0.500000']);
  assert.equal(
    rowsOf(endpointsTable(records, idle)).map(each => [each.endpoint, each.requests]),
    [
      ['web-1', 4],
      ['10.0.0.2', 0],
    ],
  );
});

function rowsOf({columns, rows}: ResultTable) {
  return [...rows()].map(cells => {
    assert.is(cells.length, columns.length);
    return Object.fromEntries(columns.map((column, i) => [column, cells[i]]));
  });
}

test.run();
