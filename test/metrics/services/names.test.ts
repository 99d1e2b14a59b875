// Availability of Services that are called by names, in whole scenarios; each time is worked out by
// hand.

import {suite} from 'uvu';
import * as assert from 'uvu/assert';
import {minutes, seconds, type Time} from '../../../src/engine/time.ts';
import {Measures} from '../../../src/metrics/index.ts';
import {build} from '../../../src/scenario/build.ts';
import {coreDns} from '../../support/core-dns.ts';
import {scenario} from '../../timelines/play.ts';
import {everything, rowsOf} from '../over-seeds.ts';

const test = suite('names and availability');

const text = (more: string, objects = '') => `duration: 20m
cluster:
  network: {latency: none}
  nodes:
  - {name: n, count: 2, allocatable: {cpu: 8, memory: 16Gi, pods: 110}}
  - {name: d, count: 2, labels: {dns: "yes"}, taints: [{key: dns, effect: NoSchedule}], allocatable: {cpu: 8, memory: 16Gi, pods: 110}}
${more}
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
  template: {metadata: {labels: {app: web}}, spec: {containers: [{name: c, image: c}]}}
${objects}`;

test('while name servers are silent nobody reaches a Service', async () => {
  const {service, incident, outage} = await played(
    text('faults: [{kind: dns-outage, at: 5m, lasts: 2m}]'),
  );
  assert.equal([service.unreachable_seconds, service.outages], ['120.000000', '1']);
  assert.equal(
    [incident.kind, incident.services_down, incident.lost_client_seconds],
    ['dns-outage', '1', '120.000000'],
  );
  assert.is(outage?.cause, 'dns-outage dns');
  assert.is(outage?.endpoints, 'name maybe not found in 4 of 4 views');
});

test('of half of questions lost each lookup loses a quarter', async () => {
  const {service} = await played(
    text('faults: [{kind: dns-outage, share: 50%, at: 5m, lasts: 2m}]'),
  );
  assert.equal(
    [service.lost_client_seconds, service.unreachable_seconds],
    ['30.000000', '0.000000'],
  );
});

test('a lost CoreDNS pod costs its share of lookups until the proxies forget it', async () => {
  const {shares, service, incident} = await played(
    text('faults: [{kind: node-crash, node: d-0, at: 5m, lasts: 10m}]', coreDns),
    [minutes(4), minutes(5) + seconds(1), minutes(7)],
  );
  // The node is noticed after 40 s at least; nothing of the Service itself is lost.
  assert.equal(shares, [1, 0.5, 1]);
  const lost = Number(service.lost_client_seconds);
  assert.ok(lost > 20 && lost < 30, `${lost}`);
  // The name servers' own Service loses as much.
  assert.equal([incident.kind, Number(incident.lost_client_seconds)], ['node-crash', 2 * lost]);
});

test('with all CoreDNS pods all Services are lost, and come back with them', async () => {
  const crashes = ['d-0', 'd-1'].map(
    node => `{kind: node-crash, node: ${node}, at: 5m, lasts: 5m}`,
  );
  const {shares, service} = await played(text(`faults: [${crashes.join(', ')}]`, coreDns), [
    minutes(5) + seconds(1),
    minutes(9),
    minutes(14),
  ]);
  assert.equal(shares, [0, 0, 1]);
  assert.ok(Number(service.unreachable_seconds) > 300, service.unreachable_seconds);
});

test('without DNS in a scenario nothing is lost of names', async () => {
  const {service} = await played(
    text('faults: [{kind: node-crash, node: d-0, at: 5m, lasts: 10m}]'),
  );
  // A quarter of clients for 2 s, while the node that is back has no rules yet.
  assert.ok(Number(service.lost_client_seconds) < 0.6, service.lost_client_seconds);
});

async function played(body: string, times: readonly Time[] = []) {
  const world = build(await scenario(body), {plugins: [], replication: 0});
  const measures = new Measures(world, {...everything, pods: false, events: false});
  world.start();
  const {simulation} = world;
  const shares: number[] = [];
  const lostUntil = (time: Time) => {
    simulation.run(time);
    measures.finish(time);
    return Number(find(measures, 'services.csv').lost_client_seconds);
  };
  for (const time of times) {
    // What is lost in a second is what is missing to 1.
    const before = lostUntil(time);
    shares.push(Math.round((1 - (lostUntil(time + seconds(1)) - before)) * 1e6) / 1e6);
  }
  simulation.run(minutes(20));
  measures.finish(simulation.now);
  const service = find(measures, 'services.csv');
  const [incident] = rowsOf(measures, 'incidents.csv');
  const outage = rowsOf(measures, 'outages.csv').find(({name}) => name === 'web');
  return {service, incident, outage, shares};
}

function find(measures: Measures, file: string): Record<string, string> {
  const row = rowsOf(measures, file).find(({name}) => name === 'web');
  if (row === undefined) throw new Error(`nothing in ${file}`);
  return row;
}

test.run();
