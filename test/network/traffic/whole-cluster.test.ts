// Requests in whole clusters: kubelets say who answers, controllers and proxies who is chosen.

import {suite} from 'uvu';
import * as assert from 'uvu/assert';
import {second, seconds, toTime} from '../../../src/engine/time.ts';
import {type Outcome, outcomes, type RequestRecord} from '../../../src/machines/request-book.ts';
import {ClusterIp} from '../../../src/network/proxy/cluster-ip.ts';
import {ProxiedPorts} from '../../../src/network/proxy/proxied-ports.ts';
import {proxyOptions} from '../../../src/network/proxy/proxy-options.ts';
import {idleApplication} from '../../../src/network/traffic/application.ts';
import {type CallingOptions, callingDefaults} from '../../../src/network/traffic/calling.ts';
import {DataPlane} from '../../../src/network/traffic/data-plane.ts';
import type {NodeId} from '../../../src/objects/ids.ts';
import {build} from '../../../src/scenario/build.ts';
import {scenario} from '../../timelines/play.ts';
import {exponential, noHops} from './data-plane-world.ts';

const test = suite('requests in whole clusters');

const rate = 200;
const rollout = '[{at: 2m, do: rollout-restart, target: deployment/web}]';

/** Five pods of a Service, and all that may happen to them. */
function shop({preStop = '', timeline = '[]', faults = '[]', delay = '0s', probe = true}): string {
  return `duration: 5m
seed: 7
cluster:
  nodes: [{name: node, count: 4, allocatable: {cpu: 8, memory: 16Gi}}]
behaviour: [{selector: app=web, becomesReadyAfter: 2s, stopsAfter: 1s, shutdownDelay: ${delay}}]
timeline: ${timeline}
faults: ${faults}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 5
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
        - name: c
          image: 'web:1'
          resources: {requests: {cpu: 1}}
          ${probe ? 'readinessProbe: {periodSeconds: 1, httpGet: {port: 8080}}' : ''}
          ${preStop}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80, targetPort: 8080}]}
`;
}

/** Requests from all nodes alike, from the first minute on. */
async function played(text: string, wishes: Partial<CallingOptions> = {}): Promise<RequestRecord> {
  const loaded = await scenario(text);
  const world = build(loaded, {plugins: [], replication: 0});
  const {simulation, store, network} = world;
  if (network === undefined) throw new Error('there is no Service');
  const application = {...idleApplication, name: 'web', takes: exponential(seconds(0.005))};
  const plane = new DataPlane({...world, hops: noHops, applicationOf: () => application});
  const ports = new ProxiedPorts({
    ...{simulation, store, views: network.views, options: proxyOptions.parse({})},
    load: target => plane.presentAt(target),
  });
  world.start();
  simulation.run(seconds(60));
  const service = store.services.id('default/web');
  if (service === undefined) throw new Error('there is no such Service');
  const port = ports.add({service, port: 0, way: 'internal', caller: 'shoppers'});
  const id = plane.addCalling({
    ...callingDefaults,
    name: 'shoppers',
    labels: {namespace: 'default', service: 'web', caller: 'shoppers', nested: false},
    destination: new ClusterIp('web', port),
    ...wishes,
  });
  const clients = [0, 1, 2, 3].map(node => plane.addClient(id, node as NodeId));
  const gaps = simulation.random('gaps');
  const due = simulation.event('test.request-due', () => {
    due.after(toTime(gaps.exponential(second / rate)));
    plane.begin(clients[gaps.integer(0, 3)]);
  });
  due.after(0);
  simulation.run(loaded.duration);
  return plane.record(id);
}

function counts(record: RequestRecord): Partial<Record<Outcome, number>> {
  const told = outcomes.map(outcome => [outcome, record.count(outcome)] as const);
  return Object.fromEntries(told.filter(([, count]) => count > 0));
}

test('in a quiet cluster every request is answered, and all pods get their share', async () => {
  const record = await played(shop({}));
  assert.equal(Object.keys(counts(record)), ['ok']);
  const loads = [...record.loads()].map(({requests}) => requests / record.sent);
  assert.is(loads.length, 5);
  for (const load of loads) assert.ok(Math.abs(load - 0.2) < 0.01);
});

// V13: without preStop, failures per rollout are the rate times the mean of the lag; V26: none
// where pods go on to take connections for longer than that.
test('a rollout loses requests without preStop, and none with one', async () => {
  const record = await played(shop({timeline: rollout}));
  const {ok = 0, refused = 0, ...others} = counts(record);
  assert.ok(refused > 0 && refused < rate * 5, `${refused} were refused`);
  assert.ok(ok > 0.99 * record.sent);
  assert.ok((others['connect-timeout'] ?? 0) <= rate, JSON.stringify(others));
  const preStop = 'lifecycle: {preStop: {sleep: {seconds: 5}}}';
  assert.equal(Object.keys(counts(await played(shop({timeline: rollout, preStop})))), ['ok']);
  assert.equal(Object.keys(counts(await played(shop({timeline: rollout, delay: '5s'})))), ['ok']);
});

test('without a readiness probe, pods get requests before they listen', async () => {
  const preStop = 'lifecycle: {preStop: {sleep: {seconds: 5}}}';
  const {refused = 0} = counts(await played(shop({timeline: rollout, preStop, probe: false})));
  assert.ok(refused > 0);
});

test('a lost machine takes its share of requests until it is found missing', async () => {
  const faults = '[{kind: node-crash, node: node-0, at: 2m, lasts: 2m}]';
  const record = await played(shop({faults}), {connectTimeout: seconds(1), timeout: seconds(2)});
  const {'connect-timeout': lost = 0, ok = 0, timeout = 0, refused = 0} = counts(record);
  // Some 50 s until the node is not ready, a fifth or two of what three nodes send.
  const sent = 0.75 * rate * 50;
  assert.ok(lost > 0.15 * sent && lost < 0.5 * sent, `${lost} of ${sent} were lost`);
  assert.ok(timeout <= 10);
  const underWay = record.sent - (lost + ok + timeout + refused);
  assert.ok(underWay >= 0 && underWay < 5);
});

test.run();
