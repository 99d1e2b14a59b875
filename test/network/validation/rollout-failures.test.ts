// kubernetes-network.md, §10.2, target V13: connections lost in a rolling update are the rate times
// the mean time for which nodes still choose a pod that has stopped listening, whatever the number
// of pods: λ·E[(L − S)⁺] with L = 0.3 s + U(0, 1 s), where proxies are always busy.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {seconds} from '../../../src/engine/time.ts';
import {build} from '../../../src/scenario/build.ts';
import {mean, standardErrors} from '../../support/statistics.ts';
import {scenario} from '../../timelines/play.ts';

const rate = 100;
const rollouts = 20;

/** From one rollout to the next: pods go one by one, and no phase of the gates is preferred. */
const periodOf = (pods: number): number => 20.37 + 8 * pods;

/** Kubelets hear of a deletion after 0.3 s, proxies after twice that: of it, then of the slice. */
function shop(pods: number, grace: string): string {
  const times = Array.from({length: rollouts}, (_, i) => (120 + i * periodOf(pods)).toFixed(2));
  const restarts = times.map(at => `{at: ${at}s, do: rollout-restart, target: deployment/web}`);
  return `seed: 5
duration: ${Math.ceil(120 + rollouts * periodOf(pods))}s
cluster:
  nodes: [{name: n, count: 3, allocatable: {cpu: 900, memory: 900Gi, pods: 5000}}]
  controlPlane: {latency: {write: 0s, watch: 300ms}}
  network: {latency: none, nodeCIDRMask: 18, proxy: {minSync: 1s, syncTakes: 0s}}
behaviour: [{selector: app=web, becomesReadyAfter: {uniform: {from: 1s, to: 2s}}, stopsAfter: 2s, ${grace}}]
workload:
  - {kind: poisson, name: noise, every: 600ms, lifetime: 5s, template: {metadata: {labels: {app: noise}}}}
timeline: [${restarts}]
traffic: [{name: callers, to: web, rate: ${rate}/s, starts: 100s, connectTimeout: 1s}]
results: {pods: false, events: false}
---
apiVersion: v1
kind: Service
metadata: {name: noise}
spec: {selector: {app: noise}, ports: [{port: 80}]}
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
  minReadySeconds: 3
  strategy: {rollingUpdate: {maxSurge: 0, maxUnavailable: 1}}
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {terminationGracePeriodSeconds: 60, containers: [{name: main, image: "web:1", readinessProbe: {periodSeconds: 1, httpGet: {port: 80}}}]}
`;
}

/** Of each rollout: connections that were refused. */
async function refusedOf(pods: number, grace: string): Promise<number[]> {
  const {simulation, store, requests, start} = build(await scenario(shop(pods, grace)), {
    ...{plugins: [], replication: 0},
  });
  let completed = 0;
  store.workloadSignals.rolloutCompleted.watch(() => void completed++);
  start();
  let before = 0;
  const found = Array.from({length: rollouts}, (_, i) => {
    simulation.run(seconds(120 + (i + 1) * periodOf(pods) - 0.5));
    assert.is(completed, i + 2, 'the first one is the beginning');
    const after = requests?.records()[0].count('refused') ?? 0;
    const refused = after - before;
    before = after;
    return refused;
  });
  const record = requests?.records()[0];
  assert.is(record?.sent, before + (record?.count('ok') ?? 0));
  return found;
}

const rows: [grace: string, stopped: number, expected: number, pods: number][] = [
  ['shutdownDelay: 0s', 0, 80, 4],
  ['shutdownDelay: 0s', 0, 80, 10],
  ['shutdownDelay: 500ms', 0.5, 32, 4],
  ['shutdownDelay: 1s', 1, 4.5, 4],
  ['shutdownDelay: 1300ms', 1.3, 0, 4],
];

for (const [grace, stopped, expected, pods] of rows) {
  test(`V13: ${pods} pods that stop after ${stopped} s lose ${expected} connections a rollout`, async () => {
    const found = await refusedOf(pods, grace);
    if (expected === 0) assert.is(Math.max(...found), 0);
    else assert.ok(Math.abs(standardErrors(found, expected)) < 3, `${mean(found)} of ${found}`);
  });
}

test.run();
