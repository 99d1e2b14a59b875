// kubernetes-network.md, §4.1, §4.2, targets V12 and V22: how long a change of endpoints waits for
// kube-proxy: not at all after a quiet time, else until it may sync again; by version and mode.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {inSeconds, seconds} from '../../../src/engine/time.ts';
import type {NodeId} from '../../../src/objects/ids.ts';
import {build} from '../../../src/scenario/build.ts';
import {mean} from '../../support/statistics.ts';
import {scenario} from '../../timelines/play.ts';

type Wishes = {
  readonly kubernetes?: string;
  readonly proxy: string;
  readonly workload?: string;
  readonly timeline?: string;
  readonly duration?: number;
};

const small = `
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: main, image: "web:1"}]}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80}]}
`;

/** Nothing takes time but the syncs. */
function cluster({
  kubernetes = '1.35',
  proxy,
  workload = '',
  timeline = '',
  duration = 300,
}: Wishes) {
  return `seed: 11
duration: ${duration}s
cluster:
  kubernetes: "${kubernetes}"
  nodes: [{name: n, count: 1, allocatable: {cpu: 100000, memory: 100Ti, pods: 100000}}]
  controlPlane: {latency: none}
  kubelet: {lifecycle: simple, podStart: 0s, boot: 0s}
  network: {nodeCIDRMask: 12, proxy: {${proxy}}}
scheduler: {cost: {base: 0s, perNodeFiltered: 0s, perNodeScored: 0s}}
workload: [${workload}]
timeline: [${timeline}]
results: {pods: false, events: false}${small}`;
}

type Change = {readonly stored: number; readonly programmed: number};

/** Each change of the slices after `from`, before which all has been programmed, in seconds. */
async function changes(wishes: Wishes, from: number): Promise<Change[]> {
  const loaded = await scenario(cluster(wishes));
  const {simulation, store, network, start} = build(loaded, {plugins: [], replication: 0});
  start();
  simulation.run(seconds(from) - 1);
  const {log} = store.endpointSlices;
  const node = 0 as NodeId;
  const before = network?.views.position(node) ?? 0;
  const stored: number[] = [];
  const programmed: number[] = [];
  const rows = log.cursor(() => {
    for (; rows.next < log.end; rows.next++) stored.push(inSeconds(simulation.now));
  });
  network?.views.moved.watch(() => {
    const known = network.views.position(node) - before;
    while (programmed.length < known) programmed.push(inSeconds(simulation.now));
  });
  simulation.run(seconds(wishes.duration ?? 300));
  return programmed.map((time, i) => ({stored: stored[i], programmed: time}));
}

const scales = (...times: number[]): string =>
  times
    .map((at, i) => `{at: ${at}s, do: scale, target: deployment/web, replicas: ${3 + i}}`)
    .join();

/** When changes at these times are programmed; the minimum is 10 s, a sync takes 1 s. */
async function programmed(kubernetes: string, proxy: string, times: number[]): Promise<number[]> {
  const found = await changes({kubernetes, proxy, timeline: scales(...times)}, 100);
  assert.equal([...new Set(found.map(({stored}) => stored))], times);
  return times.map(time => found.findLast(({stored}) => stored === time)?.programmed ?? 0);
}

const slow = 'minSync: 10s, syncTakes: 1s';

test('from 1.34 on the next sync begins the minimum after the end of the last', async () => {
  // Begins 100, 111, 122; what comes meanwhile shares one.
  const found = await programmed('1.34', slow, [100, 101.5, 103, 105, 112, 150]);
  assert.equal(found, [101, 112, 112, 112, 123, 151]);
});

test('up to 1.33 two may follow at once, then one each minimum from begin to begin', async () => {
  // A bucket of two: begins 100, 101.5, then 110 and 120; both are there again by 150.
  const found = await programmed('1.33', slow, [100, 101.5, 103, 105, 112, 150, 151.5]);
  assert.equal(found, [101, 102.5, 111, 111, 121, 151, 152.5]);
});

test('without a minimum, as ipvs has none, only a sync that runs is waited for', async () => {
  const found = await programmed('1.35', 'mode: ipvs, syncTakes: 1s', [100, 100.5, 100.7, 105]);
  assert.equal(found, [101, 102, 102, 106]);
});

const poisson = (every: string) =>
  `{kind: poisson, name: noise, start: 100s, every: ${every}, lifetime: 10s,
    template: {metadata: {labels: {app: web}}}}`;

test('V12: changes once a second wait .3655 s in the mean, and .731 of them at all', async () => {
  // Each pod is two changes, as it comes and as it goes: of all, one a second.
  const wishes = {proxy: 'minSync: 1s, syncTakes: 0s', workload: poisson('2s'), duration: 40_000};
  const waits = (await changes(wishes, 100)).map(({stored, programmed}) => programmed - stored);
  assert.ok(Math.abs(waits.length - 39_900) < 1000, `${waits.length}`);
  assert.ok(Math.abs(mean(waits) / 0.3655 - 1) < 0.02, `${mean(waits)}`);
  const waited = waits.filter(wait => wait > 0).length / waits.length;
  assert.ok(Math.abs(waited / 0.731 - 1) < 0.02, `${waited}`);
});

test('V22: a minimum of 10 s instead of 1 s costs 4.5 s more under load', async () => {
  const [one, ten] = await Promise.all(
    ['1s', '10s'].map(async minSync => {
      const wishes = {proxy: `minSync: ${minSync}, syncTakes: 0s`, workload: poisson('500ms')};
      const found = await changes({...wishes, duration: 4000}, 100);
      return mean(found.map(({stored, programmed}) => programmed - stored));
    }),
  );
  assert.ok(Math.abs((ten - one) / 4.5 - 1) < 0.05, `${ten} ${one}`);
});

test.run();
