// Containers' CPU limits in whole scenarios: no program does more work than its limit lets it.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import type {Record} from '../../../src/network/traffic/record.ts';
import {build} from '../../../src/scenario/build.ts';
import {readScenarioFrom} from '../../../src/scenario/read-scenario-from.ts';
import {memoryFiles} from '../../scenario/memory-files.ts';

type Wish = {
  readonly containers: string;
  readonly program?: string;
  readonly traffic?: string;
};

/** Two minutes to start; then 100 requests a second, of 5 ms of work each, for 100 seconds. */
async function played({
  containers,
  program = 'takes: 5ms, workers: 4',
  traffic = '',
}: Wish): Promise<Record> {
  const text = `apiVersion: orrery/v1
kind: Scenario
question: What does a CPU limit cost?
duration: 220s
cluster:
  nodes: [{name: n, count: 1, allocatable: {cpu: 8, memory: 32Gi}}]
  network: {latency: none}
applications: [{selector: app=web, ${program}}]
traffic: [{name: clients, to: web, rate: 100/s, starts: 2m, ${traffic}}]
${service('web')}${deployment('web', containers)}${service('db')}${deployment('db', main(''))}`;
  const {scenario, problems} = await readScenarioFrom(memoryFiles({'a.yaml': text}), 'a.yaml');
  assert.equal(problems, []);
  if (scenario === undefined) throw new Error('there is no scenario');
  const world = build(scenario, {plugins: [], replication: 0});
  world.start();
  world.simulation.run(scenario.duration);
  const [record] = world.requests?.records() ?? [];
  return record as Record;
}

const service = (name: string) =>
  `---\n{apiVersion: v1, kind: Service, metadata: {name: ${name}}, spec: {selector: {app: ${name}}, ports: [{port: 80, targetPort: 8080}]}}\n`;
const deployment = (name: string, containers: string) =>
  `---\n{apiVersion: apps/v1, kind: Deployment, metadata: {name: ${name}}, spec: {replicas: 1, selector: {matchLabels: {app: ${name}}}, template: {metadata: {labels: {app: ${name}}}, spec: {containers: [${containers}]}}}}\n`;
const main = (limit: string, more = '') =>
  `{name: main, image: 'a:1', ${limit && `resources: {limits: {cpu: ${limit}}},`} ${more}}`;
const sidecar = "{name: proxy, image: 'p:1', resources: {limits: {cpu: 50m}}}";
const port = 'ports: [{containerPort: 8080}]';

const limited: [string, Wish, atMost: number][] = [
  ['four workers', {containers: main('100m')}, 100],
  ['any number', {containers: main('100m'), program: 'takes: 5ms, queue: 8, workers: 90'}, 100],
  [
    'shared processors',
    {containers: main('250m'), program: 'takes: 5ms, sharing: 2, queue: 8'},
    250,
  ],
  [
    'workers that wait for others, too',
    {containers: main('100m'), program: 'takes: 5ms, workers: 4, calls: [{to: db}]'},
    100,
  ],
  [
    'work that callers ask for',
    {containers: main('100m'), program: 'workers: 4', traffic: 'takes: 5ms'},
    100,
  ],
  [
    'a half of whose work is CPU time',
    {containers: main('100m'), program: 'takes: 5ms, workers: 4, cpu: 50%'},
    200,
  ],
  ['the container with the port', {containers: `${sidecar}, ${main('100m', port)}`}, 100],
  ['without ports, all containers together', {containers: `${sidecar}, ${main('100m')}`}, 150],
];

for (const [name, wish, millicores] of limited) {
  test(`no more work is done than the limit lets: ${name}`, async () => {
    const record = await played(wish);
    // Of 100 s, and a quota that was begun.
    const most = ((millicores / 1000) * 100.1) / 0.005;
    assert.ok(record.count('ok') <= most, `${record.count('ok')} of ${most}`);
    assert.ok(record.count('ok') > 0.98 * most, `${record.count('ok')} of ${most}`);
  });
}

const free: [string, Wish][] = [
  ['there is none', {containers: main('')}],
  [
    'it is none of the work',
    {containers: main('100m'), program: 'takes: 5ms, workers: 4, cpu: 0%'},
  ],
  ['a container without one has the port', {containers: `${sidecar}, ${main('', port)}`}],
  ['not all containers have one', {containers: `${sidecar}, ${main('')}`}],
];

for (const [name, wish] of free) {
  test(`a limit binds nobody where ${name}`, async () => {
    const record = await played(wish);
    assert.is(record.count('ok') + record.underWay, record.sent);
    assert.ok((record.latency.max ?? 0) < 50_000);
  });
}

test('workers of whom the limit is enough are as without a limit', async () => {
  const program = 'takes: {exponential: {mean: 15ms}}, workers: 2';
  const [with_, without] = [
    await played({containers: main('"2"'), program}),
    await played({containers: main(''), program}),
  ];
  assert.is(with_.latency.sum, without.latency.sum);
});

test.run();
