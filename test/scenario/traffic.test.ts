// What a scenario says of who calls whom: mistakes are told, and what is said is done.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import type {Record as Requests} from '../../src/network/traffic/record.ts';
import {formatProblem} from '../../src/options/problem.ts';
import {build} from '../../src/scenario/build.ts';
import {readScenarioFrom} from '../../src/scenario/read-scenario-from.ts';
import {memoryFiles} from './memory-files.ts';

const deployment = (name: string, replicas: number) =>
  `---\n{apiVersion: apps/v1, kind: Deployment, metadata: {name: ${name}}, spec: {replicas: ${replicas}, selector: {matchLabels: {app: ${name}}}, template: {metadata: {labels: {app: ${name}}}, spec: {containers: [{name: main, image: 'a:1'}]}}}}\n`;
const service = (name: string, more = '') =>
  `---\n{apiVersion: v1, kind: Service, metadata: {name: ${name}}, spec: {selector: {app: ${name}}, ports: [{port: 80}], ${more}}}\n`;

const scenario = (traffic: string, applications = '') => `apiVersion: orrery/v1
kind: Scenario
question: Who calls whom?
duration: 10m
cluster:
  nodes: [{name: n, count: 3, zones: [a, b, c], allocatable: {cpu: 8, memory: 32Gi}}]
  network: {latency: none}
applications: [${applications}]
traffic: [${traffic}]
${service('web')}${deployment('web', 3)}${service('db')}${deployment('db', 1)}`;

async function read(text: string, more: Record<string, string> = {}) {
  return await readScenarioFrom(memoryFiles({'a.yaml': text, ...more}), 'a.yaml');
}

async function played(text: string, more: Record<string, string> = {}) {
  const {scenario: loaded, problems} = await read(text, more);
  assert.equal(problems, []);
  if (loaded === undefined) throw new Error('there is no scenario');
  const world = build(loaded, {plugins: [], replication: 0});
  world.start();
  world.simulation.run(loaded.duration);
  return (world.requests?.records() ?? []) as readonly Requests[];
}

const webCalls = '{selector: {app: web}, calls: [{to: db}]}';
const mistakes: [text: string, message: string][] = [
  [scenario('{name: a, to: wbe, rate: 1/s}'), 'no Service "wbe"; did you mean web?'],
  [scenario('{name: a, to: web:81, rate: 1/s}'), 'Service "web" has no port "81"; known: 80'],
  [
    scenario('{name: a, to: web}'),
    'expected one of rate, every, gaps, bursts, daily, trace and users, got none',
  ],
  [
    scenario('{name: a, to: web, rate: 1/s, users: 2}'),
    'expected one of rate, every, gaps, bursts, daily, trace and users, got rate and users',
  ],
  [
    scenario('{name: a, to: web, rate: 1/s}, {name: a, to: db, rate: 1/s}'),
    'a second entry called "a"',
  ],
  [scenario('{name: a, to: web, rate: 5}'), 'expected a rate such as 200/s, 5/m or 0.1/h, got 5'],
  [
    scenario('', `${webCalls}, {selector: app=db, calls: [{parallel: [{to: web}]}]}`),
    'calls that never end: db → web',
  ],
  [scenario('', '{selector: app=web, calls: [{to: bd}]}'), 'no Service "bd"; did you mean db?'],
  [
    scenario('', '{selector: app=web, calls: [{parallel: [{sleep: 1s}, {to: db}, {sleep: 2s}]}]}'),
    'more than one sleep side by side',
  ],
  [scenario('{name: a, to: web, gaps: 0s}'), 'expected gaps above 0s'],
  [scenario('{name: a, to: shop/web, rate: 1/s}'), 'in namespace shop; there is default/web'],
  [scenario('', '{selector: app=webb}'), 'there is no pod that this says anything of'],
  [
    scenario('{name: a, to: web, trace: {file: b.csv}}'),
    'traffic[0].trace.file: b.csv: no such file',
  ],
];

for (const [text, message] of mistakes) {
  test(`a mistake is told: ${message}`, async () => {
    const problems = (await read(text)).problems.map(formatProblem);
    assert.ok(
      problems.some(each => each.endsWith(message)),
      problems.join('\n'),
    );
  });
}

const traces: [text: string, options: string, message: string][] = [
  ['at\n1\n', '', 'a.yaml:9:37: traffic[0].trace.time: no column "time"'],
  ['time\n1\nx\n', '', 'b.csv:3:1: expected a time, got "x"'],
  ['time\n2\n1\n', '', 'b.csv:3:1: "1" is before the row above it'],
  [
    'time\n3600\n',
    '',
    'a.yaml:9:44: warning: traffic[0].trace.file: no row of b.csv falls into the run',
  ],
  ['time,n\n2,-1\n', ', count: n', 'b.csv:2:1: expected a number of requests, got "-1"'],
];

for (const [text, options, message] of traces) {
  test(`a mistake in the file of a trace is told: ${message}`, async () => {
    const entry = `{name: a, to: web, trace: {file: b.csv${options}}}`;
    const {problems} = await read(scenario(entry), {'b.csv': text});
    assert.equal(problems.map(formatProblem), [message]);
  });
}

test('requests come when a file says, in seconds or as dates', async () => {
  const dates = 'AT,n\n2023-11-16 18:17:03.5,1\n2023-11-16T18:17:04Z,2\n2023-11-16 18:18:00,4\n';
  const trace = '{file: b.csv, time: AT, count: n}';
  const entry = `{name: a, to: web, starts: 2m, ends: 150s, trace: ${trace}}`;
  const [record] = await played(scenario(entry), {'b.csv': dates});
  assert.is(record.sent, 3);
  const others: [first: string, rest: string][] = [
    ['1700158623.5', '1700158624,2\n1700158680,4'],
    ['0', '0.5,2\n56.5,4'],
    ['"2023-11-16T19:17:03.5+01:00"', '2023-11-16T18:17:04Z,"2"\n2023-11-16 13:18:00-0500,4'],
  ];
  for (const [first, rest] of others) {
    const again = await played(scenario(entry), {'b.csv': `AT,n\n${first},1\n${rest}\n`});
    assert.is(again[0].sent, 3, first);
  }
});

test('an entry sends at its rate from its start to its end, and each call is a request', async () => {
  const [clients, calls] = await played(
    scenario('{name: clients, to: web, every: 100ms, starts: 2m, ends: 4m}', webCalls),
  );
  assert.is(clients.sent, 1199);
  assert.is(clients.count('ok'), 1199);
  assert.is(calls.sent, 1199);
  assert.equal([calls.caller, calls.service, calls.nested], ['web', 'db', true]);
});

test("an application is that of a workload's pods, whatever labels they share with others", async () => {
  const canary = deployment('canary', 1).replaceAll('app: canary', 'app: web, track: canary');
  const both = '{workload: deployment/canary, takes: 1s}, {selector: app=web, takes: 1ms}';
  const text = scenario('{name: clients, to: web, every: 1s, starts: 2m}', both);
  const [{latency}] = await played(text + canary);
  assert.is(latency.max, 1_000_000);
  assert.ok(Math.abs(Number(latency.sum) / latency.count / 1e6 - 0.25) < 0.05);
});

test('users send again only when they have their answers and have thought', async () => {
  const work = '{selector: app=web, takes: 1s}';
  const users = '{name: users, to: web, users: 5, think: 4s, starts: 2m}';
  const [record] = await played(scenario(users, work));
  // 480 s of five users, a request every 5 s each, the first after they have thought.
  assert.is(record.sent, 480);
});

test('callers in pods have the nodes of their pods, and end with them', async () => {
  const entry = '{name: inner, from: deployment/db, to: web, every: 1s, starts: 2m}';
  const [record] = await played(scenario(entry));
  assert.is(record.sent, record.count('ok'));
  const loads = [...record.loads()];
  assert.is(loads.length, 3);
});

test('the first entry that fits counts, key by key', async () => {
  const both = '{selector: app=web, errors: 100%}, {takes: 10ms, errors: 0%}';
  const [record] = await played(scenario('{name: clients, to: web, every: 1s, starts: 2m}', both));
  assert.is(record.count('error') + record.underWay, record.sent);
  assert.is(record.failedLatency.max, 10_000);
});

test.run();
