// kubernetes-network.md, §3.1, target V5: whether a new connection finds an endpoint, is refused at
// once, or is lost, by the mode of the proxies, the Service's policies and the way it comes.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {counts, outsideShop, recordOf, type ShopWishes} from '../../support/outside-shop.ts';
import {played} from '../../timelines/play.ts';

const modes = ['iptables', 'nftables', 'ipvs'] as const;

type Pods = ShopWishes['pods'];
type Verdict = 'ok' | 'refused' | 'connect-timeout';
type Row = {
  readonly what: string;
  readonly pods: Pods;
  readonly service: string;
  /** Who calls, by which way. */
  readonly caller: string;
  /** By mode, in the order above. */
  readonly verdicts: readonly [Verdict, Verdict, Verdict];
};

const none: Pods = [[0]];
const elsewhere: Pods = [[1, 'n-0']];
const inside = 'from: {selector: {app: caller}}';
const nodePort = 'from: outside, via: {nodePort: {nodes: n-1}}';
const external = 'from: outside, via: external-ip';
const balancer = 'from: outside';

const refused = ['refused', 'refused', 'refused'] as const;
const served = ['ok', 'ok', 'ok'] as const;

const rows: readonly Row[] = [
  {what: 'a cluster IP', pods: elsewhere, service: '', caller: inside, verdicts: served},
  {
    what: 'a cluster IP without endpoints',
    ...{pods: none, service: '', caller: inside},
    verdicts: refused,
  },
  {
    what: 'a cluster IP with iTP=Local and an endpoint on another node',
    ...{pods: elsewhere, service: 'internalTrafficPolicy: Local', caller: inside},
    // No destination in the kernel's table: it answers "port unreachable".
    verdicts: ['connect-timeout', 'connect-timeout', 'refused'],
  },
  {
    what: 'a cluster IP with iTP=Local and no endpoint anywhere',
    ...{pods: none, service: 'internalTrafficPolicy: Local', caller: inside},
    verdicts: refused,
  },
  {
    what: 'a cluster IP with eTP=Local, which is for others',
    ...{pods: elsewhere, service: 'type: NodePort, externalTrafficPolicy: Local', caller: inside},
    verdicts: served,
  },
  {
    what: 'a node port',
    ...{pods: elsewhere, service: 'type: NodePort', caller: nodePort},
    verdicts: served,
  },
  {
    what: 'a node port without endpoints',
    ...{pods: none, service: 'type: NodePort', caller: nodePort},
    verdicts: refused,
  },
  {
    what: 'a node port with eTP=Local on a node without endpoint',
    ...{pods: elsewhere, service: 'type: NodePort, externalTrafficPolicy: Local', caller: nodePort},
    // As ipvs, which falls back to the others.
    verdicts: ['connect-timeout', 'connect-timeout', 'ok'],
  },
  {
    what: 'a node port with eTP=Local and no endpoint anywhere',
    ...{pods: none, service: 'type: NodePort, externalTrafficPolicy: Local', caller: nodePort},
    verdicts: refused,
  },
  {
    what: 'a node port with iTP=Local, which is for others',
    ...{pods: elsewhere, service: 'type: NodePort, internalTrafficPolicy: Local', caller: nodePort},
    verdicts: served,
  },
  {
    what: 'an external IP without endpoints',
    ...{pods: none, service: 'externalIPs: [203.0.113.9]', caller: external},
    verdicts: refused,
  },
  {
    what: 'an external IP',
    ...{pods: elsewhere, service: 'externalIPs: [203.0.113.9]', caller: external},
    verdicts: served,
  },
  {
    what: 'a load balancer without endpoints',
    ...{pods: none, service: 'type: LoadBalancer', caller: balancer},
    verdicts: refused,
  },
  {
    what: 'a load balancer',
    ...{pods: elsewhere, service: 'type: LoadBalancer', caller: balancer},
    verdicts: served,
  },
  {
    what: 'a load balancer with eTP=Local, which knows whose node has one',
    ...{pods: elsewhere, service: 'type: LoadBalancer, externalTrafficPolicy: Local'},
    ...{caller: balancer, verdicts: served},
  },
  {
    what: 'a load balancer whose callers are in none of its source ranges',
    ...{pods: elsewhere, service: 'type: LoadBalancer, loadBalancerSourceRanges: [203.0.113.0/24]'},
    ...{caller: `${balancer}, source: 198.51.100.7`},
    verdicts: ['connect-timeout', 'connect-timeout', 'connect-timeout'],
  },
];

const caller = `---
apiVersion: apps/v1
kind: Deployment
metadata: {name: caller}
spec:
  replicas: 1
  selector: {matchLabels: {app: caller}}
  template:
    metadata: {labels: {app: caller}}
    spec: {nodeSelector: {kubernetes.io/hostname: n-1}, containers: [{name: main, image: "c:1"}]}
`;

/** What became of 590 connections, and how long those took that got none. */
async function outcomes({pods, service, caller: who}: Row, mode: string) {
  const traffic = `{name: callers, ${who}, to: web, every: 100ms, starts: 61s, connectTimeout: 900ms}`;
  const network = `loadBalancers: {takes: 0s, provider: gcp-l4}, proxy: {mode: ${mode}}`;
  const text = outsideShop({pods, service, traffic, network, rest: 'duration: 120s'});
  return recordOf(await played(text + caller));
}

for (const row of rows) {
  test(`V5: ${row.what}: ${[...new Set(row.verdicts)].join(' or ')}`, async () => {
    for (const [i, mode] of modes.entries()) {
      const verdict = row.verdicts[i];
      const record = await outcomes(row, mode);
      assert.equal(Object.keys(counts(record)), [verdict], mode);
      assert.ok(record.count(verdict) >= 580, mode);
      // One round trip, of none here; or the client's patience.
      const failedAfter = verdict === 'connect-timeout' ? 900_000 : 0;
      if (verdict !== 'ok') assert.is(record.failedLatency.min, failedAfter);
      if (verdict !== 'ok') assert.is(record.failedLatency.max, failedAfter);
    }
  });
}

test.run();
