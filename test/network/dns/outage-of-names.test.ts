// A scenario in which the name servers of callers fail.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {minutes} from '../../../src/engine/time.ts';
import {Measures} from '../../../src/metrics/index.ts';
import {build} from '../../../src/scenario/build.ts';
import {scenario} from '../../timelines/play.ts';

const text = (service: string, from: string) => `duration: 10m
cluster:
  network: {latency: none}
  nodes: [{name: n, count: 2, allocatable: {cpu: 8, memory: 16Gi, pods: 110}}]
faults: [{kind: dns-outage, share: 50%, at: 4m, lasts: 2m}]
traffic: [{name: shoppers, from: ${from}, to: web, rate: 20/s, starts: 1m, timeout: 1m}]
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80}]${service}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: web, resources: {requests: {cpu: 100m}}}]}
`;

for (const [kind, service] of Object.entries({address: '', headless: ', clusterIP: None'})) {
  test(`half of the lookups of a Service with ${kind} fall silent while half of servers do`, async () => {
    const {record} = await played(text(service, 'nodes'));
    // 2,400 requests, of which one in four finds no server twice, and then no name.
    assert.ok(Math.abs(record.count('unresolved') - 600) < 100, `${record.count('unresolved')}`);
    assert.is(record.count('ok') + record.count('unresolved'), record.sent);
  });

  test(`lookups of a Service with ${kind} go on after a restore`, async () => {
    const [whole, first, second] = await Promise.all(
      [0, 1, 2].map(() => world(text(service, 'nodes'))),
    );
    first.simulation.run(minutes(5));
    second.simulation.restore(structuredClone(first.simulation.save()));
    for (const {simulation} of [whole, second]) simulation.run(minutes(10));
    assert.is(second.simulation.fingerprint, whole.simulation.fingerprint);
  });
}

async function played(body: string) {
  const built = await world(body);
  built.simulation.run(minutes(10));
  const [record] = built.requests?.records() ?? [];
  return {record};
}

async function world(body: string) {
  const built = build(await scenario(body), {plugins: [], replication: 0});
  new Measures(built, {pods: false, events: false, timeseries: undefined});
  built.start();
  return built;
}

test.run();
