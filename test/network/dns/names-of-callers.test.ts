// Scenarios in which callers name Services in every way: from other namespaces, from their node's
// network, by aliases; CoreDNS takes 1 ms for a round, so a latency says how many there were.

import {suite} from 'uvu';
import * as assert from 'uvu/assert';
import {milliseconds, minutes} from '../../../src/engine/time.ts';
import {outcomes} from '../../../src/machines/request-book.ts';
import {build} from '../../../src/scenario/build.ts';
import {scenario} from '../../timelines/play.ts';

const test = suite('names of callers');

/** A pod `caller` in namespace `shop`; Services `web` and `db` (headless) in `default`. */
const text = (traffic: string, spec = '', rest = '') => `duration: 5m
cluster:
  network: {latency: none, dns: {takes: 1ms}}
  nodes: [{name: n, count: 2, allocatable: {cpu: 8, memory: 16Gi, pods: 110}}]
${rest}
traffic: [{name: t, namespace: shop, from: deployment/caller, every: 1s, starts: 1m, ${traffic}}]
---
apiVersion: v1
kind: Namespace
metadata: {name: shop}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80}]}
---
apiVersion: v1
kind: Service
metadata: {name: db}
spec: {selector: {app: web}, clusterIP: None, ports: [{port: 80}]}
---
apiVersion: v1
kind: Service
metadata: {name: alias, namespace: shop}
spec: {type: ExternalName, externalName: web.default.svc.cluster.local}
---
apiVersion: v1
kind: Service
metadata: {name: beyond, namespace: shop}
spec: {type: ExternalName, externalName: example.com}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template: {metadata: {labels: {app: web}}, spec: {containers: [{name: c, image: c}]}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: caller, namespace: shop}
spec:
  selector: {matchLabels: {app: caller}}
  template: {metadata: {labels: {app: caller}}, spec: {${spec} containers: [{name: c, image: c}]}}
`;

const rows: [traffic: string, spec: string, how: string, rounds: number][] = [
  ['to: default/web', '', 'ok', 2],
  ['to: default/web, host: web.default', '', 'ok', 2],
  ['to: default/web, host: web.default.svc', '', 'ok', 3],
  ['to: default/web, host: web.default.svc.cluster.local', '', 'ok', 4],
  ['to: default/web, host: web.default.svc.cluster.local.', '', 'ok', 1],
  ['to: default/web, host: web', '', 'unresolved', 4],
  ['to: default/db', '', 'ok', 2],
  ['to: alias', '', 'ok', 1],
  ['to: beyond', '', 'ok', 1],
  ['to: default/web', 'hostNetwork: true, ', 'unresolved', 0],
  ['to: default/web', 'hostNetwork: true, dnsPolicy: ClusterFirstWithHostNet, ', 'ok', 2],
  ['to: default/web', 'dnsPolicy: Default, ', 'unresolved', 0],
  ['to: default/web', 'dnsConfig: {options: [{name: ndots, value: "1"}]}, ', 'ok', 3],
  ['to: default/web', 'dnsConfig: {searches: [default.svc.cluster.local]}, ', 'ok', 2],
];

for (const [traffic, spec, how, rounds] of rows) {
  test(`{${traffic}} of a pod with {${spec}} is ${how} after ${rounds} rounds`, async () => {
    const record = await played(text(traffic, spec));
    const found = outcomes.filter(outcome => record.count(outcome) > 0);
    const {min, max} = how === 'ok' ? record.latency : record.failedLatency;
    assert.equal([found, min, max], [[how], milliseconds(rounds), milliseconds(rounds)]);
    assert.ok(record.count(how as 'ok') >= 239);
  });
}

test('a caller that keeps answers asks for them no sooner', async () => {
  const {latency} = await played(text('to: default/web, dnsCache: 30s'));
  // One request a second from 61 s on; every 30th looks the name up.
  assert.equal([latency.min, latency.max], [0, milliseconds(2)]);
  assert.is(Math.round((latency.mean ?? 0) * latency.count), 8 * milliseconds(2));
});

test('a Service that goes and comes back is found again, as another one', async () => {
  const timeline = `timeline:
- {at: 2m, do: delete, target: service/web}
- {at: 3m, do: apply, file: web.yaml}`;
  const service = `apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80}]}
`;
  const record = await played(text('to: default/web', '', timeline), {'web.yaml': service});
  const [ok, unresolved, refused] = (['ok', 'unresolved', 'refused'] as const).map(how =>
    record.count(how),
  );
  assert.ok(ok + unresolved + refused >= 239);
  assert.ok(Math.abs(unresolved - 60) <= 1 && refused <= 3, `${ok} ${unresolved} ${refused}`);
});

test('what callers know of names outlives a restore', async () => {
  const body = text('to: default/db, dnsCache: 30s, balance: round-robin');
  const [one, other] = await Promise.all([world(body), world(body)]);
  one.simulation.run(minutes(2) + milliseconds(10_500));
  other.simulation.restore(structuredClone(one.simulation.save()));
  for (const {simulation} of [one, other]) simulation.run(minutes(5));
  assert.is(other.simulation.fingerprint, one.simulation.fingerprint);
  const latencies = [one, other].map(({requests}) => requests?.records()[0].latency.mean);
  assert.equal(latencies[1], latencies[0]);
});

async function played(body: string, files: Record<string, string> = {}) {
  const built = await world(body, files);
  built.simulation.run(minutes(5));
  const [record] = built.requests?.records() ?? [];
  return record;
}

async function world(body: string, files: Record<string, string> = {}) {
  const built = build(await scenario(body, files), {plugins: [], replication: 0});
  built.start();
  return built;
}

test.run();
