// Who calls a Service because programs say so, and how availability goes by them.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {statedClients} from '../../src/network/traffic/stated-client.ts';
import {innerClients} from '../../src/scenario/inner-clients.ts';
import {played, scenario} from '../timelines/play.ts';

const app = (name: string, {replicas = 2, labels = '', on = ''} = {}) => `---
apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}}
spec:
  replicas: ${replicas}
  selector: {matchLabels: {name: ${name}}}
  template:
    metadata: {labels: {name: ${name}${labels}}}
    spec:
      ${on === '' ? '' : `nodeSelector: {kubernetes.io/hostname: ${on}}`}
      containers: [{name: main, image: 'a:1'}]
`;

const service = (name: string, selector = `name: ${name}`) => `---
apiVersion: v1
kind: Service
metadata: {name: ${name}}
spec: {selector: {${selector}}, ports: [{port: 80}]}
`;

const head = (calls: string) => `duration: 10m
cluster: {nodes: [{name: n, count: 4, allocatable: {cpu: 8, memory: 16Gi}}]}
applications:
  ${calls}
traffic: [{name: clients, from: nodes, to: a, rate: 10/s, starts: 1m}]
`;

async function weights(text: string): Promise<string[]> {
  const loaded = await scenario(text);
  const outer = loaded.traffic.flatMap(entry => statedClients(entry, [entry.to]));
  return innerClients(outer, loaded).map(({service, from, weight}) => {
    const target = typeof from === 'string' ? undefined : from.target;
    const who = target?.type === 'some' ? target.workload?.name : undefined;
    return `${who} calls ${service} ${Number(weight.toFixed(9))}`;
  });
}

test('calls weigh as often as the traffic leads to them, however deep', async () => {
  const calls = `- {selector: name=a, calls: [{to: b, chance: 50%}, {parallel: [{to: c, times: 3}, {to: d}]}]}
  - {selector: name=b, calls: [{to: c}, {to: c}]}
  - {selector: name=d, calls: [{to: b}]}
  - {selector: name=e, calls: [{to: c}]}`;
  const names = ['a', 'b', 'c', 'd', 'e'];
  const objects = names.map(name => app(name) + service(name)).join('');
  assert.equal(await weights(head(calls) + objects), [
    ...['a calls default/b 5', 'a calls default/c 30', 'a calls default/d 10'],
    ...['d calls default/b 10', 'b calls default/c 30'],
  ]);
});

test('workloads behind one Service share what it is asked by their replicas', async () => {
  const calls = '- {calls: [{to: c}], selector: kind=web}';
  const objects = [
    app('old', {replicas: 9, labels: ', kind: web'}),
    app('new', {replicas: 1, labels: ', kind: web'}),
    service('a', 'kind: web') + app('c') + service('c'),
  ];
  const told = await weights(head(calls) + objects.join(''));
  assert.equal(told, ['old calls default/c 9', 'new calls default/c 1']);
});

test('a Service that only programs call is as available as these find it', async () => {
  const calls = '- {selector: name=a, calls: [{to: c, timeout: 1s}]}';
  const cut = 'faults: [{kind: network-partition, between: n-0, at: 5m, lasts: 1m}]\n';
  const objects = [
    app('a', {replicas: 1, on: 'n-0'}) + service('a'),
    app('c', {replicas: 1, on: 'n-1'}) + service('c'),
  ];
  const play = await played(head(calls) + cut + objects.join(''));
  const row = play.rows('services.csv').find(({name}) => name === 'c');
  // Of a client on every machine one of four would be cut off.
  assert.is(row?.lost_client_seconds, '60.000000');
  assert.is(row?.unreachable_seconds, '60.000000');
});

test.run();
