// CoreDNS as a Deployment behind kube-dns, looked up through kube-proxies, while its nodes fail.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {milliseconds, minutes, seconds, type Time} from '../../../src/engine/time.ts';
import {emptyRoute} from '../../../src/network/destination.ts';
import {Dns} from '../../../src/network/dns/dns.ts';
import {Latencies} from '../../../src/network/latency/latencies.ts';
import type {NodeId} from '../../../src/objects/ids.ts';
import {build} from '../../../src/scenario/build.ts';
import {scenario} from '../../timelines/play.ts';

const text = `duration: 30m
cluster: {nodes: [{name: n, count: 3, allocatable: {cpu: 8, memory: 16Gi, pods: 110}}]}
faults: [{kind: node-crash, node: n-1, at: 5m, lasts: 20m}]
---
apiVersion: v1
kind: Service
metadata: {name: kube-dns, namespace: kube-system}
spec:
  selector: {k8s-app: kube-dns}
  ports: [{name: dns, port: 53, protocol: UDP}, {name: dns-tcp, port: 53, protocol: TCP}]
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: coredns, namespace: kube-system}
spec:
  replicas: 3
  selector: {matchLabels: {k8s-app: kube-dns}}
  template:
    metadata: {labels: {k8s-app: kube-dns}}
    spec:
      topologySpreadConstraints:
      - {maxSkew: 1, topologyKey: kubernetes.io/hostname, whenUnsatisfiable: DoNotSchedule,
         labelSelector: {matchLabels: {k8s-app: kube-dns}}}
      containers: [{name: coredns, image: coredns, resources: {requests: {cpu: 100m}}}]
`;

test('a third of lookups falls silent while the proxies still know a lost server', async () => {
  const {shareLost} = await world();
  assert.is(shareLost(minutes(4)), 0);
  const lost = shareLost(minutes(5) + seconds(10));
  assert.ok(Math.abs(lost - 1 / 3) < 0.06, `${lost}`);
  assert.is(shareLost(minutes(7)), 0);
});

async function world() {
  const read = await scenario(text);
  const built = build(read, {plugins: [], replication: 0});
  const {simulation, store, machines, links, listeners, network} = built;
  if (network === undefined) throw new Error('there is no network');
  const dns = new Dns({
    ...{simulation, store, links, listeners, views: network.views, pods: true, watchDelay: 0},
    nameServers: {fate: () => undefined, well: true},
    latencies: new Latencies({...{simulation, machines}, latency: 'none', loss: 0}),
    options: read.network.dns,
  });
  const named = {name: 'web', host: 'web', namespace: 'default', port: 80};
  const destination = dns.destination({...named, behind: () => ({name: 'web', route: arrive})});
  built.start();
  const place = 0 as NodeId;
  const shareLost = (time: Time) => {
    simulation.run(time);
    let lost = 0;
    for (let i = 0; i < 1000; i++) {
      const route = emptyRoute();
      destination.route({id: 0, place}, route, []);
      if (route.arrival === 'searching') lost++;
      else assert.ok(route.arrival === 'there' && route.delay < milliseconds(100));
    }
    return lost / 1000;
  };
  return {shareLost};
}

function arrive(_caller: unknown, route: ReturnType<typeof emptyRoute>): void {
  route.arrival = 'there';
  route.delay = 0;
}

test.run();
