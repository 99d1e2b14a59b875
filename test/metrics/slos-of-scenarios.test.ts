// Objectives of a whole scenario, worked out by hand: a request each second for three hours, of
// which those from the end of the second hour on fail for five minutes, as names are not found.

import {suite} from 'uvu';
import * as assert from 'uvu/assert';
import {seconds} from '../../src/engine/time.ts';
import {Measures} from '../../src/metrics/index.ts';
import {build} from '../../src/scenario/build.ts';
import {scenario} from '../timelines/play.ts';
import {everything, rowsOf} from './over-seeds.ts';

const test = suite('objectives of scenarios');

const slo = (name: string, more: string) => `  - {name: ${name}, ${more}}`;

const text = `duration: 11000s
cluster:
  network: {latency: none}
  nodes: [{name: n, count: 2, allocatable: {cpu: 8, memory: 16Gi, pods: 110}}]
faults: [{kind: dns-outage, answers: servfail, at: 7199500ms, lasts: 5m}]
applications:
  - {selector: app=web, takes: 200ms}
traffic:
  - {name: a, from: nodes, to: web, every: 1s, starts: 199s, ends: 10999500ms}
  - {name: b, from: nodes, to: web, every: 10s, starts: 200s, takes: 400ms}
slos:
${[
  slo('a', 'service: web, from: a, objective: 99.9%'),
  slo('short', 'service: web, from: a, objective: 99.9%, window: 1h'),
  slo('soon', 'from: a, good: {status: ok, within: 200ms}, objective: 99.9%'),
  slo('sooner', 'from: a, good: {within: 199ms}, objective: 99.9%'),
  slo('b', 'from: b, good: {within: 300ms}, objective: 50%'),
  slo('both', 'service: web, objective: 90%'),
].join('\n')}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: c, image: c}]}
`;

const rows = await played();

test('a window longer than the run has the budget of the requests that there were', () => {
  const {good, valid, budget, budget_spent, exhausted, fast_burn, slow_burn} = rows.a;
  // From the 200th second to the 10,999th; those of 300 s fail.
  assert.equal([good, valid, budget], ['10500', '10800', '10.800000']);
  assert.is(budget_spent, (300 / 10.8).toFixed(6));
  // The 11th bad one is more than 10.8: sent in the 7,210th second, whose stretch ends a second on.
  assert.is(exhausted, '7211.000000');
  // 14.4 and 6 times 0.1 % of an hour's and of six hours' requests: 51.84 and 129.6.
  assert.equal([fast_burn, slow_burn], ['7252.000000', '7330.000000']);
});

test('a window that has passed has a new budget', () => {
  // The last hour begins in the 7,400th second: 100 of its 3,600 requests were bad.
  const {budget, budget_spent, exhausted, fast_burn, slow_burn} = rows.short;
  assert.equal([budget, budget_spent], ['3.600000', (100 / 3.6).toFixed(6)]);
  assert.equal(
    [exhausted, fast_burn, slow_burn],
    ['7204.000000', rows.a.fast_burn, rows.a.slow_burn],
  );
});

test('an answer is good to the last microsecond that is allowed', () => {
  assert.equal([rows.soon.good, rows.soon.valid], ['10500', '10800']);
  assert.equal([rows.sooner.good, rows.sooner.valid], ['0', '10800']);
  // None is good: in the first second of an hour's requests as the Workbook has it, 52 s on.
  assert.equal([rows.sooner.fast_burn, rows.sooner.slow_burn], ['252.000000', '330.000000']);
});

test('an objective is about its own callers alone', () => {
  assert.equal([rows.b.good, rows.b.valid], ['0', '1079']);
  assert.equal([rows.both.good, rows.both.valid], [String(10_500 + 1049), String(10_800 + 1079)]);
  // 14.4 times a tenth is more than all.
  assert.equal([rows.both.fast_burn, rows.both.slow_burn], ['', '']);
});

async function played() {
  const read = await scenario(text);
  const world = build(read, {plugins: [], replication: 0});
  const measures = new Measures(world, {...everything, slos: read.slos});
  world.start();
  world.simulation.run(seconds(11_000));
  measures.finish(seconds(11_000));
  const all = rowsOf(measures, 'slos.csv').map(row => [row.name, row] as const);
  return Object.fromEntries(all);
}

test.run();
