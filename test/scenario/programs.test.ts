// Programs that pods describe themselves, by annotations, and those of a service graph's file.

import {existsSync, readdirSync, readFileSync} from 'node:fs';
import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {parse} from 'yaml';
import type {Record as Requests} from '../../src/network/traffic/record.ts';
import {formatProblem} from '../../src/options/problem.ts';
import {build} from '../../src/scenario/build.ts';
import {readScenarioFrom} from '../../src/scenario/read-scenario-from.ts';
import {memoryFiles} from './memory-files.ts';

const head = (sections: string) => `apiVersion: orrery/v1
kind: Scenario
question: What do programs do?
duration: 5m
cluster:
  nodes: [{name: n, count: 4, allocatable: {cpu: 64, memory: 256Gi, pods: 500}}]
  network: {latency: none}
${sections}
`;

const pods = (name: string, annotations: string, namespace = 'default') => `---
apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}, namespace: ${namespace}}
spec:
  replicas: 2
  selector: {matchLabels: {app: ${name}}}
  template:
    metadata: {labels: {app: ${name}}, annotations: {${annotations}}}
    spec: {containers: [{name: main, image: 'a:1'}]}
---
apiVersion: v1
kind: Service
metadata: {name: ${name}, namespace: ${namespace}}
spec: {selector: {app: ${name}}, ports: [{port: 80}]}
`;

async function read(text: string, more: Record<string, string> = {}) {
  return await readScenarioFrom(memoryFiles({'a.yaml': text, ...more}), 'a.yaml');
}

async function played(text: string, more: Record<string, string> = {}) {
  const {scenario: loaded, problems} = await read(text, more);
  assert.equal(problems.map(formatProblem), []);
  if (loaded === undefined) throw new Error('there is no scenario');
  const world = build(loaded, {plugins: [], replication: 0});
  world.start();
  world.simulation.run(loaded.duration);
  return (world.requests?.records() ?? []) as readonly Requests[];
}

const clients = 'traffic: [{name: clients, to: web, every: 1s, starts: 2m, ends: 3m}]';

test('annotations of a pod say what its program does, before what the scenario says', async () => {
  const text = `${head(`applications: [{takes: 1s, errors: 100%}]\n${clients}`)}${pods(
    'web',
    `orrery/takes: 20ms, orrery/calls: '[{to: db}, {sleep: 5ms}, {to: db, times: 2}]'`,
  )}${pods('db', `orrery/errors: '0'`)}`;
  const [record, none] = await played(text);
  assert.is(record.failedLatency.count, 59);
  const [good, call] = await played(text.replace('errors: 100%', 'answer: 1'));
  assert.is(good.latency.max, 2_025_000);
  assert.equal([call.caller, call.service, call.sent], ['web', 'db', 3 * 59]);
  assert.is(none.sent, 0);
});

test('a pod calls Services of its own namespace, and callers those of theirs', async () => {
  const entry = 'traffic: [{name: a, namespace: shop, to: web, every: 1s, starts: 2m}]';
  const calls = `orrery/calls: '[{to: db}]'`;
  const text = head(entry) + pods('web', calls, 'shop') + pods('db', '', 'shop');
  const [record, call] = await played(text);
  assert.is(record.count('ok'), record.sent);
  assert.equal([call.namespace, call.service, call.sent], ['shop', 'db', record.sent]);
});

const mistakes: [annotations: string, message: string][] = [
  [`orrery/takez: 1s`, 'annotation orrery/takez says nothing that a pod understands; did you mean'],
  [`orrery/takes: soon`, 'annotation orrery/takes: expected'],
  [`orrery/workers: '0'`, 'annotation orrery/workers: expected a whole number from 1'],
  [`orrery/calls: '[{too: db}]'`, 'annotation orrery/calls[0]: unknown key "too"'],
  [`orrery/calls: '[{to: bd}]'`, 'no Service "bd"'],
  [`orrery/calls: '[{to: web}]'`, 'calls that never end: web'],
];

for (const [annotations, message] of mistakes) {
  test(`a mistake in an annotation is told: ${message}`, async () => {
    const {problems} = await read(head(clients) + pods('web', annotations));
    const told = problems.map(formatProblem);
    assert.ok(
      told.some(each => each.startsWith('a.yaml:10:1: ') && each.includes(message)),
      told.join('\n'),
    );
  });
}

const graph = `
defaults: {requestSize: 1 KB, responseSize: 2 KB, numReplicas: 2}
services:
- {name: a, isEntrypoint: true, script: [{sleep: 10ms}, [{call: b}, {sleep: 3ms}, {sleep: 20ms}], {call: {service: c, size: 5}}]}
- {name: b, namespace: other, errorRate: 0%}
- {name: c, script: [{call: {service: b, probability: 50}}]}
`;
const topology = 'topology: {file: graph.yaml}';
const unknown = 'unknown key "slep"; did you mean sleep?';

test('a service graph is services, their pods and their calls', async () => {
  const sections = `${topology}\ntraffic: [{name: users, to: 'a:8080', every: 100ms, starts: 2m, ends: 4m}]`;
  const records = await played(head(sections), {'graph.yaml': graph});
  const [users, ab, ac, cb] = records;
  assert.is(users.count('ok'), users.sent);
  assert.is(users.latency.max, 30_000);
  assert.equal(
    [ab, ac, cb].map(({namespace}) => namespace),
    ['other', 'default', 'other'],
  );
  assert.equal([ab.sent, ac.sent], [users.sent, users.sent]);
  assert.ok(Math.abs(cb.sent / ac.sent - 0.5) < 0.05);
  assert.equal([ab.requestBytes, ac.requestBytes], [1024 * ab.sent, 5 * ac.sent]);
  assert.is(ab.answerBytes, 2048 * ab.sent);
});

test('a scenario says more of the programs of a graph', async () => {
  const sections = `${topology}\napplications: [{takes: 2ms}]
traffic: [{name: users, to: 'a:8080', every: 100ms, starts: 2m}]`;
  const [users] = await played(head(sections), {'graph.yaml': graph});
  assert.is(users.latency.max, 36_000);
});

test('mistakes in a service graph are told where they are', async () => {
  const broken = `services:\n- name: a\n  script: [{call: bb}, {slep: 1s}]\n- {name: b}\n`;
  const first = await read(head(topology), {'graph.yaml': broken});
  const told = first.problems.map(formatProblem);
  assert.ok(told.includes(`graph.yaml:3:25: services[0].script[1]: ${unknown}`), told.join('\n'));
  const second = await read(head(topology), {'graph.yaml': broken.replace('slep', 'sleep')});
  assert.equal(second.problems.map(formatProblem), [
    'graph.yaml:3:19: services[0].script[0].call: no service "bb"; did you mean b?',
  ]);
});

type Service = {
  readonly name: string;
  readonly namespace?: string;
  readonly isEntrypoint?: boolean;
};
const isEntry = ({isEntrypoint}: Service) => isEntrypoint === true;

const folder = `${process.env.ORRERY_DATA ?? ''}/topologies/isotope`;
if (process.env.ORRERY_DATA !== undefined && existsSync(folder)) {
  for (const name of readdirSync(folder).filter(each => each.endsWith('.yaml'))) {
    test(`the graph ${name} of isotope plays: its every request is answered`, async () => {
      const file = readFileSync(`${folder}/${name}`, 'utf8');
      const {services} = parse(file) as {services: readonly Service[]};
      const {namespace = 'default', name: entry} = services.find(isEntry) ?? services[0];
      const sections = `topology: graph.yaml
traffic: [{name: users, to: ${namespace}/${entry}, every: 5s, starts: 14m}]`;
      const large = head(sections).replace('count: 4', 'count: 21').replace('5m', '15m');
      const records = await played(large, {'graph.yaml': file});
      for (const record of records) assert.is(record.count('ok'), record.sent);
      const called = new Set(records.filter(({sent}) => sent > 0).map(({service}) => service));
      assert.is(called.size, services.length);
    });
  }

  test('a request to the tree of 13 services is one to each', async () => {
    const file = readFileSync(`${folder}/tree-13-services.yaml`, 'utf8');
    const sections = `${topology}\ntraffic: [{name: users, to: d, rate: 20/s, starts: 3m, ends: 4m}]`;
    const records = await played(head(sections), {'graph.yaml': file});
    assert.is(records.length, 13);
    for (const {sent} of records) assert.is(sent, records[0].sent);
    assert.is(records[0].count('ok'), records[0].sent);
  });
}

test.run();
