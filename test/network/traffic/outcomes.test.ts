// Every way in which a request may end, each in a scenario that a user could write.

import {suite} from 'uvu';
import * as assert from 'uvu/assert';
import {outcomes} from '../../../src/machines/request-book.ts';
import type {Record} from '../../../src/network/traffic/record.ts';
import {build} from '../../../src/scenario/build.ts';
import {readScenarioFrom} from '../../../src/scenario/read-scenario-from.ts';
import {memoryFiles} from '../../scenario/memory-files.ts';
import {bothKeys, certificate, ingressShop, pathTo, shopTls} from '../../support/ingress-shop.ts';
import {counts} from '../../support/outside-shop.ts';

const test = suite('outcomes');

type Inside = {
  readonly entry?: string;
  readonly program?: string;
  readonly faults?: string;
  readonly pods?: number;
};

/** Pods behind a Service that every node calls ten times a second, from the second minute on. */
const inside = ({
  entry = '',
  program = 'takes: 1ms',
  faults = '',
  pods = 4,
}: Inside) => `duration: 4m
cluster:
  network: {latency: none}
  nodes: [{name: n, count: 4, allocatable: {cpu: 64, memory: 64Gi, pods: 100}}]
faults: [${faults}]
applications: [{${program}}]
traffic: [{name: t, from: nodes, to: web, every: 100ms, starts: 1m, ${entry}}]
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
  replicas: ${pods}
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: c, image: c}]}
`;

const fault = (kind: string, more = '') => `{kind: ${kind}, at: 2m, lasts: 1m${more}}`;
const crash = '{kind: container-crash, pod: deployment/web, at: 2m}';
const tls = {tls: shopTls};

const rows: [outcome: string, why: string, text: string, which: number][] = [
  ['ok', 'the pod answers', inside({}), 0],
  ['error', 'its program fails', inside({program: 'errors: 50%'}), 0],
  ['rejected', 'its queue is full', inside({program: 'takes: 1s, workers: 1, queue: 1'}), 0],
  ['refused', 'the Service has no endpoint', inside({pods: 0}), 0],
  ['refused', 'the container has ended, and the proxies do not know', inside({faults: crash}), 0],
  [
    'connect-timeout',
    'the machine of the pod is lost',
    inside({faults: fault('node-crash', ', node: n-1'), entry: 'connectTimeout: 1s'}),
    0,
  ],
  ['reset', 'the container ends meanwhile', inside({program: 'takes: 5s', faults: crash}), 0],
  ['timeout', 'the answer is late', inside({program: 'takes: 5s', entry: 'timeout: 1s'}), 0],
  [
    'timeout',
    'the program hangs',
    inside({faults: fault('pod-hang', ', pod: deployment/web'), entry: 'timeout: 1s'}),
    0,
  ],
  ['unresolved', 'no name server answers', inside({faults: fault('dns-outage')}), 0],
  [
    'unresolved',
    'name servers answer with errors',
    inside({faults: fault('dns-outage', ', answers: servfail')}),
    0,
  ],
  ['http-308', 'TLS is wanted', ingressShop({...tls, secret: certificate(bothKeys)}), 1],
  ['http-404', 'no rule has the path', ingressShop({path: pathTo('/cart', 'web', 80)}), 1],
  [
    'http-502',
    'a pod behind refuses',
    ingressShop({
      rest: `duration: 5m\nfaults: [{kind: container-crash, pod: {workload: deployment/web, count: 1}, every: 20s}]`,
      network: 'ingress: [{service: nginx, tries: 1}]',
    }),
    1,
  ],
  ['http-503', 'there is no pod behind', ingressShop({pods: 0}), 1],
  [
    'http-504',
    'a pod behind is lost with its machine',
    ingressShop({
      rest: 'duration: 5m\nfaults: [{kind: pod-hang, pod: deployment/web, at: 2m, lasts: 2m}]',
      network: 'ingress: [{service: nginx, tries: 1, readTimeout: 5s}]',
    }),
    1,
  ],
  ['bad-certificate', 'the Secret is missing', ingressShop({...tls, to: 'https://shop.com/'}), 1],
];

for (const [outcome, why, text, which] of rows) {
  test(`${outcome}: ${why}`, async () => {
    const record = await played(text, which);
    const found = counts(record);
    assert.ok((found[outcome] ?? 0) > 0, JSON.stringify(found));
    const over = Object.values(found).reduce((sum, count) => sum + count, 0);
    assert.is(over + record.underWay, record.sent);
  });
}

test('there is no other way to end', () => {
  assert.equal([...new Set(rows.map(([outcome]) => outcome))].sort(), [...outcomes].sort());
});

/** Some deserve warnings. */
async function played(text: string, which: number) {
  const head = 'apiVersion: orrery/v1\nkind: Scenario\nquestion: How do requests end?\n';
  const files = memoryFiles({'a.yaml': `${head}${text}`});
  const {scenario, problems} = await readScenarioFrom(files, 'a.yaml');
  if (scenario === undefined) throw new Error(problems.map(({message}) => message).join());
  const {simulation, requests, start} = build(scenario, {plugins: [], replication: 0});
  start();
  simulation.run(scenario.duration);
  const record = requests?.records()[which];
  if (record === undefined) throw new Error('nobody has sent anything');
  return record as Record;
}

test.run();
